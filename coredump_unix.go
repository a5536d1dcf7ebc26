//go:build unix

package main

import "syscall"

// noCoreDumps keeps a crash from writing the memory, with its keys and
// customers, to the disk. Where the system refuses, it stays as it was.
func noCoreDumps() {
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}

//go:build !unix

package main

// noCoreDumps does nothing where programs write no core dumps by themselves.
func noCoreDumps() {}

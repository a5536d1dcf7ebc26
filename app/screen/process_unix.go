//go:build unix

package screen

import (
	"os/exec"
	"syscall"
)

// apart puts a process that is to be started into a group of its own.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

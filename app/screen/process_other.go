//go:build !unix

package screen

import "os/exec"

// apart does nothing here: there is no X server to be driven either.
func apart(*exec.Cmd) {}

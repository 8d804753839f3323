//go:build unix

package client

import (
	"os/exec"
	"syscall"
)

// detach puts the kernel in a process group of its own: a Ctrl-C meant for the
// runner should not end the kernel before the runner has told it what to do.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

package main

import (
	"errors"
	"os/exec"
	"syscall"
	"time"
)

// process is one that the tour started, with its exit.
type process struct {
	cmd    *exec.Cmd
	exited chan struct{} // closed when it has ended
	err    error         // of its exit, once exited
}

// startProcess starts cmd in a group of its own, so that a Ctrl+C in the
// terminal reaches the tour alone, which then ends the others in order.
func startProcess(cmd *exec.Cmd) (*process, error) {
	apart(cmd)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, exited: make(chan struct{})}
	go func() {
		p.err = cmd.Wait()
		close(p.exited)
	}()
	return p, nil
}

// ended reports whether it has ended by itself.
func (p *process) ended() bool {
	select {
	case <-p.exited:
		return true
	default:
		return false
	}
}

// kill ends it by its own id, gently first, and returns when it is gone.
func (p *process) kill() {
	const gentle = 3 * time.Second
	if err := p.cmd.Process.Signal(syscall.SIGTERM); errors.Is(err, syscall.ESRCH) {
		return
	}
	select {
	case <-p.exited:
		return
	case <-time.After(gentle):
	}
	if p.cmd.Process.Kill() == nil {
		<-p.exited
	}
}

// processes are those that the tour needs from beginning to end.
type processes struct{ list []*process }

func (ps *processes) start(cmd *exec.Cmd) (*process, error) {
	p, err := startProcess(cmd)
	if err == nil {
		ps.list = append(ps.list, p)
	}
	return p, err
}

// end ends all, the last one first.
func (ps *processes) end() {
	for i := len(ps.list) - 1; i >= 0; i-- {
		ps.list[i].kill()
	}
	ps.list = nil
}

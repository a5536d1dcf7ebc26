package screen

import (
	"errors"
	"os/exec"
	"syscall"
	"time"
)

// Process is one that was started, with its exit.
type Process struct {
	Cmd    *exec.Cmd
	Exited chan struct{} // closed when it has ended
	Err    error         // of its exit, once Exited
}

// Start starts cmd in a group of its own, so that a Ctrl+C in the terminal
// reaches the driver alone, which then ends the others in order.
func Start(cmd *exec.Cmd) (*Process, error) {
	apart(cmd)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{Cmd: cmd, Exited: make(chan struct{})}
	go func() {
		p.Err = cmd.Wait()
		close(p.Exited)
	}()
	return p, nil
}

// Ended reports whether it has ended by itself.
func (p *Process) Ended() bool {
	select {
	case <-p.Exited:
		return true
	default:
		return false
	}
}

// Kill ends it by its own id, gently first, and returns when it is gone.
func (p *Process) Kill() {
	const gentle = 3 * time.Second
	if err := p.Cmd.Process.Signal(syscall.SIGTERM); errors.Is(err, syscall.ESRCH) {
		return
	}
	select {
	case <-p.Exited:
		return
	case <-time.After(gentle):
	}
	if p.Cmd.Process.Kill() == nil {
		<-p.Exited
	}
}

// processes are those that are needed from beginning to end.
type processes struct{ list []*Process }

func (ps *processes) start(cmd *exec.Cmd) (*Process, error) {
	p, err := Start(cmd)
	if err == nil {
		ps.list = append(ps.list, p)
	}
	return p, err
}

// end ends all, the last one first.
func (ps *processes) end() {
	for i := len(ps.list) - 1; i >= 0; i-- {
		ps.list[i].Kill()
	}
	ps.list = nil
}

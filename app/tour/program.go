package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"lethe/app/screen"
)

// program is a running Lethe.
type program struct {
	*screen.Process
	socket string // of its probe
	stderr *said
	window string // its id; empty until it is looked for
	frame  frame  // where it is on the display
}

// said is what a program wrote. Any goroutine.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

// String is all of it so far.
func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.TrimSpace(s.text.String())
}

// threadError is what Fyne writes where something touches the window from the
// wrong goroutine.
const threadError = "Error in Fyne call thread"

// run starts Lethe and waits for its window.
func (t *tour) run(args ...string) {
	if t.err != nil {
		return
	}
	p := &program{socket: filepath.Join(t.home, "run", "probe"), stderr: &said{}}
	if err := os.Remove(p.socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		t.fail(err)
		return
	}
	cmd := t.screen.Command(t.binary, args...)
	cmd.Env = append(cmd.Env, t.env...)
	cmd.Env = append(cmd.Env[:len(cmd.Env):len(cmd.Env)], "LETHE_PROBE="+p.socket)
	cmd.Dir = t.home
	cmd.Stderr = p.stderr
	var err error
	if p.Process, err = screen.Start(cmd); err != nil {
		t.fail(err)
		return
	}
	t.program = p
	t.placeWindow()
	t.waitFor("the first screen", func(s *snapshot) bool { return len(s.Objects) > 0 })
}

// quit closes the window as a person does and waits for the program's end. A
// person presses the keys again if the window is still there: a window manager
// that is busy may not have heard them.
func (t *tour) quit() {
	if t.err != nil {
		return
	}
	p := t.program
	ended := false
	for range 4 {
		t.key("alt+F4")
		if ended = p.endsWithin(patience / 5); ended || !t.windowShown() {
			break
		}
		fmt.Println("  the window is still there: pressing Alt+F4 again")
	}
	if !ended && !p.endsWithin(patience) {
		t.failf("the window was closed, and the program still runs")
		p.tellGoroutines()
		t.err = fmt.Errorf("%w\nWhere it was then:\n%s", t.err, p.stderr)
		return
	}
	t.program = nil
	t.checkEnd(p)
}

// endsWithin waits for the program's end.
func (p *program) endsWithin(limit time.Duration) bool {
	select {
	case <-p.Exited:
		return true
	case <-time.After(limit):
		return false
	}
}

// windowShown tells whether the program shows a window.
func (t *tour) windowShown() bool {
	said, err := t.screen.Command("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(t.program.Cmd.Process.Pid)).Output()
	return err == nil && len(bytes.TrimSpace(said)) > 0
}

// tellGoroutines makes a program that hangs say where, and end.
func (p *program) tellGoroutines() {
	_ = p.Cmd.Process.Signal(syscall.SIGQUIT) // fails where it has just ended
	p.endsWithin(patience)
}

// checkEnd fails if a program that has ended did not do so well.
func (t *tour) checkEnd(p *program) {
	switch {
	case p.Err != nil:
		t.failf("the program ended badly: %w\n%s", p.Err, p.stderr)
	case p.stderr.String() != "":
		t.failf("the program complained:\n%s", p.stderr)
	}
}

// checkAlive fails if the program has ended by itself, or touched the window
// from the wrong goroutine.
func (t *tour) checkAlive() bool {
	p := t.program
	switch {
	case p == nil:
		t.failf("the program isn't running")
	case p.Ended():
		t.program = nil
		t.failf("the program ended by itself (%v):\n%s", p.Err, p.stderr)
	case strings.Contains(p.stderr.String(), threadError):
		t.failf("%s", threadError)
	default:
		return true
	}
	return false
}

// rect is a rectangle in pixels.
type rect struct{ X, Y, W, H int }

// frame is where a window's canvas is, and how high the title above it is.
type frame struct {
	rect
	Title int
}

func (r rect) middle() (x, y int) { return r.X + r.W/2, r.Y + r.H/2 }

func (r rect) String() string { return fmt.Sprintf("%d,%d %d×%d", r.X, r.Y, r.W, r.H) }

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lethe/app/screen"
	"lethe/data/account"
)

// tour is one run. Its steps do nothing once one of them failed: t.err is the
// first failure.
type tour struct {
	ctx    context.Context
	binary string
	out    string // the folder of the pictures
	home   string // of the program; everything it writes is below
	manner

	env     []string       // beside the usual one of the programs
	screen  *screen.Screen // nil until it is opened
	program *program       // nil while none runs
	meter   *meter         // nil but while acts are measured

	recovery account.RecoveryKey // as it was last shown

	act      string // what is being done, for messages
	pictures int
	scale    int // of the window, in percent; 0 is 100
	err      error
}

func newTour(ctx context.Context, binary, out string) (_ *tour, err error) {
	t := &tour{ctx: ctx, out: out}
	if t.binary, err = filepath.Abs(binary); err != nil {
		return nil, err
	}
	if _, err := os.Stat(t.binary); err != nil {
		return nil, fmt.Errorf("the program is missing (make tour builds it): %w", err)
	}
	if _, err := os.Stat(exportedPath); err != nil {
		return nil, fmt.Errorf("the tour runs in the project's folder: %w", err)
	}
	if err := os.RemoveAll(out); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, err
	}
	if t.home, err = os.MkdirTemp("", "lethe-tour-"); err != nil {
		return nil, err
	}
	if err := t.userFolders(); err != nil {
		return nil, errors.Join(err, t.close())
	}
	if t.screen, err = screen.Open(ctx, t.home); err != nil {
		return nil, errors.Join(fmt.Errorf("opening a virtual display: %w", err), t.close())
	}
	return t, nil
}

// close ends all that the tour started and removes what it wrote, but for the
// pictures.
func (t *tour) close() error {
	if t.program != nil {
		t.program.Kill()
		t.program = nil
	}
	var err error
	if t.screen != nil {
		err = t.screen.Close()
	}
	return errors.Join(err, os.RemoveAll(t.home))
}

// do names what follows, for the messages and on the terminal.
func (t *tour) do(act string) {
	if t.err == nil {
		t.act = act
		fmt.Println("·", act)
	}
}

// fail ends the tour with an error, if there is one, and with a picture of how
// it ended.
func (t *tour) fail(err error) {
	if t.err != nil || err == nil {
		return
	}
	t.err = fmt.Errorf("%s: %w", t.act, err)
	if t.screen == nil {
		return
	}
	path := filepath.Join(t.out, "failed")
	if shot, err := t.capture(); err == nil && savePNG(path+".png", shot) == nil {
		t.err = fmt.Errorf("%w\nThe window at that moment: %s.png", t.err, path)
	}
	if s, err := t.look(); err == nil && os.WriteFile(path+".txt", []byte(s.describe()), 0o600) == nil {
		// The log is all that is left of a run elsewhere.
		t.err = fmt.Errorf("%w\nWhat was in it, also in %s.txt:\n%s", t.err, path, s.describe())
	}
	if t.program != nil {
		if said := t.program.stderr.String(); said != "" {
			t.err = fmt.Errorf("%w\nThe program said:\n%s", t.err, said)
		}
	}
}

// failf ends the tour with a sentence.
func (t *tour) failf(format string, args ...any) {
	if t.err == nil {
		t.fail(fmt.Errorf(format, args...))
	}
}

const (
	patience = 45 * time.Second      // for what follows a click, on a busy machine
	interval = 60 * time.Millisecond // between two looks
)

// until asks again and again until ok says yes. It says no after patience.
func (t *tour) until(patience time.Duration, ok func() bool) bool {
	if t.err != nil {
		return false
	}
	end := time.Now().Add(patience)
	for {
		switch {
		case ok():
			return true
		case t.ctx.Err() != nil:
			t.fail(t.ctx.Err())
			return false
		case time.Now().After(end):
			return false
		}
		time.Sleep(interval)
	}
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"lethe/app/bench/onscreen"
	"lethe/app/screen"
	"lethe/data/sample/onfile"
)

// The figures that need a window are taken in a process of their own for each
// run, on a virtual display with software OpenGL.
var (
	gridScrollRow = figure{
		name: "grid_scroll_row_1m", peer: "widget.List", unit: inSeconds, goal: 0.5, runs: 3,
		prepare: windows{lethe: onscreen.GridScrollsRow, peer: onscreen.ListScrollsRow}.prepare,
	}
	gridScrollPage = figure{
		name: "grid_scroll_page_1m", peer: "widget.List", unit: inSeconds, goal: 0.5, runs: 3,
		prepare: windows{lethe: onscreen.GridScrollsPage, peer: onscreen.ListScrollsPage}.prepare,
	}
	// gridMemory is over an empty window's.
	gridMemory = figure{
		name: "grid_memory_1m", peer: "widget.List", unit: inBytes, goal: 0.5, runs: 3,
		prepare: windows{lethe: onscreen.GridRests, peer: onscreen.ListRests, less: onscreen.EmptyRests}.prepare,
	}
	// start is from the right password to the first rows on screen, with the
	// password's full cost, against a widget.Table with a header row on rows
	// already in memory. The list was open on this machine before, as lists are.
	start = figure{
		name: "start_1m", peer: "widget.Table", unit: inSeconds, goal: 0.3, runs: 3,
		prepare: windows{lethe: onscreen.LetheStarts, peer: onscreen.TableStarts, before: true}.prepare,
	}
)

// windows are the two that compete.
type windows struct {
	lethe, peer onscreen.Kind
	less        onscreen.Kind // whose value is taken off both; "" for none
	before      bool          // Lethe is run once before
}

func (w windows) prepare(ctx context.Context, b *bench) (*contest, error) {
	least := 0.0
	measure := func(kind onscreen.Kind) func(context.Context) (float64, error) {
		return func(ctx context.Context) (float64, error) {
			value, err := b.onScreen(ctx, kind)
			return value - least, err
		}
	}
	if w.less != "" {
		var all []float64
		for range 3 {
			value, err := measure(w.less)(ctx)
			if err != nil {
				return nil, err
			}
			all = append(all, value)
		}
		least = median(all)
	}
	if w.before {
		if _, err := b.onScreen(ctx, w.lethe); err != nil {
			return nil, err
		}
	}
	return &contest{lethe: measure(w.lethe), peer: measure(w.peer)}, nil
}

// onScreen measures in a process of its own.
func (b *bench) onScreen(ctx context.Context, kind onscreen.Kind) (value float64, err error) {
	s, err := b.theScreen(ctx)
	if err != nil {
		return 0, err
	}
	t := onscreen.Task{Kind: kind, Rows: b.customers, Frames: b.frames, Settle: b.settle, Password: onfile.Password}
	if kind == onscreen.LetheStarts {
		t.Dir = filepath.Join(b.work(), "started")
		if t.Dir, err = filepath.Abs(t.Dir); err != nil {
			return 0, err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(t.Dir)) }()
		if err := b.copyList(ctx, t.Dir); err != nil {
			return 0, err
		}
	}
	task, err := json.Marshal(t)
	if err != nil {
		return 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	var out, said bytes.Buffer
	cmd := s.Command(self)
	cmd.Env = append(cmd.Env[:len(cmd.Env):len(cmd.Env)], taskVariable+"="+string(task))
	cmd.Stdout, cmd.Stderr = &out, &said
	p, err := screen.Start(cmd)
	if err != nil {
		return 0, err
	}
	select {
	case <-p.Exited:
	case <-ctx.Done():
		p.Kill()
		return 0, ctx.Err()
	}
	if p.Err != nil {
		return 0, fmt.Errorf("%s: %w: %s", kind, p.Err, strings.TrimSpace(said.String()))
	}
	return value, json.Unmarshal(out.Bytes(), &value)
}

// theScreen is the virtual display, opened when it is first needed.
func (b *bench) theScreen(ctx context.Context) (*screen.Screen, error) {
	if b.screen != nil {
		return b.screen, nil
	}
	home, err := filepath.Abs(filepath.Join(b.work(), "home"))
	if err != nil {
		return nil, err
	}
	b.screen, err = screen.Open(ctx, home)
	return b.screen, err
}

// taskVariable tells a process that it is to measure one thing on screen and
// write the value to its standard output.
const taskVariable = "LETHE_BENCH_TASK"

// measure does what taskVariable says.
func measure(task string) error {
	var t onscreen.Task
	if err := json.Unmarshal([]byte(task), &t); err != nil {
		return err
	}
	write := func(value float64, err error) error {
		if err != nil {
			return err
		}
		return json.NewEncoder(os.Stdout).Encode(value)
	}
	return write(onscreen.Measure(t, func(value float64, err error) {
		if err := write(value, err); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}))
}

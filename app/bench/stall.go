package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"lethe/app/probe"
)

// The window must not be deaf for longer than a tenth of a second, whatever
// runs. Both figures are the tour's (make tour-million): sign-in, a turn of the
// key, a backup, an export, searches, a deletion of half, an import.
var (
	// longestStall is the longest time in which the window heard nothing: from
	// one round of its loop, which takes in keys and clicks, to the next. On a
	// machine that does something else besides, that is in it.
	longestStall = figure{
		name: "longest_stall_1m", unit: inSeconds, goal: 0.1, runs: 1,
		prepare: toured(func(act probe.Act) int { return act.Longest.Milliseconds }),
	}
	// windowWork is the most CPU time that the window's own thread took in one
	// round of its loop, whatever else the machine does.
	windowWork = figure{
		name: "window_work_1m", unit: inSeconds, goal: 0.1, runs: 1,
		prepare: toured(func(act probe.Act) int { return act.Busiest }),
	}
)

// toured makes a figure of the largest number of milliseconds of the acts.
func toured(of func(probe.Act) int) func(context.Context, *bench) (*contest, error) {
	return func(_ context.Context, b *bench) (*contest, error) {
		return &contest{lethe: func(ctx context.Context) (float64, error) {
			acts, err := b.theActs(ctx)
			most := 0
			for _, act := range acts {
				most = max(most, of(act))
			}
			return float64(most) / 1000, err
		}}, nil
	}
}

var errNoActs = errors.New("the tour measured nothing")

// theActs goes on the tour, once.
func (b *bench) theActs(ctx context.Context) ([]probe.Act, error) {
	if b.acts != nil {
		return b.acts, nil
	}
	out := filepath.Join(b.work(), "tour")
	var said bytes.Buffer
	cmd := exec.CommandContext(ctx, b.tour, "-only", "many", "-customers", strconv.Itoa(b.customers), "-out", out)
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("the tour: %w: %s", err, strings.TrimSpace(said.String()))
	}
	text, err := os.ReadFile(filepath.Join(out, probe.ActsName))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, &b.acts); err != nil {
		return nil, err
	}
	if len(b.acts) == 0 {
		return nil, errNoActs
	}
	return b.acts, nil
}

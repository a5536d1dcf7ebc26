package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"lethe/data/account"
)

// importMemory is the most memory that a process of its own has in RAM while it
// imports the file of import_csv_1m into a new list.
var importMemory = figure{
	name: "import_memory_1m", unit: inBytes, goal: 512 << 20, runs: 1,
	prepare: func(ctx context.Context, b *bench) (*contest, error) {
		path, err := b.csvFile(ctx)
		if err != nil {
			return nil, err
		}
		return &contest{lethe: func(ctx context.Context) (float64, error) { return b.importsApart(ctx, path) }}, nil
	},
}

// importTask is what the process that imports is asked to do.
type importTask struct {
	Dir, File string
	Customers int
	KDF       account.KDF
}

// importVariable tells a process that it is the one that imports.
const importVariable = "LETHE_BENCH_IMPORT"

// importsApart has another process import, and answers its peak in bytes.
func (b *bench) importsApart(ctx context.Context, path string) (peak float64, err error) {
	task, err := json.Marshal(importTask{Dir: b.dir, File: path, Customers: b.customers, KDF: b.kdf})
	if err != nil {
		return 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, self)
	cmd.Env = append(os.Environ(), importVariable+"="+string(task))
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		return 0, fmt.Errorf("%w: %s", err, strings.TrimSpace(said.String()))
	}
	return peak, json.Unmarshal(out.Bytes(), &peak)
}

// importOnly does what importVariable says, and writes the peak to the standard
// output.
func importOnly(ctx context.Context, text string) error {
	var t importTask
	if err := json.Unmarshal([]byte(text), &t); err != nil {
		return err
	}
	b := &bench{dir: t.Dir, customers: t.Customers, kdf: t.KDF, progress: newProgress(os.Stderr)}
	if _, err := b.letheImports(ctx, t.File); err != nil {
		return err
	}
	peak, err := peakResident()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(peak)
}

var errNoPeak = errors.New("this system doesn't tell how much memory a process had")

// peakResident is the most memory that this process ever had in RAM, in bytes;
// see proc(5), /proc/pid/status.
func peakResident() (float64, error) {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 64)
			return kb * 1024, err
		}
	}
	return 0, errNoPeak
}

// Command bench measures Lethe at a million customers against a peer that does
// the same work in the same run, shows a table and writes build/bench.json. It
// is run from the project's root, by make bench.
//
//	bench [-profile] [-customers N] [NAME...]
//
// With names only those figures are taken, and build/bench.json stays as it is;
// so it does with another number of customers.
// With -profile a CPU profile of each timed run of Lethe is left in
// build/bench/profiles; go tool pprof reads several of them as one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

const (
	million    = 1_000_000
	folder     = "build/bench"
	reportFile = "build/bench.json"
)

func main() {
	if is, err := asked(context.Background()); is {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	profile := flag.Bool("profile", false, "leave CPU profiles in "+folder+"/profiles")
	customers := flag.Int("customers", million, "how many customers the list has")
	flag.Parse()
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, *profile, *customers, flag.Args())
	cancel()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// asked does what a benchmark asks a process of its own to do, and tells
// whether this one is such.
func asked(ctx context.Context) (bool, error) {
	for variable, do := range map[string]func(context.Context, string) error{
		taskVariable:   func(_ context.Context, task string) error { return measure(task) },
		plainVariable:  deletePlain,
		importVariable: importOnly,
	} {
		if task := os.Getenv(variable); task != "" {
			return true, do(ctx, task)
		}
	}
	return false, nil
}

func run(ctx context.Context, profile bool, customers int, names []string) error {
	wanted, err := choose(names)
	if err != nil {
		return err
	}
	b := &bench{
		dir: folder, customers: customers, unsealed: beside("bench-unsealed"), tour: beside("tour"),
		frames: 60, settle: 2 * time.Second, progress: newProgress(os.Stderr),
	}
	if profile {
		b.profiles = filepath.Join(folder, "profiles")
	}
	before, err := readJSON(reportFile)
	if err != nil {
		return err
	}
	results, taking := b.takeAll(ctx, wanted)
	if len(results) > 0 { // also those before one that failed
		if err := writeTable(os.Stdout, results, before); err != nil {
			return errors.Join(taking, err)
		}
	}
	if taking != nil || len(names) > 0 || customers != million {
		return taking
	}
	return writeJSON(reportFile, results)
}

// choose finds the figures with these names, or all without any.
func choose(names []string) ([]figure, error) {
	if len(names) == 0 {
		return figures, nil
	}
	var wanted []figure
	for _, name := range names {
		i := slices.IndexFunc(figures, func(f figure) bool { return f.name == name })
		if i < 0 {
			return nil, fmt.Errorf("there is no figure called %q", name)
		}
		wanted = append(wanted, figures[i])
	}
	return wanted, nil
}

// takeAll takes the figures one after the other and cleans up.
func (b *bench) takeAll(ctx context.Context, wanted []figure) (results []result, err error) {
	defer b.progress.clear()
	defer func() { err = errors.Join(err, b.close()) }()
	for _, f := range wanted {
		r, err := b.take(ctx, f)
		if err != nil {
			return results, fmt.Errorf("%s: %w", f.name, err)
		}
		results = append(results, r)
	}
	return results, nil
}

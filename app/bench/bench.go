package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"time"

	"lethe/app/probe"
	"lethe/app/screen"
	"lethe/data/account"
	"lethe/data/sample/onfile"
	"lethe/data/view"
)

// bench is what the figures share: the cache, and what is made once a run.
type bench struct {
	dir       string // of the cache and of what is thrown away
	customers int
	progress  *progress
	profiles  string // where CPU profiles go; "" for none

	figure string // being taken
	timed  int    // timed runs so far

	frames int           // that are counted of a scrolling window
	settle time.Duration // before a window's memory is read

	tour string      // the driver of the window
	acts []probe.Act // of the tour; nil until asked for

	unsealed string // the benchmark that doesn't seal
	plain    bool   // this is that one

	kdf account.KDF // of the lists that are made; zero: the recommended cost

	view   *view.View     // nil until asked for
	screen *screen.Screen // nil until asked for
}

// close closes what the figures shared and removes what they left.
func (b *bench) close() error {
	var err error
	if b.view != nil {
		b.view.Drop()
		b.view = nil
	}
	if b.screen != nil {
		err = b.screen.Close()
		b.screen = nil
	}
	return errors.Join(err, os.RemoveAll(b.work()))
}

// work is a folder for what is thrown away.
func (b *bench) work() string { return filepath.Join(b.dir, "work"+b.suffix()) }

// suffix keeps what isn't sealed apart.
func (b *bench) suffix() string {
	if b.plain {
		return "-plain"
	}
	return ""
}

// time times one run of Lethe. The garbage of what came before is collected
// first.
func (b *bench) time(run func() error) (took time.Duration, err error) {
	b.timed++
	runtime.GC()
	if b.profiles != "" {
		if err := os.MkdirAll(b.profiles, 0o777); err != nil {
			return 0, err
		}
		f, err := os.Create(filepath.Join(b.profiles, fmt.Sprintf("%s-%d.pprof", b.figure, b.timed)))
		if err != nil {
			return 0, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return 0, err
		}
		defer pprof.StopCPUProfile()
	}
	started := time.Now()
	err = run()
	return time.Since(started), err
}

// theView is the view of the whole list, as the Account Owner's window has it.
func (b *bench) theView(ctx context.Context) (*view.View, error) {
	if b.view != nil {
		return b.view, nil
	}
	err := b.withCopy(ctx, func(l *onfile.List) error {
		b.progress.show("Building the view")
		var err error
		b.view, err = buildView(ctx, l)
		return err
	})
	return b.view, err
}

func buildView(ctx context.Context, l *onfile.List) (*view.View, error) {
	mark, err := l.Mark(ctx, l.Owner)
	if err != nil {
		return nil, err
	}
	return view.Build(ctx, l, view.Options{
		Now: onfile.Made, Location: time.UTC, ActiveDays: activeDays, Expect: mark.Held,
	})
}

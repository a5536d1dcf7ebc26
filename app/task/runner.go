// Package task runs work in the background and brings its end back to the
// window's goroutine.
package task

import (
	"context"
	"errors"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// ErrBroken is the error of work that panicked. What it panicked with may
// hold personal data and is not kept.
var ErrBroken = errors.New("the work broke off")

// Gap is the least time between two reports of one job's progress.
const Gap = 100 * time.Millisecond

// Progress reports how far work has come, in whatever it counts; total is 0
// where that isn't known. It may be called as often as one likes from any
// goroutine: the window hears of it at most once in a Gap, and of the last.
type Progress func(done, total int)

// Work is done in the background. It returns soon after ctx is done.
type Work func(ctx context.Context, report Progress) error

// Spec describes a job. Progress and Done are called on the window's
// goroutine, Done last, and with what Work returned; either may be nil. A job
// without a Name doesn't show in the status line.
type Spec struct {
	Name     string
	Work     Work
	Progress func(done, total int)
	Done     func(error)
}

// Info tells of a running job.
type Info struct {
	Name        string
	Done, Total int
}

// Runner starts work and knows what runs.
type Runner struct {
	do     func(func())
	inline bool
	log    *slog.Logger

	running sync.WaitGroup

	mu      sync.Mutex
	jobs    []*Job
	changed func()
	retired bool
	kept    uint64 // memory, in bytes, when it was given back last
}

// New makes a runner whose callbacks go through do (fyne.Do).
func New(do func(func()), log *slog.Logger) *Runner {
	return &Runner{do: do, log: log}
}

// Inline makes a runner that works on the caller's goroutine, for tests: when
// Go returns, the work is done and Done was called.
func Inline() *Runner {
	return &Runner{do: func(f func()) { f() }, inline: true, log: slog.New(slog.DiscardHandler)}
}

// OnChange sets what is called, on the window's goroutine, when a job starts,
// ends or reports progress.
func (r *Runner) OnChange(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.changed = f
}

// Running lists the named jobs that run, the oldest first.
func (r *Runner) Running() []Info {
	r.mu.Lock()
	jobs := append([]*Job(nil), r.jobs...)
	r.mu.Unlock()
	var out []Info
	for _, j := range jobs {
		if j.spec.Name != "" {
			out = append(out, j.info())
		}
	}
	return out
}

// Go is Start without watching the progress.
func (r *Runner) Go(name string, work Work, done func(error)) *Job {
	return r.Start(Spec{Name: name, Work: work, Done: done})
}

// Start starts a job.
func (r *Runner) Start(s Spec) *Job {
	ctx, cancel := context.WithCancel(context.Background())
	j := &Job{spec: s, runner: r, cancel: cancel, ended: make(chan struct{})}
	r.mu.Lock()
	r.jobs = append(r.jobs, j)
	r.mu.Unlock()
	r.running.Add(1)
	r.do(r.tell)
	if r.inline {
		j.run(ctx)
	} else {
		go j.run(ctx)
	}
	return j
}

// CancelAll asks all jobs to stop.
func (r *Runner) CancelAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range r.jobs {
		j.cancel()
	}
}

// Retire is for the moment when the window locks: from now on nothing is told
// to the window any more, and jobs without a name, which work for the window
// only, are asked to stop. Named ones go on to their end.
func (r *Runner) Retire() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.retired, r.changed = true, nil
	for _, j := range r.jobs {
		if j.spec.Name == "" {
			j.cancel()
		}
	}
}

func (r *Runner) isRetired() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.retired
}

// Wait returns when nothing runs any more. Ends that are still to be told on
// the window's goroutine are not waited for.
func (r *Runner) Wait() { r.running.Wait() }

func (r *Runner) tell() {
	r.mu.Lock()
	f := r.changed
	r.mu.Unlock()
	if f != nil {
		f()
	}
}

func (r *Runner) remove(j *Job) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, other := range r.jobs {
		if other == j {
			r.jobs = append(r.jobs[:i], r.jobs[i+1:]...)
			return
		}
	}
}

// guarded runs work and turns a panic into ErrBroken.
func (r *Runner) guarded(ctx context.Context, work Work, report Progress) (err error) {
	defer func() {
		if recover() != nil {
			r.log.Error("work broke off", "stack", string(debug.Stack()))
			err = ErrBroken
		}
	}()
	return work(ctx, report)
}

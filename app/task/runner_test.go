package task_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"

	"lethe/app/task"
)

// window stands for the window's goroutine: one function at a time.
type window struct {
	mu sync.Mutex
}

func (w *window) do(f func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	f()
}

func TestInline(t *testing.T) {
	r := task.Inline()
	var seen []int
	var during []task.Info
	failed := errors.New("failed")
	var got error
	r.Start(task.Spec{
		Name: "Counting",
		Work: func(_ context.Context, report task.Progress) error {
			for i := range 3 {
				report(i, 3)
			}
			during = r.Running()
			return failed
		},
		Progress: func(done, _ int) { seen = append(seen, done) },
		Done:     func(err error) { got = err },
	})
	if got != failed || len(seen) != 3 || len(r.Running()) != 0 {
		t.Errorf("err %v, progress %v, running %v", got, seen, r.Running())
	}
	if len(during) != 1 || during[0] != (task.Info{Name: "Counting", Done: 2, Total: 3}) {
		t.Errorf("while it ran: %v", during)
	}
}

func TestCancel(t *testing.T) {
	w := &window{}
	r := task.New(w.do, slog.New(slog.DiscardHandler))
	started := make(chan struct{})
	var got error
	job := r.Go("Waiting", func(ctx context.Context, _ task.Progress) error {
		close(started)
		<-ctx.Done()
		return ctx.Err()
	}, func(err error) { got = err })
	<-started
	if len(r.Running()) != 1 {
		t.Errorf("running: %v", r.Running())
	}
	job.Cancel()
	r.Wait()
	if !errors.Is(got, context.Canceled) || len(r.Running()) != 0 {
		t.Errorf("err %v, running %v", got, r.Running())
	}
}

func TestFloodOfProgress(t *testing.T) {
	w := &window{}
	r := task.New(w.do, slog.New(slog.DiscardHandler))
	told, after, ended := 0, 0, false
	r.Start(task.Spec{
		Work: func(_ context.Context, report task.Progress) error {
			for i := range 100_000 {
				report(i, 100_000)
			}
			return nil
		},
		Progress: func(int, int) {
			told++
			if ended {
				after++
			}
		},
		Done: func(error) { ended = true },
	})
	r.Wait()
	w.do(func() {
		if told == 0 || told > 1000 || after > 0 || !ended {
			t.Errorf("told %d times, %d of them after the end; ended %v", told, after, ended)
		}
	})
}

func errs() []error { return nil }

func TestPanicIsAnError(t *testing.T) {
	r := task.Inline()
	var got error
	r.Go("", func(context.Context, task.Progress) error {
		return errors.Join(errs()[3])
	}, func(err error) { got = err })
	if !errors.Is(got, task.ErrBroken) {
		t.Errorf("got %v", got)
	}
}

func TestChangesAreTold(t *testing.T) {
	r := task.Inline()
	counts := []int{}
	r.OnChange(func() { counts = append(counts, len(r.Running())) })
	r.Go("One", func(context.Context, task.Progress) error { return nil }, nil)
	r.Go("", func(context.Context, task.Progress) error { return nil }, nil)
	if want := []int{1, 0, 0, 0}; len(counts) != 4 || counts[0] != want[0] || counts[1] != want[1] {
		t.Errorf("told %v, want %v", counts, want)
	}
}

func TestRetired(t *testing.T) {
	w := &window{}
	r := task.New(w.do, slog.New(slog.DiscardHandler))
	started, release := make(chan struct{}, 2), make(chan struct{})
	told := 0
	var unnamed error
	named := false
	r.Go("", func(ctx context.Context, _ task.Progress) error {
		started <- struct{}{}
		<-ctx.Done()
		unnamed = ctx.Err()
		return unnamed
	}, func(error) { told++ })
	r.Go("Deleting", func(ctx context.Context, _ task.Progress) error {
		started <- struct{}{}
		<-release
		named = ctx.Err() == nil
		return nil
	}, func(error) { told++ })
	<-started
	<-started
	r.Retire()
	close(release)
	r.Wait()
	if !errors.Is(unnamed, context.Canceled) || !named || told != 0 {
		t.Errorf("unnamed %v, named went on %v, told %d", unnamed, named, told)
	}
}

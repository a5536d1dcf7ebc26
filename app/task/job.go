package task

import (
	"context"
	"sync"
	"time"
)

// Job is work that was started.
type Job struct {
	spec   Spec
	runner *Runner
	cancel context.CancelFunc
	ended  chan struct{}

	mu          sync.Mutex
	done, total int
	told        time.Time     // when progress was last told
	gap         time.Duration // until it may be told again
	later       *time.Timer   // tells what was held back
	asked       bool          // the window was, and has not come to it yet
	over        bool
}

// Cancel asks the job to stop; its Done hears of it.
func (j *Job) Cancel() { j.cancel() }

// Wait returns when the work has ended. Never on the window's goroutine.
func (j *Job) Wait() { <-j.ended }

func (j *Job) info() Info {
	j.mu.Lock()
	defer j.mu.Unlock()
	return Info{Name: j.spec.Name, Done: j.done, Total: j.total}
}

func (j *Job) run(ctx context.Context) {
	defer j.runner.running.Done()
	defer close(j.ended)
	err := j.runner.guarded(ctx, j.spec.Work, j.report)
	j.cancel()
	j.mu.Lock()
	j.over = true
	if j.later != nil {
		j.later.Stop()
	}
	j.mu.Unlock()
	j.runner.remove(j)
	j.runner.do(func() {
		j.runner.tell()
		if j.spec.Done != nil && !j.runner.isRetired() {
			j.spec.Done(err)
		}
	})
	if j.spec.Name != "" {
		j.runner.GiveBack()
	}
}

// report keeps the progress and tells it now, or after the gap.
func (j *Job) report(done, total int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.done, j.total = done, total
	if j.over || j.later != nil || j.asked {
		return // what is told is the last
	}
	wait := j.gap - time.Since(j.told)
	if j.runner.inline || wait <= 0 {
		j.ask()
		return
	}
	j.later = time.AfterFunc(wait, func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.later = nil
		if j.over {
			return
		}
		j.ask()
	})
}

// ask has the window told how far the work is by then. mu is held.
func (j *Job) ask() {
	j.told, j.asked = time.Now(), true
	j.runner.doUnlocked(&j.mu, j.tellProgress)
}

// doUnlocked hands f to the window's goroutine with mu released meanwhile: a
// test's driver runs it at once.
func (r *Runner) doUnlocked(mu *sync.Mutex, f func()) {
	mu.Unlock()
	defer mu.Lock()
	r.do(f)
}

func (j *Job) tellProgress() {
	j.mu.Lock()
	j.gap, j.asked = gapAfter(time.Since(j.told)), false
	j.mu.Unlock()
	i := j.info()
	j.runner.tell()
	if j.spec.Progress != nil && !j.runner.isRetired() {
		j.spec.Progress(i.Done, i.Total)
	}
}

// gapAfter is the time between two reports to a window that took that long to
// hear of the last one. Each report has it drawn: one that is slow at that, as
// it is without a graphics card, would do nothing else.
func gapAfter(took time.Duration) time.Duration {
	const rest, most = 4, 5 * Gap
	return min(max(Gap, rest*took), most)
}

//go:build probe

package probe

import (
	"bytes"
	"runtime"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// watchdog asks the window's goroutine for a sign of life, again and again, and
// remembers how long it took to answer: so long was a key or a click not heard.
// What the probe itself does there is taken off.
type watchdog struct {
	mu      sync.Mutex
	probing time.Duration // in the probe's own work, so far
	longest Stall         // since taken last
	busiest time.Duration // since taken last: of CPU time between two answers
	stalls  []Stall
}

const (
	beat = 4 * time.Millisecond // between an answer and the next question
	// stalled is from when on it is looked up what the window is doing.
	stalled = 100 * time.Millisecond
	// mostStalls bounds what is remembered.
	mostStalls = 200
)

// watch never returns.
func (w *watchdog) watch() {
	answered := make(chan time.Duration, 1) // what CPU time its thread has had
	var before, ownBefore time.Duration
	for {
		asked, allBefore := time.Now(), processTime()
		own := w.own()
		fyne.Do(func() { answered <- threadTime() })
		doing := ""
		var spent time.Duration
		select {
		case spent = <-answered:
		case <-time.After(stalled):
			doing = windowStack()
			spent = <-answered
		}
		took, all, now := time.Since(asked), processTime()-allBefore, w.own()
		var work time.Duration
		if before > 0 {
			work = spent - before - (now - ownBefore)
			w.work(work)
		}
		before, ownBefore = spent, now
		w.note(Stall{
			Milliseconds: int((took - (now - own)).Milliseconds()),
			Work:         int(work.Milliseconds()), All: int((all - (now - own)).Milliseconds()),
			Doing: doing,
		})
		time.Sleep(beat)
	}
}

func (w *watchdog) own() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.probing
}

// probed tells of the probe's own work on the window's goroutine.
func (w *watchdog) probed(took time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.probing += took
}

func (w *watchdog) work(spent time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.busiest = max(w.busiest, spent)
}

func (w *watchdog) note(s Stall) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s.Milliseconds > w.longest.Milliseconds {
		w.longest = s
	}
	if s.Doing != "" && len(w.stalls) < mostStalls {
		w.stalls = append(w.stalls, s)
	}
}

// take answers what was noted since it was taken last.
func (w *watchdog) take() (longest Stall, busiest time.Duration, stalls []Stall) {
	w.mu.Lock()
	defer w.mu.Unlock()
	longest, busiest, stalls = w.longest, w.busiest, w.stalls
	w.longest, w.busiest, w.stalls = Stall{}, 0, nil
	return longest, busiest, stalls
}

// windowStack is where the goroutine of main, which is the window's, stands.
func windowStack() string {
	buf := make([]byte, 1<<20)
	buf = buf[:runtime.Stack(buf, true)]
	i := bytes.Index(buf, []byte("goroutine 1 "))
	if i < 0 {
		return ""
	}
	buf = buf[i:]
	if end := bytes.Index(buf, []byte("\n\n")); end >= 0 {
		buf = buf[:end]
	}
	return string(buf)
}

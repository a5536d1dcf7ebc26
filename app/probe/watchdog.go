//go:build probe

package probe

import (
	"bytes"
	"runtime"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// watchdog remembers how long the window was deaf. Fyne takes in keys and
// clicks once in each round of its loop, lets the animations tick, and draws;
// an animation that does nothing hears of every round so.
//
// It also asks for a sign of life with fyne.Do, again and again, and remembers
// how long the longest answer took: so long did something that was ready to be
// shown wait. That may be several rounds, of which each takes in keys: where
// drawing takes longer than a sixtieth of a second, Fyne's loop leaves it to
// chance whether the next round or what it was asked to do comes first.
//
// What the probe itself does in between is taken off.
type watchdog struct {
	mu      sync.Mutex
	rounds  rounds
	answer  time.Duration // since taken last
	probing time.Duration // in the probe's own work, so far
}

const beat = 4 * time.Millisecond // between an answer and the next question

// watch never returns.
func (w *watchdog) watch() {
	fyne.Do(func() {
		a := fyne.NewAnimation(time.Hour, func(float32) { w.round() })
		a.RepeatCount = fyne.AnimationRepeatForever
		a.Start()
	})
	go w.look()
	answered := make(chan struct{}, 1)
	for {
		asked, own := time.Now(), w.own()
		fyne.Do(func() { answered <- struct{}{} })
		<-answered
		w.answered(time.Since(asked) - (w.own() - own))
		time.Sleep(beat)
	}
}

// round is called by the window's goroutine in each round of its loop.
func (w *watchdog) round() {
	now := sign{at: time.Now(), spent: threadTime(), all: processTime()}
	w.mu.Lock()
	defer w.mu.Unlock()
	now.probing = w.probing
	w.rounds.next(now)
}

// look looks up what the window does in a round that takes too long. It never
// returns.
func (w *watchdog) look() {
	for range time.Tick(beat) {
		w.mu.Lock()
		late := w.rounds.late(time.Now())
		w.mu.Unlock()
		if !late {
			continue
		}
		doing := windowStack()
		w.mu.Lock()
		w.rounds.doing = doing
		w.mu.Unlock()
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

func (w *watchdog) answered(took time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.answer = max(w.answer, took)
}

// take puts what was noted since it was taken last into a snapshot.
func (w *watchdog) take(s *Snapshot) {
	w.mu.Lock()
	defer w.mu.Unlock()
	longest, busiest, stalls := w.rounds.take()
	s.Longest, s.Stalls = longest, stalls
	s.Busiest, s.Answer = int(busiest.Milliseconds()), int(w.answer.Milliseconds())
	w.answer = 0
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

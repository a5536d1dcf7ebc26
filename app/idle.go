package app

import (
	"time"

	"fyne.io/fyne/v2"
)

// slept is how much longer a moment took by the calendar than by the clock that
// stands still while the computer sleeps, to be taken for sleep.
const slept = time.Minute

// idle locks the window once nobody has used it for a while. UI goroutine only.
type idle struct {
	app  *App
	used time.Time // somebody did something
	last time.Time // the clock was last looked at
	quit chan struct{}
}

// watch looks at the clock every second until Close.
func (a *App) watch() {
	now := a.opt.Clock()
	i := &idle{app: a, used: now, last: now, quit: make(chan struct{})}
	a.idle = i
	ticks, stop := a.opt.Ticks()
	go func() {
		defer stop()
		for {
			select {
			case <-i.quit:
				return
			case <-ticks:
				fyne.Do(i.tick)
			}
		}
	}()
}

// note takes down that somebody did something.
func (i *idle) note() { i.used = i.app.opt.Clock() }

// tick locks if it is time to, or if the computer slept: whoever woke it need
// not be who left it.
func (i *idle) tick() {
	now := i.app.opt.Clock()
	away := now.Round(0).Sub(i.last.Round(0)) - now.Sub(i.last)
	i.last = now
	s := i.app.session
	if s == nil || i.app.sample != nil {
		return
	}
	if limit := s.desk.Settings().LockAfter(s.desk.Rights().Kind); away >= slept || now.Sub(i.used) >= limit {
		i.app.Lock()
	}
}

// asleep locks before the computer does. Any goroutine but the window's.
func (a *App) asleep() {
	fyne.DoAndWait(a.lockReal)
	fyne.DoAndWait(func() {}) // the sign-in has been drawn by then
}

// lockReal locks but for the sample, which guards nothing.
func (a *App) lockReal() {
	if a.sample == nil {
		a.Lock()
	}
}

func (i *idle) close() { close(i.quit) }

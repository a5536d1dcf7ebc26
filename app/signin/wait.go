package signin

import (
	"time"

	"fyne.io/fyne/v2"

	"lethe/app/look"
)

// wait lets nobody try for so long, and says for how long yet.
func (p *Page) wait(d time.Duration) {
	p.stopWaiting()
	if d <= 0 {
		return
	}
	p.until = p.opt.Clock().Add(d)
	p.enter.Disable()
	p.complaint = p.said.Text()
	quit := make(chan struct{})
	p.quit = quit
	p.sayWait()
	ticks, stop := p.opt.Ticks()
	go func() {
		defer stop()
		for {
			select {
			case <-quit:
				return
			case <-ticks:
				fyne.Do(func() { p.tick(quit) })
			}
		}
	}()
}

func (p *Page) tick(quit chan struct{}) {
	if quit == nil || p.quit != quit {
		return
	}
	if p.opt.Clock().Before(p.until) {
		p.sayWait()
		return
	}
	p.stopWaiting()
	p.enter.Enable()
	p.said.Set(p.complaint, look.ColorDanger)
}

func (p *Page) sayWait() {
	left := int((p.until.Sub(p.opt.Clock()) + time.Second - 1) / time.Second)
	p.said.Set(p.complaint+" "+p.opt.Words.N("signin.wait", left), look.ColorDanger)
}

func (p *Page) stopWaiting() {
	if p.quit != nil {
		close(p.quit)
		p.quit = nil
	}
}

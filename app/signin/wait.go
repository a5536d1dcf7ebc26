package signin

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lethe/app/look"
	"lethe/data"
	"lethe/widgets/keys"
)

// wait lets nobody try for the chosen member until they may, and says for how
// long yet.
func (p *Page) wait() { p.waitFor(p.member(), p.enter) }

// waitFor holds button back until the next try for id is due.
func (p *Page) waitFor(id data.UserID, button *keys.Button) {
	p.stopWaiting()
	if p.opt.Tries.Wait(id) <= 0 {
		return
	}
	p.awaited, p.held = id, button
	p.held.Disable()
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
	if p.opt.Tries.Wait(p.awaited) > 0 {
		p.sayWait()
		return
	}
	p.stopWaiting()
	p.held.Enable()
	p.said.Set(p.complaint, look.ColorDanger)
}

func (p *Page) sayWait() {
	left := int((p.opt.Tries.Wait(p.awaited) + time.Second - 1) / time.Second)
	p.said.Set(strings.TrimSpace(p.complaint+" "+p.opt.Words.N("signin.wait", left)), look.ColorDanger)
}

func (p *Page) stopWaiting() {
	if p.quit != nil {
		close(p.quit)
		p.quit = nil
	}
}

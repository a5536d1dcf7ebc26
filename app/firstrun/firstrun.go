// Package firstrun is what a fresh data folder begins with: the choice between
// one's own business and sample customers, then five short steps.
//
// Nothing is written before the step about OTPs is left: until then Back goes
// back and closing the window leaves the folder as it was. From there on the
// list exists and the way leads forward only.
package firstrun

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk"
	"lethe/app/enrol"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/newpassword"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/widgets/keys"
)

// Created is what came of creating the list.
type Created struct {
	Key account.RecoveryKey
	// OTPFailed: the list is there, but its OTPs could not be set up.
	OTPFailed bool
}

// Options are what the wizard needs.
type Options struct {
	Window fyne.Window
	Words  *words.Words
	Tasks  *task.Runner
	Files  desk.Files
	Clock  func() time.Time

	// Folder is where the list will be, if not in the usual place, else empty.
	Folder string
	// Region is the guess for the country, an ISO 3166-1 code.
	Region string
	// Secret makes a secret for the authenticator.
	Secret func() (otp.Secret, error)
	// Create makes the list; with a code, it sets up OTPs under the secret.
	// Called in the background.
	Create func(ctx context.Context, first store.FirstRun, secret otp.Secret, code string) (Created, error)
	// Explore opens the sample.
	Explore func()
	// Restore leads to a backup that is restored.
	Restore func()
	// Done is called at the end, with the wish to import a list now.
	Done func(importNow bool)
}

const (
	cardWidth = 460
	steps     = 5 // after the welcome
)

// Wizard is the first run. UI goroutine only.
type Wizard struct {
	opt  Options
	root *fyne.Container

	business *businessForm
	password *newpassword.Pair
	secret   otp.Secret
	enrol    *enrol.Form
	created  Created

	back, next *keys.Button
	said       *form.Line
	busy       bool
}

// New makes the wizard, empty until Start.
func New(opt Options) *Wizard {
	z := &Wizard{opt: opt, root: container.NewStack()}
	z.business = newBusinessForm(opt.Words, opt.Region)
	z.password = newpassword.New(opt.Words, func() []string {
		return []string{z.business.business.Text(), z.business.name.Text()}
	})
	return z
}

// Start shows the welcome. The content stands in the window by now, which is
// what a focus needs.
func (z *Wizard) Start() { z.welcome() }

// Content is the whole window.
func (z *Wizard) Content() fyne.CanvasObject { return z.root }

// step is one screen: what it asks, and where its buttons lead.
type step struct {
	number      int
	title, text string
	body        fyne.CanvasObject
	focus       fyne.Focusable
	forward     func()
	label       string // of the button forward
	back        func() // nil: no way back
	other       *keys.Button
}

func (z *Wizard) show(s step) {
	w := z.opt.Words
	z.said = form.NewLine("", look.ColorMuted)
	z.next = keys.NewButton(s.label, func() {
		if !z.busy {
			s.forward()
		}
	})
	z.next.Importance = widget.HighImportance
	z.next.EnterPresses = true
	buttons := container.NewHBox()
	z.back = nil
	if s.back != nil {
		z.back = keys.NewButton(w.T("common.back"), func() {
			if !z.busy {
				s.back()
			}
		})
		z.back.EnterPresses = true
		buttons.Add(z.back)
	}
	buttons.Add(layout.NewSpacer())
	if s.other != nil {
		buttons.Add(s.other)
	}
	buttons.Add(z.next)
	z.root.Objects = []fyne.CanvasObject{form.Card(cardWidth,
		form.NewLine(w.T("firstrun.step", "Number", s.number, "Of", steps), look.ColorMuted).Object(),
		form.NewHeading(s.title).Object(), form.NewText(s.text).Object(),
		s.body, z.said.Object(), buttons,
	)}
	z.root.Refresh()
	c := z.opt.Window.Canvas()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape && s.back != nil && !z.busy && c.Overlays().Top() == nil {
			s.back()
		}
	})
	if s.focus != nil {
		c.Focus(s.focus)
	}
}

// working shows that something runs, and holds the buttons meanwhile.
func (z *Wizard) working(on bool, text string) {
	z.busy = on
	for _, b := range []*keys.Button{z.back, z.next} {
		switch {
		case b == nil:
		case on:
			b.Disable()
		default:
			b.Enable()
		}
	}
	z.said.Set(text, look.ColorMuted)
}

// Close gives the window's keys back.
func (z *Wizard) Close() { z.opt.Window.Canvas().SetOnTypedKey(nil) }

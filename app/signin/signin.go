// Package signin asks who sits here and for their password, and brings back
// an Account Owner who lost it.
package signin

import (
	"context"
	"errors"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lethe/app/choice"
	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/fold"
	"lethe/widgets/countdown"
	"lethe/widgets/keys"
)

// Options are what the page needs. The functions that take a context are
// called in the background; they leave what they opened with the caller.
type Options struct {
	Window fyne.Window
	Words  *words.Words
	Tasks  *task.Runner
	Files  desk.Files
	Clock  func() time.Time
	Ticks  countdown.Ticks
	Tries  *Tries // of passwords, since the program began

	// Folder is the data folder where it is not the usual one, else empty.
	Folder string
	// Members can sign in; Last is who did so last, or 0. Choose asks first who
	// it is: somebody else than last time.
	Members []account.Member
	Last    data.UserID
	Choose  bool

	// SignIn opens the list for a member.
	SignIn func(ctx context.Context, id data.UserID, password string) error
	// MustChange tells whether whoever just signed in must replace a password
	// that somebody else chose; Change replaces it.
	MustChange func() bool
	Change     func(ctx context.Context, old, next string) error
	// Recover opens it for the Account Owner by the recovery key.
	Recover func(ctx context.Context, recoveryKey string) error
	// Renew gives the Account Owner, once recovered, a new password. The
	// recovery key that was used is worth nothing then; the new one is returned.
	Renew func(ctx context.Context, password string) (account.RecoveryKey, error)
	// Restore leads to a backup that is restored, where the list is damaged.
	Restore func()
	// Business is what the list's owner called it; asked once it is open.
	Business func() string
	// Done is called on the window's goroutine when somebody is in.
	Done func()
}

// Page is the sign-in. UI goroutine only.
type Page struct {
	opt       Options
	root      *fyne.Container
	who       *choice.Select
	password  *form.Field
	enter     *keys.Button
	restore   *keys.Button
	said      *form.Line
	complaint string        // what the wait is for
	awaited   data.UserID   // whose next try it holds back
	held      *keys.Button  // and with which button
	quit      chan struct{} // closed when the wait is over or the page gone
}

const cardWidth = 380

// New makes the page.
func New(opt Options) *Page {
	p := &Page{opt: opt, root: container.NewStack()}
	p.showSignIn()
	return p
}

// Content is the whole window.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Shown puts the focus where it starts: on the password, or on who it is.
func (p *Page) Shown() {
	if p.opt.Choose {
		p.opt.Window.Canvas().Focus(p.who)
		return
	}
	p.toPassword()
}

func (p *Page) toPassword() { p.password.Focus(p.opt.Window.Canvas()) }

// Close stops what ticks.
func (p *Page) Close() { p.stopWaiting() }

func (p *Page) showSignIn() {
	w := p.opt.Words
	names, last := p.names()
	if p.opt.Choose {
		last = ""
	}
	p.who = choice.New(names, last, func(string) { p.picked() })
	p.said = form.NewLine("", look.ColorMuted)
	p.password = form.NewPassword(w.T("signin.password"), "")
	p.password.Entry.OnSubmitted = func(string) { p.try() }
	p.enter = keys.NewButton(w.T("signin.enter"), p.try)
	p.enter.Importance = widget.HighImportance
	p.enter.EnterPresses = true
	p.who.PlaceHolder = w.T("signin.choose")
	lost := keys.NewButton(w.T("signin.lost"), p.showRecovery)
	lost.Importance = widget.LowImportance
	lost.EnterPresses = true
	p.restore = keys.NewButton(w.T("signin.restore"), p.opt.Restore)
	p.restore.EnterPresses = true
	p.restore.Hide() // until the list turns out to be damaged

	parts := []fyne.CanvasObject{form.Mark(), form.NewHeading(w.T("signin.title")).Object()}
	if p.opt.Folder != "" {
		parts = append(parts, form.NewLine(w.T("signin.folder", "Folder", p.opt.Folder), look.ColorMuted).Object())
	}
	parts = append(parts,
		form.NewLine(w.T("signin.who"), look.ColorMuted).Object(), p.who,
		p.password.Object(), p.said.Object(), p.enter, p.restore, lost)
	p.show(parts...)
}

// names lists the members as the picker shows them; namesakes get a number,
// so that each can be picked. Last is the value of who signed in last, or of the first.
func (p *Page) names() (names []choice.Option, last string) {
	seen := map[string]int{}
	for i, m := range p.opt.Members {
		name := fold.OneLine(m.Name, 60)
		if seen[name]++; seen[name] > 1 {
			name = p.opt.Words.T("signin.namesake", "Name", name, "Number", seen[name])
		}
		value := strconv.FormatInt(int64(m.ID), 10)
		names = append(names, choice.Option{Value: value, Text: name})
		if i == 0 || m.ID == p.opt.Last {
			last = value
		}
	}
	return names, last
}

func (p *Page) show(parts ...fyne.CanvasObject) {
	p.root.Objects = []fyne.CanvasObject{form.Card(cardWidth, parts...)}
	p.root.Refresh()
}

// try signs in with what stands there, unless a wait or a try is under way.
func (p *Page) try() {
	if p.enter.Disabled() {
		return
	}
	i := p.who.SelectedIndex()
	if i < 0 || i >= len(p.opt.Members) {
		p.said.Set(p.opt.Words.T("signin.choose_first"), look.ColorDanger)
		p.opt.Window.Canvas().Focus(p.who)
		return
	}
	w, id, password := p.opt.Words, p.opt.Members[i].ID, p.password.Text()
	if password == "" {
		p.password.Fail(w.T("signin.password_needed"))
		p.toPassword()
		return
	}
	p.busy(true, w.T("signin.opening"))
	p.opt.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		return p.opt.SignIn(ctx, id, password)
	}, func(err error) {
		p.busy(false, "")
		if err == nil {
			p.opt.Tries.Right(id)
			p.password.Entry.SetText("")
			p.opened(p.opt.Members[i].Name, password)
			return
		}
		p.said.Set(w.Error(err), look.ColorDanger)
		if errors.Is(err, data.ErrDamaged) && p.opt.Restore != nil {
			p.restore.Show()
		}
		p.toPassword()
		if errors.Is(err, data.ErrWrongPassword) {
			p.opt.Tries.Wrong(id)
			p.wait()
		}
	})
}

// picked goes on with the member who was chosen: to the password, after what
// is left of a wait.
func (p *Page) picked() {
	p.stopWaiting()
	p.enter.Enable()
	p.said.Set("", look.ColorMuted)
	p.wait()
	p.toPassword()
}

// member is who was chosen, 0 while nobody is.
func (p *Page) member() data.UserID {
	if i := p.who.SelectedIndex(); i >= 0 && i < len(p.opt.Members) {
		return p.opt.Members[i].ID
	}
	return 0
}

// opened lets a member in, or has them choose a password of their own first.
func (p *Page) opened(name, old string) {
	if !p.opt.MustChange() {
		p.opt.Done()
		return
	}
	p.showNewPassword(newPassword{
		text:  p.opt.Words.T("signin.must_change"),
		names: []string{fold.OneLine(name, 60)},
		set:   func(ctx context.Context, next string) error { return p.opt.Change(ctx, old, next) },
		then:  p.opt.Done,
	})
}

func (p *Page) busy(on bool, text string) {
	if on {
		p.enter.Disable()
		p.password.Entry.Disable()
	} else {
		p.enter.Enable()
		p.password.Entry.Enable()
	}
	p.said.Set(text, look.ColorMuted)
}

package signin

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/recoverykey"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/fold"
	"lethe/data/store"
	"lethe/widgets/keys"
)

// showRecovery asks for the recovery key.
func (p *Page) showRecovery() {
	w := p.opt.Words
	p.stopWaiting()
	p.said = form.NewLine("", look.ColorMuted)
	key := form.New(w.T("signin.recovery.key"), w.T("signin.recovery.key_hint"))
	back := keys.NewButton(w.T("common.back"), func() { p.showSignIn(); p.wait(); p.Shown() })
	back.EnterPresses = true
	next := highButton(w.T("common.next"), nil)
	submit := func() {
		if next.Disabled() {
			return
		}
		typed := key.Text()
		if _, err := account.ParseRecoveryKey(typed); err != nil {
			key.Fail(w.T("signin.recovery.mistyped"))
			return
		}
		p.recover(typed, key, next)
	}
	next.OnTapped = submit
	key.Entry.OnSubmitted = func(string) { submit() }
	p.show(
		form.NewHeading(w.T("signin.lost")).Object(),
		form.NewText(w.T("signin.recovery.others")).Object(),
		form.NewText(w.T("signin.recovery.owner")).Object(),
		key.Object(), p.said.Object(), pair(back, next))
	p.waitFor(store.RecoveryAttempts, next)
	p.opt.Window.Canvas().Focus(key.Entry)
}

func (p *Page) recover(typed string, key *form.Field, next *keys.Button) {
	w := p.opt.Words
	next.Disable()
	p.said.Set(w.T("signin.opening"), look.ColorMuted)
	p.opt.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		return p.opt.Recover(ctx, typed)
	}, func(err error) {
		p.said.Set("", look.ColorMuted)
		next.Enable()
		if err != nil {
			key.Fail(w.Error(err))
			if errors.Is(err, data.ErrWrongRecovery) {
				p.opt.Tries.Wrong(store.RecoveryAttempts)
				p.waitFor(store.RecoveryAttempts, next)
			}
			return
		}
		p.opt.Tries.Right(store.RecoveryAttempts)
		var fresh account.RecoveryKey
		p.showNewPassword(newPassword{
			names: p.ownerNames(),
			set: func(ctx context.Context, next string) (err error) {
				fresh, err = p.opt.Renew(ctx, next)
				return err
			},
			then: func() { p.showNewKey(fresh) },
		})
	})
}

func (p *Page) showNewKey(key account.RecoveryKey) {
	w := p.opt.Words
	finish := highButton(w.T("signin.enter"), p.opt.Done)
	finish.Disable()
	view := recoverykey.New(recoverykey.Options{
		Words: w, Files: p.opt.Files, Copy: copyText, Key: key, Business: p.opt.Business(), Proved: finish.Enable,
	})
	view.Field.Entry.OnSubmitted = func(string) {
		if view.Field.Valid() {
			p.opt.Done()
		}
	}
	p.show(
		form.NewHeading(w.T("signin.recovery.new_title")).Object(),
		form.NewText(w.T("signin.recovery.new_text")).Object(),
		view.Object(), pair(nil, finish))
	p.opt.Window.Canvas().Focus(view.Field.Entry)
}

func (p *Page) ownerNames() []string {
	var names []string
	for _, m := range p.opt.Members {
		if m.AccountOwner {
			names = append(names, fold.OneLine(m.Name, 60))
		}
	}
	return names
}

func copyText(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

func highButton(text string, tapped func()) *keys.Button {
	b := keys.NewButton(text, tapped)
	b.Importance = widget.HighImportance
	b.EnterPresses = true
	return b
}

func pair(left, right fyne.CanvasObject) fyne.CanvasObject {
	if left == nil {
		left = layout.NewSpacer()
	}
	return container.NewHBox(left, layout.NewSpacer(), right)
}

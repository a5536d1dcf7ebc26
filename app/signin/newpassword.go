package signin

import (
	"context"

	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/newpassword"
	"lethe/app/task"
)

// newPassword is what the page for one needs: why it is asked for, names that
// it must not be made of, how it is set (in the background), what comes then.
type newPassword struct {
	text  string
	names []string
	set   func(ctx context.Context, next string) error
	then  func()
}

// showNewPassword has no way back: the list is open already, and goes on once
// there is a password.
func (p *Page) showNewPassword(n newPassword) {
	w := p.opt.Words
	pass := newpassword.New(w, func() []string { return n.names })
	next := highButton(w.T("common.next"), nil)
	submit := func() {
		if next.Disabled() {
			return
		}
		if bad := pass.Valid(); bad != nil {
			bad.Focus(p.opt.Window.Canvas())
			return
		}
		next.Disable()
		chosen := pass.Text()
		p.said.Set(w.T("signin.opening"), look.ColorMuted)
		p.opt.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
			return n.set(ctx, chosen)
		}, func(err error) {
			next.Enable()
			if err != nil {
				p.said.Set(w.Error(err), look.ColorDanger)
				return
			}
			pass.Clear()
			n.then()
		})
	}
	next.OnTapped = submit
	pass.First.Entry.OnSubmitted = func(string) { pass.Again.Focus(p.opt.Window.Canvas()) }
	pass.Again.Entry.OnSubmitted = func(string) { submit() }
	p.said = form.NewLine("", look.ColorMuted)
	parts := []fyne.CanvasObject{form.NewHeading(w.T("signin.new_password")).Object()}
	if n.text != "" {
		parts = append(parts, form.NewText(n.text).Object())
	}
	p.show(append(parts, pass.Object(), p.said.Object(), pair(nil, next))...)
	p.opt.Window.Canvas().Focus(pass.First.Entry)
}

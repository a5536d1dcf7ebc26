package auditlog

import (
	"context"
	"errors"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/codeentry"
	"lethe/widgets/confirm"
)

// mayAccept tells whether what is wrong with the log is something that this
// person can accept. An exchanged key is nothing of the past: it stays wrong.
func (p *Page) mayAccept() bool {
	return p.desk.Rights().May(data.OpAcceptLogBreak) && !p.desk.Demo &&
		!p.state.Intact() && p.state.Break != data.LogKey
}

// accept asks the Account Owner for their password and an OTP, by which they
// accept what is wrong with the log.
func (p *Page) accept() {
	w, d := p.desk.Words, p.desk
	if !p.mayAccept() {
		return
	}
	seen, known := p.state, append(Remembered(d), p.known...)
	password := form.NewPassword(w.T("auditlog.accept_password"), "")
	password.Check = func(text string) string {
		if text == "" {
			return w.T("signin.password_needed")
		}
		return ""
	}
	label := w.T("auditlog.accept_code")
	code := codeentry.New(label, nil)
	dialog := confirm.New(d.Window.Canvas(), confirm.Options{
		Title: w.T("auditlog.accept_title"),
		Content: form.Stack(4,
			form.NewText(w.T("auditlog.accept_why", "Why", why(w, seen))).Object(),
			form.NewText(w.T("auditlog.accept_text")).Object(),
			password.Object(), form.NewLine(label, look.ColorMuted).Object(), code),
		Cancel: w.T("common.cancel"), Action: w.T("auditlog.accept_action"), Danger: true,
		OnClosed: func() { password.Entry.SetText("") },
	})
	dialog.SetOnAction(func() {
		dialog.SetError("")
		switch {
		case !password.Valid():
			dialog.Focus(password.Entry)
			return
		case !code.Complete():
			dialog.SetError(w.T("auditlog.accept_code_needed"))
			dialog.Focus(code)
			return
		}
		dialog.SetBusy(true)
		own, typed := password.Text(), code.Code()
		d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
			return d.Store.AcceptLogBreak(ctx, d.Actor, own, typed, known, seen)
		}, func(err error) {
			dialog.SetBusy(false)
			switch {
			case err == nil:
				dialog.Hide()
				d.Status(w.T("auditlog.accept_done"))
				p.Refresh()
				return
			case errors.Is(err, data.ErrWrongPassword):
				password.Fail(w.Error(err))
				dialog.Focus(password.Entry)
			default:
				dialog.SetError(w.Error(err))
			}
			code.Clear()
		})
	})
	dialog.SetReady(true)
	dialog.Show()
}

package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/app/form"
	"lethe/app/newpassword"
	"lethe/data/account"
)

// password is everybody's own.
func (p *Page) password() []fyne.CanvasObject {
	w := p.desk.Words
	if p.desk.Demo {
		return []fyne.CanvasObject{form.NewText(w.T("settings.password_demo")).Object()}
	}
	return []fyne.CanvasObject{
		form.NewText(w.T("settings.password_text")).Object(),
		left(button(w.T("settings.password_change"), func() { p.changePassword() })),
	}
}

// changing is the dialog with a new password.
type changing struct {
	*asking
	pair *newpassword.Pair
}

func (p *Page) changePassword() *changing {
	w, d := p.desk.Words, p.desk
	me, _ := d.Me()
	c := &changing{asking: p.ask()}
	c.pair = newpassword.New(w, func() []string { return []string{me.Name, d.Settings().Business} })
	c.password.Entry.OnSubmitted = func(string) { c.dialog.Focus(c.pair.First.Entry) }
	c.pair.First.Entry.OnSubmitted = func(string) { c.dialog.Focus(c.pair.Again.Entry) }
	c.pair.Again.Entry.OnSubmitted = func(string) { c.submit() }
	c.check = func() bool {
		bad := c.pair.Valid()
		if bad != nil {
			c.dialog.Focus(bad.Entry)
		}
		return bad == nil
	}
	c.work = func(ctx context.Context) error {
		return d.Store.ChangePassword(ctx, d.Actor, c.password.Text(), c.pair.Text())
	}
	c.done = func() {
		c.pair.Clear()
		c.finish(w.T("settings.password_changed"))
	}
	c.open(w.T("settings.password_change"), w.T("settings.password_change"), c.password.Object(), c.pair.Object())
	return c
}

// recovery is the Account Owner's recovery key.
func (p *Page) recovery() []fyne.CanvasObject {
	w := p.desk.Words
	return []fyne.CanvasObject{
		form.NewText(w.T("settings.recovery_text")).Object(),
		left(button(w.T("settings.recovery_make"), func() { p.newRecovery() })),
	}
}

// renewing is the dialog with a new recovery key.
type renewing struct {
	*asking
	key account.RecoveryKey
}

func (p *Page) newRecovery() *renewing {
	w, d := p.desk.Words, p.desk
	r := &renewing{asking: p.ask()}
	parts := []fyne.CanvasObject{form.NewText(w.T("settings.recovery_make_text")).Object(), r.password.Object()}
	if p.otp.setUp {
		label := w.T("settings.otp_now")
		parts = append(parts, form.NewLine(label, theme.ColorNameForeground).Object(), r.askCode(label))
	}
	r.work = func(ctx context.Context) (err error) {
		code := ""
		if r.code != nil {
			code = r.code.Code()
		}
		r.key, err = d.Store.NewRecoveryKey(ctx, d.Actor, r.password.Text(), code)
		return err
	}
	r.done = func() { r.showKey(r.key, w.T("settings.recovery_made")) }
	r.open(w.T("settings.recovery_make"), w.T("settings.recovery_make"), parts...)
	return r
}

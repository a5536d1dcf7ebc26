package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"lethe/app/enrol"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/widgets/keys"
)

// otpState is whether OTPs are set up, once that is known.
type otpState struct {
	known, setUp bool
}

// otps are the Account Owner's authenticator and from when on it is needed.
func (p *Page) otps() []fyne.CanvasObject {
	w, d := p.desk.Words, p.desk
	state := form.NewText("")
	buttons := container.NewHBox()
	show := func() {
		buttons.Objects = nil
		switch {
		case !p.otp.known:
		case d.Demo:
			state.Set(w.T("settings.otp_demo"), theme.ColorNameForeground)
		case p.otp.setUp:
			state.Set(w.T("settings.otp_on"), theme.ColorNameForeground)
			buttons.Objects = []fyne.CanvasObject{
				button(w.T("settings.otp_replace"), func() { p.enrol() }),
				button(w.T("settings.otp_lost"), func() { p.enrolByRecovery() }),
				button(w.T("settings.otp_unlock"), func() { p.unlock() }),
			}
		default:
			state.Set(w.T("settings.otp_off"), look.ColorDanger)
			buttons.Objects = []fyne.CanvasObject{button(w.T("settings.otp_set_up"), func() { p.enrol() })}
		}
		keys.Follow(p.scroll, buttons)
		buttons.Refresh()
	}
	p.keep(func() {
		set := false
		d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
			set, err = d.Store.OTPSetUp(ctx, d.Actor)
			return err
		}, func(err error) {
			if err != nil {
				state.Set(w.Error(err), look.ColorDanger)
				return
			}
			p.otp = otpState{true, set}
			show()
		})
	})
	return append([]fyne.CanvasObject{state.Object(), buttons}, p.strictness()...)
}

func button(text string, tapped func()) *keys.Button {
	b := keys.NewButton(text, tapped)
	b.EnterPresses = true
	return b
}

// newAuthenticator is the form of a new secret, or nil where it can't be made.
func (p *Page) newAuthenticator() (*enrol.Form, otp.Secret) {
	d := p.desk
	me, _ := d.Me()
	secret, err := otp.NewSecret(nil)
	var f *enrol.Form
	if err == nil {
		f, err = enrol.New(enrol.Options{
			Words: d.Words, Business: d.Settings().Business, Account: me.Name, Secret: secret,
			Copy: func(text string) { fyne.CurrentApp().Clipboard().SetContent(text) },
		})
	}
	if err != nil {
		d.Status(d.Words.Error(err))
		return nil, nil
	}
	return f, secret
}

// proved checks the first OTP of a new secret before anything is asked of the
// store, so that what the store finds wrong is the old one.
func (a *asking) proved(f *enrol.Form, secret otp.Secret) bool {
	w := a.page.desk.Words
	if !f.Code.Complete() {
		f.Fail(w.T("firstrun.otp_needed"))
	} else if _, err := otp.Enrol(secret, f.Code.Code(), a.page.desk.Clock()); err != nil {
		f.Fail(w.T("firstrun.otp_wrong"))
	} else {
		return true
	}
	a.dialog.Focus(f.Code)
	return false
}

// enrolling is the dialog with a new authenticator.
type enrolling struct {
	*asking
	form   *enrol.Form
	secret otp.Secret
	key    account.RecoveryKey // that the recovery key was replaced by
}

// enrol sets up OTPs, or replaces the authenticator by another while the
// present one is at hand.
func (p *Page) enrol() *enrolling {
	w, d := p.desk.Words, p.desk
	f, secret := p.newAuthenticator()
	if f == nil {
		return nil
	}
	a := &enrolling{asking: p.ask(), form: f, secret: secret}
	parts := []fyne.CanvasObject{a.password.Object()}
	title, said := w.T("settings.otp_set_up"), w.T("settings.otp_done")
	if p.otp.setUp {
		title, said = w.T("settings.otp_replace"), w.T("settings.otp_replaced")
		label := w.T("settings.otp_old")
		parts = append(parts, form.NewLine(label, theme.ColorNameForeground).Object(), a.askCode(label))
	}
	a.check = func() bool { return a.proved(f, secret) }
	a.work = func(ctx context.Context) error {
		old := ""
		if a.code != nil {
			old = a.code.Code()
		}
		return d.Store.EnrolOTP(ctx, d.Actor, a.password.Text(), secret, f.Code.Code(), old)
	}
	a.done = func() { a.finish(said) }
	a.open(title, w.T("settings.otp_take"),
		append(parts, form.NewText(w.T("settings.otp_scan")).Object(), f.Object())...)
	return a
}

// enrolByRecovery replaces an authenticator that was lost.
func (p *Page) enrolByRecovery() *enrolling {
	w, d := p.desk.Words, p.desk
	f, secret := p.newAuthenticator()
	if f == nil {
		return nil
	}
	a := &enrolling{asking: p.ask(), form: f, secret: secret}
	recovery := a.askRecovery()
	a.check = func() bool { return a.proved(f, secret) }
	a.work = func(ctx context.Context) (err error) {
		a.key, err = d.Store.RecoverOTP(ctx, d.Actor, a.password.Text(), recovery.Text(), secret, f.Code.Code())
		return err
	}
	a.done = func() { a.showKey(a.key, w.T("settings.otp_replaced")) }
	a.open(w.T("settings.otp_lost_title"), w.T("settings.otp_take"),
		form.NewText(w.T("settings.otp_lost_text")).Object(), a.password.Object(), recovery.Object(),
		form.NewText(w.T("settings.otp_scan")).Object(), f.Object())
	return a
}

// unlock lifts a lock after too many wrong OTPs or a clock that ran ahead.
func (p *Page) unlock() *asking {
	w, d := p.desk.Words, p.desk
	a := p.ask()
	recovery := a.askRecovery()
	a.work = func(ctx context.Context) error {
		return d.Store.ResetOTPClock(ctx, d.Actor, a.password.Text(), recovery.Text())
	}
	a.done = func() { a.finish(w.T("settings.otp_unlocked")) }
	a.open(w.T("settings.otp_unlock"), w.T("settings.otp_unlock"),
		form.NewText(w.T("settings.otp_unlock_text")).Object(), a.password.Object(), recovery.Object())
	return a
}

package team

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/app/enrol"
	"lethe/app/form"
	"lethe/app/recoverykey"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/widgets/codeentry"
)

// transfer makes another member the Account Owner. Both must be there: it takes
// the password and an OTP of the one, the password and a new authenticator of
// the other, who then gets a new recovery key.
func (p *Page) transfer(u data.User) {
	d := p.desk
	set := false
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		set, err = d.Store.OTPSetUp(ctx, d.Actor)
		return err
	}, func(err error) {
		if err == nil && !set {
			err = data.ErrOTPNotSetUp
		}
		if err != nil {
			d.Status(d.Words.Error(err))
			return
		}
		p.askTransfer(u)
	})
}

func (p *Page) askTransfer(u data.User) {
	w, d := p.desk.Words, p.desk
	name := oneLine(u.Name)
	secret, err := otp.NewSecret(nil)
	var app *enrol.Form
	if err == nil {
		app, err = enrol.New(enrol.Options{
			Words: w, Business: d.Settings().Business, Account: u.Name, Secret: secret, Copy: copyText,
		})
	}
	if err != nil {
		d.Status(w.Error(err))
		return
	}
	code := codeentry.New(w.T("team.transfer_code"), nil)
	theirs := form.NewPassword(w.T("team.transfer_their_password", "Name", name), "")
	theirs.Check = func(text string) string {
		if text == "" {
			return w.T("team.password_needed")
		}
		return ""
	}
	a := &asking{
		desk: d, title: w.T("team.transfer_title", "Name", name), action: w.T("team.transfer_do", "Name", name), danger: true,
		codes: []*codeentry.Field{code}, fields: []*form.Field{theirs},
	}
	line := func(text string) fyne.CanvasObject { return form.NewLine(text, theme.ColorNameForeground).Object() }
	a.parts = append(a.parts, form.NewText(w.T("team.transfer_text", "Name", name)).Object(),
		line(w.T("team.transfer_code")), code,
		line(w.T("team.transfer_scan", "Name", name)), app.Object(), theirs.Object())
	var req store.Transfer
	var key account.RecoveryKey
	a.check = func() bool {
		if !app.Code.Complete() {
			app.Fail(w.T("firstrun.otp_needed"))
			a.dialog.Focus(app.Code)
			return false
		}
		if _, err := otp.Enrol(secret, app.Code.Code(), d.Clock()); err != nil {
			app.Fail(w.T("firstrun.otp_wrong"))
			a.dialog.Focus(app.Code)
			return false
		}
		req = store.Transfer{
			To: u.ID, Code: code.Code(), NewPassword: theirs.Text(), Secret: secret, NewCode: app.Code.Code(),
		}
		return true
	}
	a.work = func(ctx context.Context, own string) (err error) {
		req.Password = own
		key, err = d.Store.TransferOwnership(ctx, d.Actor, req)
		return err
	}
	a.done = func() { p.showKey(a, key, name) }
	a.open()
}

// showKey shows the new Account Owner's recovery key until its last group is
// typed back: it is kept nowhere.
func (p *Page) showKey(a *asking, key account.RecoveryKey, name string) {
	w, d := p.desk.Words, p.desk
	view := recoverykey.New(recoverykey.Options{
		Words: w, Files: d.Files, Key: key, Business: d.Settings().Business, Copy: copyText,
	})
	leave := func() {
		if !view.Field.Valid() {
			a.dialog.Focus(view.Field.Entry)
			return
		}
		key.Wipe()
		a.finish(w.T("team.transfer_done", "Name", name))
	}
	view.Field.Entry.OnSubmitted = func(string) { leave() }
	a.dialog.SetTitle(w.T("team.transfer_key", "Name", name))
	a.dialog.SetContent(form.Stack(4, form.NewText(w.T("team.transfer_key_text", "Name", name)).Object(), view.Object()))
	a.dialog.SetButtons(w.T("team.transfer_key_done"), "", false)
	a.dialog.SetOnCancel(leave)
	a.dialog.Focus(view.Field.Entry)
}

func copyText(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

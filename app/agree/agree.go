// Package agree asks for the Account Owner's OTP where something that is no
// deletion counts as one: a changed phone number, a custom field removed.
package agree

import (
	"context"
	"errors"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/codeentry"
	"lethe/widgets/confirm"
)

// Options are what is asked.
type Options struct {
	Title  string
	Text   string // why the Account Owner must agree
	Action string // the button
	// Work does it with an OTP, in the background.
	Work func(ctx context.Context, code string) error
	// Done is called after it was done, or when it failed on something else
	// than the OTP; the dialog is closed then.
	Done func(error)
	// Left is called when the person gives up; it may be nil.
	Left func()
}

// Ask opens the dialog. Call it on the window's goroutine.
func Ask(d *desk.Desk, o Options) {
	var owner data.User
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		owner, err = d.Store.AccountOwner(ctx, d.Actor)
		return err
	}, func(err error) {
		if err != nil {
			o.Done(err)
			return
		}
		open(d, o, owner.Name)
	})
}

func open(d *desk.Desk, o Options, owner string) {
	w := d.Words
	label := w.T("deletion.otp.from", "Owner", owner)
	code := codeentry.New(label, nil)
	ask := confirm.New(d.Window.Canvas(), confirm.Options{
		Title: o.Title, Cancel: w.T("common.cancel"), Action: o.Action, Danger: true,
		Content: form.Stack(4, form.NewText(o.Text).Object(), form.NewText(label).Object(), code,
			form.NewLine(w.T("deletion.otp.hint"), look.ColorMuted).Object()),
	})
	code.OnChanged = func(string) { ask.SetReady(code.Complete()) }
	done := false
	ask.SetOnCancel(func() {
		ask.Hide()
		if o.Left != nil && !done {
			o.Left()
		}
	})
	ask.SetOnAction(func() {
		text := code.Code()
		ask.SetError("")
		ask.SetBusy(true)
		d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
			return o.Work(ctx, text)
		}, func(err error) {
			ask.SetBusy(false)
			if wrongOTP(err) {
				code.Clear()
				code.SetInvalid(true)
				ask.SetReady(false)
				ask.SetError(w.Error(err))
				ask.Focus(code)
				return
			}
			done = true
			ask.Hide()
			o.Done(err)
		})
	})
	ask.Show()
	ask.Focus(code)
}

// wrongOTP tells the errors after which another OTP can be tried.
func wrongOTP(err error) bool {
	var wrong *data.OTPWrong
	return errors.As(err, &wrong) || errors.Is(err, data.ErrOTPUsed) || errors.Is(err, data.ErrAuthorisation) ||
		errors.Is(err, data.ErrOTPLocked) || errors.Is(err, data.ErrClockBehind)
}

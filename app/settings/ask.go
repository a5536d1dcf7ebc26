package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/app/recoverykey"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/account"
	"lethe/widgets/codeentry"
	"lethe/widgets/confirm"
)

// asking is a dialog that asks for the password and what else an act takes.
type asking struct {
	page     *Page
	dialog   *confirm.Dialog
	content  fyne.CanvasObject
	secrets  []*form.Field // besides; forgotten at the end
	password *form.Field
	recovery *form.Field      // the recovery key; nil where it isn't asked for
	code     *codeentry.Field // an OTP; nil where it isn't asked for

	check func() bool                     // besides the fields here; may be nil
	work  func(ctx context.Context) error // in the background
	done  func()                          // after it went well; the dialog is still open
}

// ask makes the dialog; open shows it.
func (p *Page) ask() *asking {
	a := &asking{page: p}
	a.password = form.NewPassword(p.desk.Words.T("settings.your_password"), "")
	a.password.Check = func(text string) string {
		if text == "" {
			return p.desk.Words.T("settings.password_needed")
		}
		return ""
	}
	a.password.Entry.OnSubmitted = func(string) { a.submit() }
	return a
}

// askRecovery adds the recovery key to what is asked for.
func (a *asking) askRecovery() *form.Field {
	w := a.page.desk.Words
	a.recovery = form.New(w.T("settings.recovery_key"), w.T("settings.recovery_key_hint"))
	a.recovery.Check = func(text string) string {
		if _, err := account.ParseRecoveryKey(text); err != nil {
			return w.T("settings.recovery_mistyped")
		}
		return ""
	}
	a.recovery.Entry.OnSubmitted = func(string) { a.submit() }
	return a.recovery
}

// askCode adds an OTP.
func (a *asking) askCode(label string) *codeentry.Field {
	a.code = codeentry.New(label, nil)
	return a.code
}

// open shows the dialog. The password has the focus.
func (a *asking) open(title, action string, objects ...fyne.CanvasObject) {
	w := a.page.desk.Words
	a.content = form.Stack(4, objects...)
	a.dialog = confirm.New(a.page.desk.Window.Canvas(), confirm.Options{
		Title: title, Content: a.content,
		Cancel: w.T("settings.cancel"), Action: action, OnAction: a.submit,
		OnClosed: a.forget,
	})
	a.dialog.Show()
	a.dialog.Focus(a.password.Entry)
}

// again scrolls to the beginning of the dialog, laid out anew.
func (a *asking) again() { a.dialog.SetContent(a.content) }

// forget drops what was typed.
func (a *asking) forget() {
	a.password.Entry.SetText("")
	for _, f := range a.secrets {
		f.Entry.SetText("")
	}
	if a.recovery != nil {
		a.recovery.Entry.SetText("")
	}
}

func (a *asking) submit() {
	if a.dialog.Busy() {
		return
	}
	w := a.page.desk.Words
	a.dialog.SetError("")
	if !a.password.Valid() {
		a.dialog.Focus(a.password.Entry)
		return
	}
	if a.recovery != nil && !a.recovery.Valid() {
		a.dialog.Focus(a.recovery.Entry)
		return
	}
	if a.code != nil && !a.code.Complete() {
		a.dialog.SetError(w.T("settings.code_needed"))
		a.dialog.Focus(a.code)
		return
	}
	if a.check != nil && !a.check() {
		return
	}
	a.dialog.SetBusy(true)
	a.page.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error { return a.work(ctx) }, func(err error) {
		a.dialog.SetBusy(false)
		if err == nil {
			a.done()
			return
		}
		a.fail(err)
	})
}

// fail says what went wrong beside what it is about.
func (a *asking) fail(err error) {
	sentence := a.page.desk.Words.Error(err)
	var wrong *data.OTPWrong
	var weak *account.PasswordProblem
	switch {
	case errors.As(err, &weak):
		a.dialog.SetError(a.page.desk.Words.T("signin.password." + string(weak.Reason)))
	case errors.Is(err, data.ErrWrongPassword):
		a.password.Fail(sentence)
		a.dialog.Focus(a.password.Entry)
	case errors.Is(err, data.ErrWrongRecovery) && a.recovery != nil:
		a.recovery.Fail(sentence)
		a.dialog.Focus(a.recovery.Entry)
	case a.code != nil && (errors.As(err, &wrong) || errors.Is(err, data.ErrOTPUsed)):
		a.code.Clear()
		a.code.SetInvalid(true)
		a.dialog.SetError(sentence)
		a.dialog.Focus(a.code)
	default:
		a.dialog.SetError(sentence)
	}
}

// finish closes the dialog and says what was done.
func (a *asking) finish(said string) {
	a.dialog.Hide()
	a.page.desk.Status(said)
	a.page.Refresh()
}

// showKey shows a new recovery key in the dialog, until its last group is
// typed back: the former one is worth nothing now.
func (a *asking) showKey(key account.RecoveryKey, said string) *recoverykey.View {
	d := a.page.desk
	w := d.Words
	view := recoverykey.New(recoverykey.Options{
		Words: w, Files: d.Files, Key: key, Business: d.Settings().Business,
		Copy: func(text string) { fyne.CurrentApp().Clipboard().SetContent(text) },
	})
	leave := func() {
		if !view.Field.Valid() {
			a.dialog.Focus(view.Field.Entry)
			return
		}
		key.Wipe()
		a.page.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
			return d.Store.ProveRecovery(ctx, d.Actor)
		}, nil)
		a.finish(said)
	}
	view.Field.Entry.OnSubmitted = func(string) { leave() }
	a.dialog.SetTitle(w.T("settings.recovery_new"))
	a.dialog.SetContent(form.Stack(4, form.NewText(w.T("settings.recovery_new_text")).Object(), view.Object()))
	a.dialog.SetButtons(w.T("settings.done"), "", false)
	a.dialog.SetOnCancel(leave)
	a.dialog.Focus(view.Field.Entry)
	return view
}

package team

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
	"lethe/widgets/codeentry"
	"lethe/widgets/confirm"
)

// asking is a dialog about a member or a role. Whatever it does takes the
// person's own password again, for this one act; in the sample, where nobody
// knows one, it is not asked for.
type asking struct {
	desk   *desk.Desk
	dialog *confirm.Dialog
	own    *form.Field // the person's password; nil in the sample

	title, action string
	danger        bool
	parts         []fyne.CanvasObject
	first         fyne.Focusable // has the focus at first; nil: the password

	fields []*form.Field // checked in this order before anything is done
	codes  []*codeentry.Field
	check  func() bool                                 // besides these; may be nil
	work   func(ctx context.Context, own string) error // in the background
	done   func()                                      // after it went well
}

// open shows the dialog.
func (a *asking) open() {
	w := a.desk.Words
	if !a.desk.Demo {
		a.own = form.NewPassword(w.T("team.your_password"), w.T("team.your_password_hint"))
		a.own.Check = func(text string) string {
			if text == "" {
				return w.T("team.password_needed")
			}
			return ""
		}
		a.own.Entry.OnSubmitted = func(string) {
			if !a.danger {
				a.submit()
			}
		}
		a.parts = append(a.parts, a.own.Object())
		a.fields = append(a.fields, a.own)
	}
	a.dialog = confirm.New(a.desk.Window.Canvas(), confirm.Options{
		Title: a.title, Content: form.Stack(4, a.parts...),
		Cancel: w.T("common.cancel"), Action: a.action, Danger: a.danger, OnAction: a.submit, OnClosed: a.forget,
	})
	a.dialog.SetReady(true)
	a.dialog.Show()
	switch {
	case a.danger: // the focus stays on Cancel
	case a.first != nil:
		a.dialog.Focus(a.first)
	case a.own != nil:
		a.dialog.Focus(a.own.Entry)
	}
}

// forget drops what was typed.
func (a *asking) forget() {
	for _, f := range a.fields {
		f.Entry.SetText("")
	}
}

func (a *asking) password() string {
	if a.own == nil {
		return a.desk.Password
	}
	return a.own.Text()
}

func (a *asking) submit() {
	if a.dialog.Busy() {
		return
	}
	a.dialog.SetError("")
	var bad *form.Field
	for _, f := range a.fields {
		if !f.Valid() && bad == nil {
			bad = f
		}
	}
	if bad != nil {
		a.dialog.Focus(bad.Entry)
		return
	}
	for _, c := range a.codes {
		if !c.Complete() {
			a.dialog.SetError(a.desk.Words.T("team.code_needed"))
			a.dialog.Focus(c)
			return
		}
	}
	if a.check != nil && !a.check() {
		return
	}
	own := a.password()
	a.dialog.SetBusy(true)
	a.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		err := a.work(ctx, own)
		a.desk.Settle() // the page under the dialog shows it, too
		return err
	}, func(err error) {
		a.dialog.SetBusy(false)
		if err != nil {
			a.fail(err)
			return
		}
		a.done()
	})
}

// fail says what went wrong beside what it is about.
func (a *asking) fail(err error) {
	w := a.desk.Words
	sentence := w.Error(err)
	var weak *account.PasswordProblem
	switch {
	case errors.As(err, &weak):
		a.dialog.SetError(w.T("signin.password." + string(weak.Reason)))
	case errors.Is(err, store.ErrNewOwnerPassword):
		a.dialog.SetError(w.T("team.transfer_their_wrong"))
	case errors.Is(err, data.ErrWrongPassword) && a.own != nil:
		a.own.Fail(sentence)
		a.dialog.Focus(a.own.Entry)
	default:
		a.dialog.SetError(sentence)
	}
	for _, c := range a.codes {
		c.Clear()
	}
}

// finish closes the dialog and says what was done.
func (a *asking) finish(said string) {
	a.dialog.Hide()
	a.desk.Status(said)
}

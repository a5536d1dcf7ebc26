// Package newpassword asks for a new password, twice.
package newpassword

import (
	"errors"

	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/app/words"
	"lethe/data/account"
)

// Pair are the two fields.
type Pair struct {
	// First and Again are the fields, for focus and submitting.
	First, Again *form.Field
}

// New makes the pair. Names are those that a password must not be made of,
// asked for at each check.
func New(w *words.Words, names func() []string) *Pair {
	p := &Pair{
		First: form.NewPassword(w.T("signin.new_password"), w.N("signin.new_password_hint", account.PasswordMin)),
		Again: form.NewPassword(w.T("signin.again"), ""),
	}
	p.First.Check = func(text string) string { return problem(w, account.CheckPassword(text, names()...)) }
	p.Again.Check = func(text string) string {
		if text != p.First.Text() {
			return w.T("signin.again_differs")
		}
		return ""
	}
	p.First.OnChanged = func(string) {
		if p.Again.Text() != "" {
			p.Again.Valid()
		}
	}
	return p
}

func problem(w *words.Words, err error) string {
	var p *account.PasswordProblem
	switch {
	case err == nil:
		return ""
	case errors.As(err, &p):
		return w.T("signin.password." + string(p.Reason))
	}
	return w.Error(err)
}

// Object is what stands in the window.
func (p *Pair) Object() fyne.CanvasObject {
	return form.Stack(4, p.First.Object(), p.Again.Object())
}

// Valid checks both and says what is wrong; it answers the first field that
// is, to be focused, or nil.
func (p *Pair) Valid() *form.Field {
	first, again := p.First.Valid(), p.Again.Valid()
	switch {
	case !first:
		return p.First
	case !again:
		return p.Again
	}
	return nil
}

// Text is the password.
func (p *Pair) Text() string { return p.First.Text() }

// Clear forgets what was typed.
func (p *Pair) Clear() {
	p.First.Entry.SetText("")
	p.Again.Entry.SetText("")
}

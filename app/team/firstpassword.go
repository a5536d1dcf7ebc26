package team

import (
	"crypto/rand"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data/account"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

// firstPassword is a password that a member has until they choose their own: 15
// letters and digits in groups, 74 bits, none that look alike.
func firstPassword() string {
	const group = 5
	text := strings.ToLower(rand.Text()) // of base 32: a to z, 2 to 7
	return text[:group] + "-" + text[group:2*group] + "-" + text[2*group:3*group]
}

// newFirstPassword is the field with one, drawn already, which can be changed.
func newFirstPassword(d *desk.Desk, names func() []string) *form.Field {
	w := d.Words
	f := form.New(w.T("team.first_password"), w.T("team.first_password_hint"))
	f.SetText(firstPassword())
	f.Check = func(text string) string {
		if p := problem(account.CheckPassword(text, names()...)); p != "" {
			return w.T("signin.password." + p)
		}
		return ""
	}
	return f
}

func problem(err error) string {
	if p, ok := err.(*account.PasswordProblem); ok {
		return string(p.Reason)
	}
	return ""
}

// tell shows the first password, to be handed over: it is kept nowhere.
func tell(d *desk.Desk, name, password string) {
	w := d.Words
	said := form.NewLine("", look.ColorMuted)
	copyIt := keys.NewButton(w.T("common.copy"), func() {
		fyne.CurrentApp().Clipboard().SetContent(password)
		said.Set(w.T("common.copied"), look.ColorMuted)
	})
	copyIt.EnterPresses = true
	confirm.NewInfo(d.Window.Canvas(), w.T("team.tell_title", "Name", oneLine(name)), form.Stack(6,
		form.NewText(w.T("team.tell_text", "Name", oneLine(name))).Object(),
		container.NewBorder(nil, nil, nil, container.NewVBox(copyIt), form.NewHeading(password).Object()),
		said.Object(),
	), w.T("team.tell_done")).Show()
}

// Package recoverykey shows a new recovery key once, and has its last group
// typed back.
package recoverykey

import (
	"errors"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/words"
	"lethe/data/account"
	"lethe/widgets/keys"
)

// Options are what the view needs.
type Options struct {
	Words    *words.Words
	Files    desk.Files
	Copy     func(text string) // to the clipboard
	Key      account.RecoveryKey
	Business string
	// Proved is called when the last group stands there.
	Proved func()
}

// View shows the key.
type View struct {
	// Field takes the last group.
	Field *form.Field

	opt  Options
	said *form.Line
	root fyne.CanvasObject
}

// New makes the view.
func New(opt Options) *View {
	w := opt.Words
	v := &View{opt: opt, said: form.NewLine("", look.ColorMuted)}
	v.Field = form.New(w.T("signin.recovery.last_group"), w.T("signin.recovery.last_group_hint"))
	v.Field.Check = func(text string) string {
		if !opt.Key.IsLastGroup(text) {
			return w.T("signin.recovery.last_group_wrong")
		}
		return ""
	}
	v.Field.OnChanged = func(text string) {
		if opt.Key.IsLastGroup(text) && opt.Proved != nil {
			opt.Proved()
		}
	}
	text := canvas.NewText(opt.Key.String(), theme.Color(theme.ColorNameForeground))
	text.TextStyle = fyne.TextStyle{Monospace: true, Bold: true}
	text.TextSize = theme.Size(theme.SizeNameSubHeadingText)
	text.Alignment = fyne.TextAlignCenter
	back := canvas.NewRectangle(theme.Color(look.ColorChip))
	back.CornerRadius = 6
	v.root = form.Stack(6,
		container.NewStack(back, container.NewPadded(container.NewPadded(text))),
		container.NewHBox(
			button(w.T("signin.recovery.save"), v.save),
			button(w.T("common.copy"), v.copy),
			layout.NewSpacer(),
		),
		v.said.Object(),
		v.Field.Object(),
	)
	return v
}

func button(text string, tapped func()) *keys.Button {
	b := keys.NewButton(text, tapped)
	b.EnterPresses = true
	return b
}

// Object is what stands in the window.
func (v *View) Object() fyne.CanvasObject { return v.root }

// Said is what was last said about saving or copying.
func (v *View) Said() string { return v.said.Text() }

func (v *View) copy() {
	v.opt.Copy(v.opt.Key.String())
	v.said.Set(v.opt.Words.T("signin.recovery.copied"), look.ColorMuted)
	v.toField()
}

// toField leads on to what is still to be typed.
func (v *View) toField() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.Field.Entry); c != nil {
		c.Focus(v.Field.Entry)
	}
}

func (v *View) save() {
	w := v.opt.Words
	v.opt.Files.Save(w.T("signin.recovery.save_title"), w.T("signin.recovery.file_name"), func(path string, err error) {
		if err == nil && path == "" {
			return
		}
		if err == nil {
			text := w.T("signin.recovery.file_text", "Business", v.opt.Business, "Key", v.opt.Key.String())
			err = write(path, text)
		}
		if err != nil {
			v.said.Set(w.Error(err), look.ColorDanger)
			return
		}
		v.said.Set(w.T("signin.recovery.saved"), look.ColorMuted)
		v.toField()
	})
}

// write makes a file that only this person can read, also where the dialog
// has made an empty one already.
func write(path, text string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Chmod(0o600); err != nil {
		return err
	}
	if _, err := f.WriteString(text); err != nil {
		return err
	}
	return f.Sync()
}

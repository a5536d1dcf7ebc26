// Package form is the one way in which Lethe asks for something: a label, an
// entry, and a line under it that helps or says what is wrong.
package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/app/look"
	"lethe/widgets/keys"
)

// Field is one question. It is checked as the person types: what is wrong is
// said from the first time on that it was right or that Valid was asked, so
// that nobody is told off for an entry that they have just begun.
type Field struct {
	// Entry takes the answer.
	Entry *keys.Entry
	// Check says what is wrong with an answer, or "". Nil takes anything.
	Check func(text string) string
	// OnChanged is called after each change.
	OnChanged func(text string)

	hint   string
	line   *Line
	object fyne.CanvasObject
	strict bool
	tight  bool
}

// New makes a field for one line of text. The hint stands under it while
// nothing is wrong.
func New(label, hint string) *Field {
	return around(label, hint, keys.NewEntry())
}

// NewPassword makes a field that shows dots, and the text on demand.
func NewPassword(label, hint string) *Field {
	return around(label, hint, keys.NewPasswordEntry())
}

func around(label, hint string, entry *keys.Entry) *Field {
	f := &Field{Entry: entry, hint: hint, line: NewLine(hint, look.ColorMuted)}
	entry.OnChanged = f.changed
	f.object = Stack(0, NewLine(label, theme.ColorNameForeground).Object(), entry, f.line.Object())
	return f
}

// SetTight takes the line under the entry away while it says nothing, for forms
// of many fields. Whoever holds the field lays it out anew when it comes back.
func (f *Field) SetTight() {
	f.tight = true
	f.show("")
}

// Object is what stands in the window.
func (f *Field) Object() fyne.CanvasObject { return f.object }

// Focus goes to the field with its text selected, so that typing replaces it.
func (f *Field) Focus(c fyne.Canvas) {
	c.Focus(f.Entry)
	f.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// Text is the answer.
func (f *Field) Text() string { return f.Entry.Text }

// SetText puts an answer in.
func (f *Field) SetText(text string) { f.Entry.SetText(text) }

// Valid checks the answer and says what is wrong from now on.
func (f *Field) Valid() bool {
	f.strict = true
	return f.show(f.problem())
}

// Fail says what is wrong until the next change.
func (f *Field) Fail(text string) { f.show(text) }

// Message is what stands under the entry, and whether it is a complaint.
func (f *Field) Message() (text string, wrong bool) {
	return f.line.Text(), f.line.Colour() == look.ColorDanger
}

func (f *Field) problem() string {
	if f.Check == nil {
		return ""
	}
	return f.Check(f.Entry.Text)
}

func (f *Field) changed(text string) {
	problem := f.problem()
	if problem == "" && text != "" {
		f.strict = true
	}
	if f.strict {
		f.show(problem)
	} else {
		f.show("")
	}
	if f.OnChanged != nil {
		f.OnChanged(text)
	}
}

func (f *Field) show(problem string) bool {
	if problem == "" {
		f.line.Set(f.hint, look.ColorMuted)
	} else {
		f.line.Set(problem, look.ColorDanger)
	}
	if f.tight {
		f.line.SetVisible(f.line.Text() != "")
	}
	return problem == ""
}

// Package codeentry is the field for a one-time password: a box for each digit,
// one focus for all of them.
package codeentry

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
)

// Digits is the length of a code (RFC 6238 as authenticator apps use it).
const Digits = 6

var (
	_ fyne.Tappable      = (*Field)(nil)
	_ fyne.Focusable     = (*Field)(nil)
	_ fyne.Shortcutable  = (*Field)(nil)
	_ fyne.Disableable   = (*Field)(nil)
	_ fyne.Accessible    = (*Field)(nil)
	_ desktop.Cursorable = (*Field)(nil)
)

// Field takes six digits, typed or pasted ("123 456" works). What is no digit is
// passed over; Backspace takes the last one away; typing into a full field does nothing.
type Field struct {
	widget.DisableableWidget
	keys.Hook

	// OnChanged is called with the digits so far when the person changed them.
	OnChanged func(code string)
	// OnComplete is called with all six when the last one came in.
	OnComplete func(code string)
	// Label says what the field is for, to assistive technology.
	Label string

	code    string
	invalid bool
	focused bool
}

// New makes an empty field.
func New(label string, onComplete func(code string)) *Field {
	f := &Field{Label: label, OnComplete: onComplete}
	f.ExtendBaseWidget(f)
	return f
}

// Code is the digits so far.
func (f *Field) Code() string { return f.code }

// Complete reports whether all six digits are there.
func (f *Field) Complete() bool { return len(f.code) == Digits }

// Clear empties the field, without a callback.
func (f *Field) Clear() { f.set("") }

// SetCode shows the digits of text, at most six of them, without a callback.
func (f *Field) SetCode(text string) { f.set(cut(digits(text))) }

// SetInvalid marks the code as refused; the next change takes the mark away.
func (f *Field) SetInvalid(invalid bool) {
	if f.invalid != invalid {
		f.invalid = invalid
		f.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (f *Field) Tapped(*fyne.PointEvent) {
	if f.Disabled() {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(f); c != nil {
		c.Focus(f)
	}
}

// Cursor implements desktop.Cursorable.
func (f *Field) Cursor() desktop.Cursor { return desktop.TextCursor }

// FocusGained implements fyne.Focusable.
func (f *Field) FocusGained() {
	f.focused = true
	f.Refresh()
	f.Gained(f)
}

// FocusLost implements fyne.Focusable.
func (f *Field) FocusLost() { f.focused = false; f.Refresh() }

// TypedRune implements fyne.Focusable.
func (f *Field) TypedRune(r rune) {
	if !f.Disabled() {
		f.change(cut(f.code + digits(string(r))))
	}
}

// TypedKey implements fyne.Focusable.
func (f *Field) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name != fyne.KeyBackspace && ev.Name != fyne.KeyDelete {
		keys.Bubble(f, ev)
		return
	}
	if f.Disabled() || f.code == "" {
		return
	}
	if ev.Name == fyne.KeyDelete {
		f.change("")
		return
	}
	f.change(f.code[:len(f.code)-1])
}

// TypedShortcut implements fyne.Shortcutable: paste only. A whole code takes the
// place of what stands there; fewer digits are added to it.
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	paste, ok := s.(*fyne.ShortcutPaste)
	if !ok || f.Disabled() || paste.Clipboard == nil {
		return
	}
	pasted := digits(paste.Clipboard.Content())
	if len(pasted) < Digits {
		pasted = f.code + pasted
	}
	f.change(cut(pasted))
}

// AccessibilityLabel implements fyne.Accessible. It doesn't say the code.
func (f *Field) AccessibilityLabel() string { return f.Label }

// AccessibilityRole implements fyne.Accessible.
func (f *Field) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

func (f *Field) set(code string) {
	if f.code != code || f.invalid {
		f.code, f.invalid = code, false
		f.Refresh()
	}
}

func (f *Field) change(code string) {
	if f.code == code {
		return
	}
	f.set(code)
	if f.OnChanged != nil {
		f.OnChanged(code)
	}
	if len(code) == Digits && f.OnComplete != nil {
		f.OnComplete(code)
	}
}

func cut(code string) string { return code[:min(len(code), Digits)] }

// digits keeps the digits of a text, as ASCII: those of Devanagari and the
// full-width ones of East Asian keyboards count too.
func digits(text string) string {
	var b strings.Builder
	for _, r := range text {
		for _, zero := range [...]rune{'0', '०', '０'} {
			if r >= zero && r <= zero+9 {
				b.WriteRune('0' + r - zero)
			}
		}
	}
	return b.String()
}

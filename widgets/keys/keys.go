// Package keys passes keys on that the widget in focus has no use for.
//
// Fyne hands a key to the focused widget only; where it is not wanted there, it
// is lost, and with it the Escape that should close the dialog around. So the
// rule in Lethe is: a widget bubbles what it doesn't handle, and whoever owns the
// canvas (a page, a dialog) listens with Canvas.SetOnTypedKey.
package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Bubble hands a key that from has no use for to its canvas's own key handler.
// It reports whether there was one. UI goroutine only.
func Bubble(from fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if c == nil {
		return false
	}
	handle := c.OnTypedKey()
	if handle == nil {
		return false
	}
	handle(ev)
	return true
}

// IsEnter tells the two Enter keys.
func IsEnter(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter
}

// windows tells the keys that are the window's wherever the focus is, but for
// widgets that have a use of their own for them.
func windows(ev *fyne.KeyEvent) bool {
	return ev.Name == fyne.KeyEscape || ev.Name == fyne.KeyF1 || ev.Name == fyne.KeyF5
}

// Entry is a widget.Entry that bubbles Escape, F1 and F5, and lets the window's
// shortcuts through.
type Entry struct {
	widget.Entry
	Hook
	wheel *wheel
}

// NewEntry makes an entry of one line.
func NewEntry() *Entry {
	e := &Entry{wheel: newWheel()}
	e.Wrapping = fyne.TextWrapOff
	e.ExtendBaseWidget(e)
	return e
}

// NewLinesEntry makes an entry of several lines, at least that many in sight. It
// wraps, and keeps the mouse wheel to itself.
func NewLinesEntry(rows int) *Entry {
	e := NewEntry()
	e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
	e.SetMinRowsVisible(rows)
	e.wheel.Hide()
	return e
}

// NewPasswordEntry makes an entry that shows dots.
func NewPasswordEntry() *Entry {
	e := NewEntry()
	e.Password = true
	return e
}

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	e.Gained(e)
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if windows(ev) {
		Bubble(e, ev)
		return
	}
	e.Entry.TypedKey(ev)
}

// TypedShortcut implements fyne.Shortcutable. What moves and erases by words
// stays with the entry, as do copying and its like; other shortcuts go on to
// the window.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if custom, ok := s.(*desktop.CustomShortcut); ok && !moves(custom.KeyName) {
		if c, ok := fyne.CurrentApp().Driver().CanvasForObject(e).(fyne.Shortcutable); ok {
			c.TypedShortcut(s)
		}
		return
	}
	e.Entry.TypedShortcut(s)
}

func moves(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete:
		return true
	}
	return false
}

// Button is a widget.Button for the keyboard: it bubbles Escape, F1 and F5, keeps
// the focus when Space presses it and, where EnterPresses is set, answers to Enter too.
type Button struct {
	widget.Button
	Hook

	EnterPresses bool // never for what can't be undone

	focused bool
}

// NewButton makes a button.
func NewButton(text string, tapped func()) *Button {
	b := &Button{}
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() {
	b.focused = true
	b.Button.FocusGained()
	b.Gained(b)
}

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() {
	b.focused = false
	b.Button.FocusLost()
}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeySpace, b.EnterPresses && IsEnter(ev):
		if !b.Disabled() && b.OnTapped != nil {
			b.OnTapped()
		}
	case windows(ev):
		Bubble(b, ev)
	}
}

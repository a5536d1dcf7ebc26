package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var _ desktop.Hoverable = (*Drawn)(nil)

// Drawn is embedded in a widget that draws itself: it knows whether the pointer
// is on it and whether it has the focus, and has it drawn anew when that changes.
// The widget says Draws(itself) when it is made. With a TypedKey of its own it is a
// fyne.Focusable.
type Drawn struct {
	Hook

	Hovered, Focused bool

	self fyne.Widget
}

// Draws tells whose state this is.
func (d *Drawn) Draws(self fyne.Widget) { d.self = self }

// TakeFocus gives the focus to the widget, as a click on it does.
func (d *Drawn) TakeFocus() {
	f, ok := d.self.(fyne.Focusable)
	if c := fyne.CurrentApp().Driver().CanvasForObject(d.self); ok && c != nil {
		c.Focus(f)
	}
}

// FocusGained implements fyne.Focusable.
func (d *Drawn) FocusGained() {
	d.Focused = true
	d.self.Refresh()
	d.Gained(d.self)
}

// FocusLost implements fyne.Focusable.
func (d *Drawn) FocusLost() {
	d.Focused = false
	d.self.Refresh()
}

// TypedRune implements fyne.Focusable.
func (d *Drawn) TypedRune(rune) {}

// MouseIn implements desktop.Hoverable.
func (d *Drawn) MouseIn(*desktop.MouseEvent) {
	d.Hovered = true
	d.self.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (d *Drawn) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (d *Drawn) MouseOut() {
	d.Hovered = false
	d.self.Refresh()
}

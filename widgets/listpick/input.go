package listpick

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lethe/widgets/keys"
)

var (
	_ fyne.Tappable     = (*List)(nil)
	_ fyne.Focusable    = (*List)(nil)
	_ fyne.Scrollable   = (*List)(nil)
	_ desktop.Hoverable = (*List)(nil)
)

// rowAt is the row at that height, or none.
func (l *List) rowAt(y float32) int {
	i := l.top + int((y+l.rest)/RowHeight)
	if y < 0 || i >= l.count {
		return none
	}
	return i
}

// Tapped implements fyne.Tappable.
func (l *List) Tapped(ev *fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		c.Focus(l)
	}
	i := l.rowAt(ev.Position.Y)
	if i == none {
		return
	}
	l.current = i
	l.draw()
	if x, wide := l.buttons(); ev.Position.X >= x && ev.Position.X < x+wide {
		l.press(i)
	}
}

// Scrolled implements fyne.Scrollable.
func (l *List) Scrolled(ev *fyne.ScrollEvent) { l.scrollBy(-ev.Scrolled.DY) }

// MouseIn implements desktop.Hoverable.
func (l *List) MouseIn(ev *desktop.MouseEvent) { l.hover(l.rowAt(ev.Position.Y)) }

// MouseMoved implements desktop.Hoverable.
func (l *List) MouseMoved(ev *desktop.MouseEvent) { l.hover(l.rowAt(ev.Position.Y)) }

// MouseOut implements desktop.Hoverable.
func (l *List) MouseOut() { l.hover(none) }

func (l *List) hover(i int) {
	if l.hovered != i {
		l.hovered = i
		l.draw()
	}
}

// FocusGained implements fyne.Focusable.
func (l *List) FocusGained() {
	l.focused = true
	if l.current == none && l.count > 0 {
		l.current = l.top
	}
	l.Refresh()
	l.Gained(l)
}

// FocusLost implements fyne.Focusable.
func (l *List) FocusLost() { l.focused = false; l.Refresh() }

// TypedRune implements fyne.Focusable.
func (l *List) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (l *List) TypedKey(ev *fyne.KeyEvent) {
	page := max(int(l.Size().Height/RowHeight)-1, 1)
	switch ev.Name {
	case fyne.KeyUp:
		l.moveTo(l.current - 1)
	case fyne.KeyDown:
		l.moveTo(l.current + 1)
	case fyne.KeyPageUp:
		l.moveTo(l.current - page)
	case fyne.KeyPageDown:
		l.moveTo(l.current + page)
	case fyne.KeyHome:
		l.moveTo(0)
	case fyne.KeyEnd:
		l.moveTo(l.count - 1)
	case fyne.KeySpace:
		l.press(l.current)
	default:
		keys.Bubble(l, ev)
	}
}

func (l *List) moveTo(i int) {
	if l.count == 0 {
		return
	}
	l.current = min(max(i, 0), l.count-1)
	l.ScrollTo(l.current)
}

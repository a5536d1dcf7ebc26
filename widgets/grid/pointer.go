package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// wheelFactor makes a notch of the wheel, 25 units in Fyne, two rows.
const wheelFactor = 3

// pointer is what the grid knows of the mouse.
type pointer struct {
	at       fyne.Position
	inside   bool
	pressed  fyne.Position
	down     bool // pressed holds and was not used yet
	modifier fyne.KeyModifier

	last time.Time // of the click before
	row  int       // that it was on; -1 for none that counts
	key  int64     // of that row
	edge int       // of the header that it was on; -1 for none
}

// forget makes the next click a first one.
func (p *pointer) forget() { p.row, p.edge = -1, -1 }

// under is what is under the pointer; nothing while something is dragged.
func (g *Grid) under() hit {
	if !g.pointer.inside || g.drag.kind != dragNone {
		return hit{row: -1, col: -1, edge: -1, action: -1}
	}
	return g.hitAt(g.pointer.at)
}

// MouseIn is called by Fyne.
func (g *Grid) MouseIn(ev *desktop.MouseEvent) { g.MouseMoved(ev) }

// MouseMoved is called by Fyne.
func (g *Grid) MouseMoved(ev *desktop.MouseEvent) {
	before := g.under()
	g.pointer.at, g.pointer.inside = ev.Position, true
	if g.under() != before {
		g.sync()
	}
}

// MouseOut is called by Fyne.
func (g *Grid) MouseOut() {
	g.pointer.inside = false
	g.sync()
}

// Cursor is called by Fyne.
func (g *Grid) Cursor() desktop.Cursor {
	if g.drag.kind == dragWidth {
		return desktop.HResizeCursor
	}
	switch h := g.under(); {
	case h.edge >= 0:
		return desktop.HResizeCursor
	case h.action >= 0:
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseDown is called by Fyne.
func (g *Grid) MouseDown(ev *desktop.MouseEvent) {
	g.pointer.pressed, g.pointer.down = ev.Position, true
	g.pointer.modifier = ev.Modifier
	g.takeFocus()
}

// MouseUp is called by Fyne.
func (g *Grid) MouseUp(*desktop.MouseEvent) {}

// Scrolled is called by Fyne for the wheel; with Shift it scrolls sideways.
func (g *Grid) Scrolled(ev *fyne.ScrollEvent) {
	dx, dy := ev.Scrolled.DX*wheelFactor, ev.Scrolled.DY*wheelFactor
	if held(fyne.KeyModifierShift) || g.shift {
		dx, dy = dx+dy, 0
	}
	g.moveToX(g.scrollX - dx)
	if dy != 0 {
		g.moveTo(g.pos.by(-dy))
	}
}

// held says whether a modifier key is down, as far as the driver knows.
func held(m fyne.KeyModifier) bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&m != 0
}

// Tapped is called by Fyne.
func (g *Grid) Tapped(ev *fyne.PointEvent) {
	modifier := g.pointer.modifier
	g.pointer.down, g.pointer.modifier = false, 0
	g.takeFocus()
	g.tap(g.hitAt(ev.Position), ev.Position, modifier)
}

// tap acts on a click.
func (g *Grid) tap(h hit, at fyne.Position, modifier fyne.KeyModifier) {
	switch h.zone {
	case headerZone:
		g.tapHeader(h)
	case bodyZone:
		g.tapRow(h, modifier)
	case verticalZone:
		g.tapBar(g.vertical(), at.Y-HeaderHeight, func(direction float32) {
			g.moveTo(g.pos.by(direction * g.page()))
		})
	case horizontalZone:
		g.tapBar(g.horizontal(), at.X-g.shape.pinWidth, func(direction float32) {
			g.moveToX(g.scrollX + direction*(g.shape.viewWidth-g.shape.pinWidth))
		})
	case nowhere:
	}
}

// tapBar turns a page if the click was beside the thumb.
func (g *Grid) tapBar(t thumb, at float32, turn func(direction float32)) {
	switch {
	case t.length == 0:
	case at < t.start:
		turn(-1)
	case at >= t.start+t.length:
		turn(1)
	}
}

// tapHeader sorts, ticks what is on screen, or fits a column at a double click.
func (g *Grid) tapHeader(h hit) {
	twice := h.edge >= 0 && g.pointer.edge == h.edge && g.soon()
	g.pointer.forget()
	switch {
	case twice:
		g.fitColumn(h.edge)
	case h.edge >= 0:
		g.pointer.edge, g.pointer.last = h.edge, g.now()
	case h.check:
		if first, last := g.VisibleRows(); last >= first && g.OnToggleVisible != nil {
			g.OnToggleVisible(first, last, g.HeaderState() != Checked)
			g.sync()
		}
	case h.col >= 0 && g.columns[h.col].Sortable && g.OnSort != nil:
		c := g.columns[h.col].ID
		g.OnSort(c, c == g.sortBy && !g.desc)
	}
}

// tapRow acts on a click on a row, or below the last.
func (g *Grid) tapRow(h hit, modifier fyne.KeyModifier) {
	if h.row < 0 {
		g.pointer.forget()
		return
	}
	key := g.source.Key(h.row)
	plain := !h.check && h.action < 0 && modifier == 0
	twice := plain && g.pointer.row == h.row && g.pointer.key == key && g.soon()
	g.pointer.forget()
	switch {
	case h.action >= 0:
		g.setCursor(h.row)
		g.setAnchor(h.row)
		if g.OnAction != nil {
			g.OnAction(h.row, h.name)
		}
	case twice:
		g.open(h.row)
	case modifier&fyne.KeyModifierShift != 0 && g.checks:
		g.stretchTo(h.row)
	case h.check || modifier&fyne.KeyModifierShortcutDefault != 0:
		g.setCursor(h.row)
		g.toggle(h.row)
	default:
		g.setCursor(h.row)
		g.setAnchor(h.row)
		g.pointer.row, g.pointer.key, g.pointer.last = h.row, key, g.now()
	}
}

// soon says whether the click before was so recent that this makes two.
func (g *Grid) soon() bool {
	return g.now().Sub(g.pointer.last) <= fyne.CurrentApp().Driver().DoubleTapDelay()
}

// TappedSecondary is called by Fyne for the right button.
func (g *Grid) TappedSecondary(ev *fyne.PointEvent) {
	g.pointer.down = false
	g.takeFocus()
	h := g.hitAt(ev.Position)
	if h.zone != bodyZone || h.row < 0 {
		return
	}
	g.setCursor(h.row)
	g.setAnchor(h.row)
	if g.OnMenu != nil {
		g.OnMenu(h.row, ev.AbsolutePosition)
	}
}

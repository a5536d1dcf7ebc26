package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lethe/widgets/keys"
)

// sideways is how far an arrow key scrolls the columns.
const sideways = 60

// canvas is what the grid is on; nil if it is on none.
func (g *Grid) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(g) }

// takeFocus gives the grid the keyboard.
func (g *Grid) takeFocus() {
	if c := g.canvas(); c != nil && !g.focused {
		c.Focus(g)
	}
}

// FocusGained is called by Fyne.
func (g *Grid) FocusGained() {
	g.focused = true
	if first, last := g.VisibleRows(); g.cursor < 0 && last >= first && !g.pointer.down {
		g.cursor = first
		g.setAnchor(first)
	}
	g.sync()
	if !g.pointer.down {
		g.showCursor()
	}
}

// showCursor has the window scroll to the row that the keys act on, where the window
// is smaller than what is in it.
func (g *Grid) showCursor() {
	if g.cursor >= 0 {
		keys.RevealOuter(g, fyne.NewPos(0, g.rowTop(g.cursor)), fyne.NewSize(min(g.Size().Width, RowHeight), RowHeight))
	}
}

// FocusLost is called by Fyne.
func (g *Grid) FocusLost() {
	g.focused, g.shift = false, false
	g.sync()
}

// KeyDown is called by Fyne.
func (g *Grid) KeyDown(ev *fyne.KeyEvent) { g.holdShift(ev, true) }

// KeyUp is called by Fyne.
func (g *Grid) KeyUp(ev *fyne.KeyEvent) { g.holdShift(ev, false) }

func (g *Grid) holdShift(ev *fyne.KeyEvent, on bool) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		g.shift = on
	}
}

// TypedRune is called by Fyne; the grid leaves what is typed to the window.
func (g *Grid) TypedRune(r rune) {
	if c := g.canvas(); c != nil && c.OnTypedRune() != nil && r != ' ' {
		c.OnTypedRune()(r)
	}
}

// TypedKey is called by Fyne. A key that the grid has no use for goes to the window.
func (g *Grid) TypedKey(ev *fyne.KeyEvent) {
	if g.move(ev.Name, g.shift) {
		g.showCursor()
		return
	}
	if g.act(ev.Name) {
		return
	}
	if c := g.canvas(); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(ev)
	}
}

// TypedShortcut is called by Fyne. What the grid has no use for goes to the window.
func (g *Grid) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		if g.checks && g.OnSelectAll != nil {
			g.OnSelectAll()
			g.sync()
		}
		return
	case *desktop.CustomShortcut:
		if s.Modifier&^fyne.KeyModifierShift == fyne.KeyModifierShortcutDefault {
			if s.KeyName == fyne.KeySpace {
				g.toggleCursor()
				return
			}
			if g.move(s.KeyName, s.Modifier&fyne.KeyModifierShift != 0) {
				return
			}
		}
	}
	if c, ok := g.canvas().(interface{ TypedShortcut(fyne.Shortcut) }); ok {
		c.TypedShortcut(s)
	}
}

// move acts on the keys that go to another row. Home and End do, with Control
// or without: columns are not gone through.
func (g *Grid) move(key fyne.KeyName, stretch bool) bool {
	n := g.len()
	page := int(g.page() / RowHeight)
	to := g.cursor
	if to < 0 { // come in at the first row on screen
		to, _ = g.VisibleRows()
		page = 0
	}
	step := min(1, page)
	switch key {
	case fyne.KeyUp:
		to -= step
	case fyne.KeyDown:
		to += step
	case fyne.KeyPageUp:
		to -= page
	case fyne.KeyPageDown:
		to += page
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = n - 1
	case fyne.KeyLeft:
		g.moveToX(g.scrollX - sideways)
		return true
	case fyne.KeyRight:
		g.moveToX(g.scrollX + sideways)
		return true
	default:
		return false
	}
	if n == 0 {
		return true
	}
	to = max(0, min(to, n-1))
	if stretch && g.checks && g.cursor >= 0 {
		g.stretchTo(to)
		return true
	}
	g.setCursor(to)
	g.setAnchor(to)
	return true
}

// page is how far a page goes: the rows that are wholly in sight.
func (g *Grid) page() float32 {
	return max(1, float32(int(g.shape.bodyHeight/RowHeight))) * RowHeight
}

// act acts on the keys that do something with the row.
func (g *Grid) act(key fyne.KeyName) bool {
	switch key {
	case fyne.KeySpace:
		if g.shift && g.cursor >= 0 {
			g.stretchTo(g.cursor)
		} else {
			g.toggleCursor()
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		g.open(g.cursor)
	case fyne.KeyDelete:
		if g.cursor >= 0 && g.OnDelete != nil {
			g.OnDelete(g.cursor)
		}
	case desktop.KeyMenu:
		g.menu()
	case fyne.KeyF10:
		if !g.shift {
			return false
		}
		g.menu()
	default:
		return false
	}
	return true
}

// open calls OnOpen.
func (g *Grid) open(row int) {
	if row >= 0 && g.OnOpen != nil {
		g.OnOpen(row)
	}
}

// menu opens the menu of the row that the keys act on, beside its first cell.
func (g *Grid) menu() {
	if g.cursor < 0 || g.OnMenu == nil {
		return
	}
	g.Reveal(g.cursor)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(g)
	g.OnMenu(g.cursor, at.AddXY(checkWidth+padding, g.rowTop(g.cursor)+RowHeight/2))
}

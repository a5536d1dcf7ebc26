package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Hook is embedded in a widget that says when it gains the focus. Fyne doesn't scroll
// to what Tab reaches; with it, whoever scrolls can.
type Hook struct{ gained func() }

// SetOnFocus sets what is called once the widget has the focus.
func (h *Hook) SetOnFocus(f func()) { h.gained = f }

// Gained is to be called in FocusGained, with the widget that gained it.
func (h *Hook) Gained(widget fyne.CanvasObject) {
	if h.gained != nil {
		h.gained()
	}
	RevealOuter(widget, fyne.Position{}, widget.Size())
}

// Follow makes scroll bring every hooked widget under tree into view when it gains the
// focus, and gives it the mouse wheel over entries. It looks into containers, not into
// other widgets.
func Follow(scroll *container.Scroll, tree fyne.CanvasObject) {
	if h, ok := tree.(interface{ SetOnFocus(func()) }); ok {
		h.SetOnFocus(func() { Reveal(scroll, tree) })
	}
	if e, ok := tree.(interface{ SetOnScrolled(func(*fyne.ScrollEvent)) }); ok {
		e.SetOnScrolled(scroll.Scrolled)
	}
	if c, ok := tree.(*fyne.Container); ok {
		for _, o := range c.Objects {
			Follow(scroll, o)
		}
	}
}

// Reveal scrolls, up or down and no further than it takes, until object is in view.
func Reveal(scroll *container.Scroll, object fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(object).Y - d.AbsolutePositionForObject(scroll).Y
	if by := missing(top, object.Size().Height, scroll.Size().Height); by != 0 {
		scroll.ScrollToOffset(scroll.Offset.AddXY(0, by))
	}
}

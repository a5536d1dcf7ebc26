package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Outer scrolls a whole window both ways where the window is smaller than what is
// in it. It brings into view whatever hooked widget in it gains the focus, however
// deep, after the scrolls in between did: nobody has to Follow for it.
type Outer struct{ container.Scroll }

// NewOuter makes one around content.
func NewOuter(content fyne.CanvasObject) *Outer {
	o := &Outer{}
	o.Content, o.Direction = content, container.ScrollBoth
	o.ExtendBaseWidget(o)
	return o
}

// outerOf is the Outer that a canvas's content is in; nil where there is none,
// or where the focus is in an overlay, which Outer doesn't scroll.
func outerOf(c fyne.Canvas) *Outer {
	if c == nil || c.Overlays().Top() != nil {
		return nil
	}
	return findOuter(c.Content())
}

func findOuter(o fyne.CanvasObject) *Outer {
	switch o := o.(type) {
	case *Outer:
		return o
	case *fyne.Container:
		for _, child := range o.Objects {
			if found := findOuter(child); found != nil {
				return found
			}
		}
	}
	return nil
}

// RevealOuter scrolls the window's Outer, if there is one, until the part of a
// widget is in view; the part is at that place in it. For widgets in which a part
// has the focus, such as the row of a table.
func RevealOuter(widget fyne.CanvasObject, at fyne.Position, size fyne.Size) {
	d := fyne.CurrentApp().Driver()
	outer := outerOf(d.CanvasForObject(widget))
	if outer == nil {
		return
	}
	from := d.AbsolutePositionForObject(widget).Add(at).Subtract(d.AbsolutePositionForObject(outer))
	by := fyne.NewDelta(
		missing(from.X, size.Width, outer.Size().Width), missing(from.Y, size.Height, outer.Size().Height))
	if by != (fyne.Delta{}) {
		outer.ScrollToOffset(outer.Offset.Add(by))
	}
}

// missing is by how much something from there on is out of a view of that length:
// as little as shows it, and its beginning where it is longer than the view.
func missing(from, length, view float32) float32 {
	below := from + length - view
	switch {
	case from < 0:
		return from
	case below > 0:
		return min(below, from)
	}
	return 0
}

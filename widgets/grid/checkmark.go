package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// checkmark is a drawn checkbox. It is no widget: of a hundred of those each
// would want the Tab key, and each would be asked for events.
type checkmark struct {
	box     *canvas.Rectangle
	short   *canvas.Line // the tick's strokes
	long    *canvas.Line
	dash    *canvas.Line
	group   *fyne.Container
	state   CheckState
	drawn   bool
	look    *look
	hovered bool
}

// newCheckmark draws an empty box in a row or header of that height.
func newCheckmark(l *look, height float32) *checkmark {
	at := boxAt(height)
	stroke := func(x1, y1, x2, y2 float32) *canvas.Line {
		line := canvas.NewLine(l.onPrimary)
		line.StrokeWidth = 2
		line.Position1, line.Position2 = at.AddXY(x1, y1), at.AddXY(x2, y2)
		return line
	}
	c := &checkmark{
		look:  l,
		box:   canvas.NewRectangle(color.Transparent),
		short: stroke(4, 9, 7.5, 12.5),
		long:  stroke(7.5, 12.5, 14, 5.5),
		dash:  stroke(4.5, 9, 13.5, 9),
	}
	c.box.CornerRadius = 4
	put(c.box, at.X, at.Y, boxSize, boxSize)
	c.group = newGroup(c.box, c.short, c.long, c.dash)
	c.show(Unchecked, false)
	return c
}

// show draws another state.
func (c *checkmark) show(state CheckState, hovered bool) {
	if c.drawn && c.state == state && c.hovered == hovered {
		return
	}
	c.drawn, c.state, c.hovered = true, state, hovered
	if state == Unchecked {
		c.box.FillColor, c.box.StrokeColor, c.box.StrokeWidth = color.Transparent, c.look.muted, 1.5
		if hovered {
			c.box.StrokeColor = c.look.primary
		}
	} else {
		c.box.FillColor, c.box.StrokeColor, c.box.StrokeWidth = c.look.primary, color.Transparent, 0
	}
	c.box.Refresh()
	reveal(c.short, state == Checked)
	reveal(c.long, state == Checked)
	reveal(c.dash, state == Partial)
}

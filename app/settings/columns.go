package settings

import "fyne.io/fyne/v2"

// Measures of the page.
const (
	gap         float32 = 6
	margin      float32 = 28
	columnWidth float32 = 520 // at most
	narrow      float32 = 840 // from here on the columns stand side by side
)

// columns lays out the page's title and its two columns: side by side where
// there is room, else one under the other.
type columns struct {
	width float32 // it was last laid out at
}

// MinSize is as high as the columns were at the width last given.
func (c *columns) MinSize(o []fyne.CanvasObject) fyne.Size {
	head, first, second := o[0].MinSize().Height, o[1].MinSize().Height, o[2].MinSize().Height
	tall := first + second
	if c.width >= narrow {
		tall = max(first, second)
	}
	return fyne.NewSize(320, 2*margin+head+tall)
}

// Layout implements fyne.Layout.
func (c *columns) Layout(o []fyne.CanvasObject, size fyne.Size) {
	c.width = size.Width
	room := size.Width - 2*margin
	beside := size.Width >= narrow
	width := min(columnWidth, room)
	if beside {
		width = min(columnWidth, (room-margin)/2)
	}
	y := margin
	y += place(o[0], margin, y, room)
	down := place(o[1], margin, y, width)
	if beside {
		place(o[2], margin+width+margin, y, width)
	} else {
		place(o[2], margin, y+down, width)
	}
}

// place gives an object a width and the height that it needs then.
func place(o fyne.CanvasObject, x, y, width float32) float32 {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, o.Size().Height)) // wrapped text knows its height once it has its width
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	return o.Size().Height
}

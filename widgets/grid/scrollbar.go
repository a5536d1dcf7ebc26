package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

const (
	leastThumb = 28 // the shortest thumb
	thinThumb  = 6  // how broad it is while the pointer is elsewhere
)

// thumb is where the movable part of a scrollbar begins, and how long it is;
// length 0 where all is in sight.
type thumb struct{ start, length float32 }

// thumbOf places it on a track of that length: at is how far is scrolled, of
// at most far, both in units of which view are in sight.
func thumbOf(track float32, at, far, view float64) thumb {
	if far <= 0 || track <= 0 {
		return thumb{}
	}
	length := min(track, max(leastThumb, float32(float64(track)*view/(view+far))))
	return thumb{start: float32(float64(track-length) * min(1, at/far)), length: length}
}

// position is how far is scrolled when the thumb begins at start.
func (t thumb) position(track, start float32, far float64) float64 {
	free := track - t.length
	if free <= 0 {
		return 0
	}
	return far * float64(max(0, min(1, start/free)))
}

// vertical is the thumb of the rows.
func (g *Grid) vertical() thumb {
	h := g.shape.bodyHeight
	return thumbOf(h, g.pos.y(), end(g.len(), h), float64(h))
}

// horizontal is the thumb of the columns. Its track begins at pinWidth.
func (g *Grid) horizontal() thumb {
	w := g.shape.viewWidth - g.shape.pinWidth
	return thumbOf(w, float64(g.scrollX), float64(g.shape.overflow), float64(w))
}

// bars are the drawn scrollbars, and the words beside them.
type bars struct {
	view       *view
	vertical   *canvas.Rectangle
	horizontal *canvas.Rectangle
	track      *canvas.Rectangle
	bubble     *canvas.Rectangle
	label      *canvas.Text
}

func newBars(v *view) *bars {
	b := &bars{
		view:       v,
		vertical:   canvas.NewRectangle(v.look.bar),
		horizontal: canvas.NewRectangle(v.look.bar),
		track:      canvas.NewRectangle(v.look.track),
		bubble:     canvas.NewRectangle(v.look.bubble),
		label:      canvas.NewText("", v.look.text),
	}
	b.bubble.CornerRadius = 5
	b.bubble.StrokeColor, b.bubble.StrokeWidth = v.look.border, 1
	b.label.TextSize = v.look.size
	return b
}

func (b *bars) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{b.track, b.vertical, b.horizontal, b.bubble, b.label}
}

// sync brings the scrollbars in line with the grid.
func (b *bars) sync(under hit) {
	g := b.view.g
	held := g.drag.kind
	shape := &g.shape

	t := g.vertical()
	broad := (under.zone == verticalZone || held == dragVertical) && t.length > 0
	reveal(b.track, broad)
	put(b.track, shape.viewWidth, HeaderHeight, barSize, shape.bodyHeight)
	reveal(b.vertical, t.length > 0)
	x, width := thumbAcross(shape.viewWidth, broad)
	put(b.vertical, x, HeaderHeight+t.start, width, t.length)
	b.vertical.CornerRadius = width / 2

	t = g.horizontal()
	reveal(b.horizontal, t.length > 0)
	y, height := thumbAcross(HeaderHeight+shape.bodyHeight, under.zone == horizontalZone || held == dragHorizontal)
	put(b.horizontal, shape.pinWidth+t.start, y, t.length, height)
	b.horizontal.CornerRadius = height / 2

	b.say(held == dragVertical)
}

// thumbAcross is where a thumb stands in its strip, and how broad it is.
func thumbAcross(strip float32, broad bool) (at, width float32) {
	width = thinThumb
	if broad {
		width = barSize - 2
	}
	return strip + (barSize-width)/2, width
}

// say shows beside the thumb which row is the first on screen.
func (b *bars) say(on bool) {
	g := b.view.g
	words := ""
	if on && g.PositionText != nil && g.len() > 0 {
		first, _ := g.VisibleRows()
		words = oneLine(g.PositionText(first, g.len()), 80)
	}
	reveal(b.bubble, words != "")
	reveal(b.label, words != "")
	if words == "" {
		return
	}
	if b.label.Text != words {
		b.label.Text = words
		b.label.Refresh()
	}
	width, height := b.view.text.width(words), b.view.text.height
	t := g.vertical()
	y := HeaderHeight + t.start + t.length/2 - height/2
	y = max(HeaderHeight+padding, min(y, HeaderHeight+g.shape.bodyHeight-height-padding))
	x := g.shape.viewWidth - width - 3*padding
	put(b.label, x, y, width, height)
	put(b.bubble, x-padding, y-padding/2, width+2*padding, height+padding)
}

package grid

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// view is what a grid is drawn with. Its objects stay; sync moves them and
// changes those whose content is another.
type view struct {
	g     *Grid
	look  look
	text  *fitter     // for cells
	small *fitter     // for chips
	bold  *fitter     // for the header
	paper *image.RGBA // that pictures are drawn on
	scale float32     // pixels for a unit of the window

	floor    *canvas.Rectangle
	ground   *layer // what rows stand on
	scrolled *layer // cells that scroll sideways
	pinned   *layer // those that don't
	bones    *layer // what stands for rows that are on their way
	ring     *canvas.Rectangle
	header   *header
	bars     *bars
	guide    *canvas.Rectangle // where a dragged column's edge or place is
	divider  *canvas.Rectangle // between columns that stay and those that are scrolled
	slots    []*slot
	widths   []float32 // that the cells are drawn with
	stays    int       // how many columns are in the pinned layer
	objects  []fyne.CanvasObject
}

// CreateRenderer is called by Fyne.
func (g *Grid) CreateRenderer() fyne.WidgetRenderer {
	g.settle()
	v := &view{g: g, paper: &image.RGBA{}}
	g.view = v
	v.build()
	return v
}

// build makes all objects: at first, and when columns or the theme are others.
func (v *view) build() {
	v.forget()
	v.look = newLook(v.g)
	v.stays = v.g.shape.pinned
	v.text = newFitter(v.look.regular, v.look.size, fyne.TextStyle{})
	v.small = newFitter(v.look.regular, v.look.small, fyne.TextStyle{})
	v.bold = newFitter(v.look.bold, v.look.small, fyne.TextStyle{Bold: true})

	v.floor = canvas.NewRectangle(color.Transparent)
	v.ground, v.scrolled, v.pinned = newLayer(), newLayer(), newLayer()
	v.bones = newLayer()
	v.ring = canvas.NewRectangle(color.Transparent)
	v.ring.StrokeColor, v.ring.StrokeWidth = v.look.primary, 2
	v.guide = canvas.NewRectangle(v.look.primary)
	v.divider = canvas.NewRectangle(v.look.border)
	v.header = newHeader(v)
	v.bars = newBars(v)
	v.slots = nil
	v.objects = []fyne.CanvasObject{v.floor, v.ground.clip, v.scrolled.clip, v.pinned.clip, v.bones.clip}
	v.objects = append(v.objects, v.header.objects()...)
	v.objects = append(v.objects, v.bars.objects()...)
	v.objects = append(v.objects, v.divider, v.guide)
	v.sync()
	canvas.Refresh(v.g) // objects that were never drawn can't ask for a frame
}

// Layout is called by Fyne.
func (v *view) Layout(fyne.Size) {
	v.g.settle()
	if v.g.shape.pinned != v.stays {
		v.build()
		return
	}
	v.sync()
}

// MinSize is called by Fyne.
func (v *view) MinSize() fyne.Size { return v.g.MinSize() }

// Objects is called by Fyne.
func (v *view) Objects() []fyne.CanvasObject { return v.objects }

// Destroy is called by Fyne.
func (v *view) Destroy() {
	if v.g.view == v {
		v.g.view = nil
	}
}

// Refresh reads all that is on screen anew, and the theme.
func (v *view) Refresh() {
	v.g.settle()
	if newLook(v.g) != v.look || v.g.shape.pinned != v.stays {
		v.build()
		return
	}
	for _, s := range v.slots {
		s.unfill()
	}
	v.sync()
}

// forget drops what the rows showed.
func (v *view) forget() {
	for _, s := range v.slots {
		s.hide()
	}
}

// refill makes the next sync read a row anew.
func (v *view) refill(row int) {
	if s := v.slotOf(row); s != nil {
		s.unfill()
	}
}

// slotOf is what shows a row; nil if nothing does.
func (v *view) slotOf(row int) *slot {
	if len(v.slots) == 0 || row < 0 {
		return nil
	}
	if s := v.slots[row%len(v.slots)]; s.row == row {
		return s
	}
	return nil
}

// actionsOf are the buttons drawn in a row.
func (v *view) actionsOf(row, col int) []Action {
	if s := v.slotOf(row); s != nil {
		if c, ok := s.cells[col].(*actionsCell); ok {
			return c.shown
		}
	}
	return nil
}

// sync brings what is drawn in line with the grid.
func (v *view) sync() {
	g := v.g
	size, body := g.shape.size, g.shape.bodyHeight
	v.scale = g.pixelScale()
	put(v.floor, 0, HeaderHeight, size.Width, max(0, size.Height-HeaderHeight))
	v.ground.bound(0, HeaderHeight, size.Width, body)
	v.pinned.bound(0, HeaderHeight, g.shape.pinWidth, body)
	v.scrolled.bound(g.shape.pinWidth, HeaderHeight, g.shape.viewWidth-g.shape.pinWidth, body)

	v.pool(int(math.Ceil(float64(body)/RowHeight)) + 1)
	if !slices.Equal(v.widths, g.shape.widths) {
		v.widths = slices.Clone(g.shape.widths)
		for _, s := range v.slots {
			s.unfill()
		}
	}
	under := g.under()
	n := g.len()
	for i := range v.slots {
		row := g.pos.row + i
		if s := v.slots[row%len(v.slots)]; row < n {
			s.show(row, under)
		} else {
			s.hide()
		}
	}
	v.syncWaiting()
	v.syncRing()
	v.syncGuide()
	v.header.sync(under)
	v.bars.sync(under)
	canvas.Refresh(v.floor) // what was hidden until now can't ask for a frame
}

// pool makes sure that there are n rows to draw with.
func (v *view) pool(n int) {
	if len(v.slots) == n {
		return
	}
	for len(v.slots) < n {
		v.slots = append(v.slots, newSlot(v))
	}
	for _, s := range v.slots[n:] {
		s.hide() // Fyne keeps what it drew for a while
	}
	clear(v.slots[n:])
	v.slots = v.slots[:n]
	v.ground.set()
	v.pinned.set()
	v.scrolled.set()
	for _, s := range v.slots {
		s.hide() // rows go to other slots now
		v.ground.add(s.ground)
		v.pinned.add(s.pinned.group)
		v.scrolled.add(s.scrolled.group)
	}
	v.ground.add(v.ring)
}

// syncRing draws the frame of the row that the keys act on. A grid without rows
// has none: what stands in their place is the page's.
func (v *view) syncRing() {
	g := v.g
	if g.len() == 0 {
		reveal(v.ring, false)
		return
	}
	top := g.pos.top(g.cursor)
	put(v.ring, 1, top+1, g.shape.viewWidth-2, RowHeight-3)
	reveal(v.ring, g.focused && g.cursor >= 0 && top > -RowHeight && top < g.shape.bodyHeight)
}

// syncGuide draws the line that follows a dragged column, and the one where
// columns scroll under those that stay.
func (v *view) syncGuide() {
	g := v.g
	put(v.divider, g.shape.pinWidth-1, 0, 1, HeaderHeight+g.shape.bodyHeight)
	reveal(v.divider, g.scrollX > 0 && g.shape.pinWidth > 0)
	x, on := g.drag.guide(g)
	reveal(v.guide, on)
	if on {
		put(v.guide, min(x, g.shape.viewWidth-1)-1, 0, 2, HeaderHeight+g.shape.bodyHeight)
	}
}

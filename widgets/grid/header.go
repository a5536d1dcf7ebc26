package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

const arrowSize = 16

// header is the row of titles.
type header struct {
	view     *view
	back     *canvas.Rectangle
	line     *canvas.Rectangle
	pinned   *layer
	scrolled *layer
	picture  *picture
	still    *strip     // what doesn't scroll sideways
	moving   *strip     // what does
	check    *checkmark // nil where rows have none
	titles   []*title
}

// title is the header of one column: one line of text or two.
type title struct {
	back  *canvas.Rectangle
	drawn marks
	arrow *canvas.Image
	group *fyne.Container
	fits  titleFit // that the words are cut for
}

// titleFit is what the place of a title's words follows from.
type titleFit struct {
	left, width float32
	icon        fyne.Resource
}

// newHeader makes the header for the grid's columns.
func newHeader(v *view) *header {
	h := &header{
		view:     v,
		back:     canvas.NewRectangle(v.look.header),
		line:     canvas.NewRectangle(v.look.separator),
		pinned:   newLayer(),
		scrolled: newLayer(),
		picture:  newPicture(v, 0, HeaderHeight),
		still:    newStrip(),
		moving:   newStrip(),
	}
	if v.g.checks {
		h.check = newCheckmark(&v.look, HeaderHeight)
		h.pinned.add(h.check.group)
	}
	for i := range v.g.columns {
		t := newTitle()
		h.titles = append(h.titles, t)
		if i < v.g.shape.pinned {
			h.pinned.add(t.group)
		} else {
			h.scrolled.add(t.group)
		}
	}
	h.pinned.add(h.still.group)
	h.scrolled.add(h.moving.group)
	return h
}

func newTitle() *title {
	t := &title{
		back:  canvas.NewRectangle(color.Transparent),
		arrow: &canvas.Image{FillMode: canvas.ImageFillContain},
	}
	t.arrow.Hide()
	t.group = newGroup(t.back, t.arrow)
	return t
}

func (h *header) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{h.back, h.line, h.scrolled.clip, h.pinned.clip, h.picture.raster}
}

// sync brings the titles in line with the grid.
func (h *header) sync(under hit) {
	g := h.view.g
	put(h.back, 0, 0, g.shape.size.Width, HeaderHeight)
	put(h.line, 0, HeaderHeight-1, g.shape.size.Width, 1)
	h.pinned.bound(0, 0, g.shape.pinWidth, HeaderHeight)
	h.scrolled.bound(g.shape.pinWidth, 0, g.shape.viewWidth-g.shape.pinWidth, HeaderHeight)
	over := under.zone == headerZone
	if h.check != nil {
		h.check.show(g.HeaderState(), over && under.check)
	}
	h.still.begin()
	h.moving.begin()
	for i, t := range h.titles {
		shown := g.columnShown(i)
		reveal(t.group, shown)
		if !shown {
			continue
		}
		x, left, strip := g.columnLeft(i), g.shape.left[i], h.still
		if i >= g.shape.pinned {
			x, left, strip = x-g.shape.pinWidth, left-g.shape.pinWidth, h.moving
		}
		put(t.group, x, 0, g.shape.widths[i], HeaderHeight)
		lit := over && under.col == i && under.edge < 0 && g.columns[i].Sortable
		t.show(h.view, i, left, lit || g.drag.carries(i))
		strip.draw(&t.drawn)
	}
	h.still.end()
	h.moving.end()
	put(h.moving.group, -g.scrollX, 0, g.shape.viewWidth, HeaderHeight)
	h.picture.place()
	h.picture.show(&h.still.marks, &h.moving.marks)
}

// show draws the title of a column, whose words begin at left in their strip.
func (t *title) show(v *view, col int, left float32, lit bool) {
	g := v.g
	c, width := g.columns[col], g.shape.widths[col]
	var fill color.Color = color.Transparent
	if lit {
		fill = v.look.hover
	}
	if t.back.FillColor != fill {
		t.back.FillColor = fill
		t.back.Refresh()
	}
	put(t.back, 0, 0, width, HeaderHeight-1)

	var icon fyne.Resource
	if c.ID == g.sortBy {
		icon = theme.MenuDropUpIcon()
		if g.desc {
			icon = theme.MenuDropDownIcon()
		}
	}
	fits := titleFit{left, width, icon}
	if t.fits == fits {
		return
	}
	t.fits = fits
	room := width - 2*padding
	if icon != nil {
		put(t.arrow, width-arrowSize-padding/2, (HeaderHeight-arrowSize)/2, arrowSize, arrowSize)
		room -= arrowSize - padding/2
		t.arrow.Resource = icon
		t.arrow.Refresh()
	}
	reveal(t.arrow, icon != nil)
	t.write(v, c, left, width, room)
}

// write puts the words of the title on one line or two, and marks its edge.
func (t *title) write(v *view, c Column, left, width, room float32) {
	t.drawn.reset()
	letters := v.bold
	words := letters.wrap(c.Title, room)
	top := (HeaderHeight - letters.height*float32(len(words))) / 2
	for i, s := range words {
		if s == "" {
			continue
		}
		x := left + padding + letters.indent(c.Align, s, room)
		t.drawn.texts = append(t.drawn.texts, mark{s, letters, v.look.text, x, top + float32(i)*letters.height})
	}
	if c.Kind != Actions {
		t.drawn.boxes = append(t.drawn.boxes, box{
			x: left + width - 1, top: padding, width: 1, height: HeaderHeight - 2*padding, fill: v.look.separator,
		})
	}
}

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
	check    *checkmark // nil where rows have none
	titles   []*title
}

// title is the header of one column: one line of text or two.
type title struct {
	back  *canvas.Rectangle
	lines [2]*canvas.Text
	arrow *canvas.Image
	edge  *canvas.Rectangle
	group *fyne.Container
	width float32 // that the text is cut for
	icon  fyne.Resource
}

// newHeader makes the header for the grid's columns.
func newHeader(v *view) *header {
	h := &header{
		view:     v,
		back:     canvas.NewRectangle(v.look.header),
		line:     canvas.NewRectangle(v.look.separator),
		pinned:   newLayer(),
		scrolled: newLayer(),
	}
	if v.g.checks {
		h.check = newCheckmark(&v.look, HeaderHeight)
		h.pinned.add(h.check.group)
	}
	for i := range v.g.columns {
		t := newTitle(&v.look)
		h.titles = append(h.titles, t)
		if i < v.g.shape.pinned {
			h.pinned.add(t.group)
		} else {
			h.scrolled.add(t.group)
		}
	}
	return h
}

func newTitle(l *look) *title {
	t := &title{
		back:  canvas.NewRectangle(color.Transparent),
		arrow: &canvas.Image{FillMode: canvas.ImageFillContain},
		edge:  canvas.NewRectangle(l.separator),
		width: -1,
	}
	for i := range t.lines {
		t.lines[i] = canvas.NewText("", l.text)
		t.lines[i].TextSize = l.small
		t.lines[i].TextStyle.Bold = true
	}
	t.arrow.Hide()
	t.group = newGroup(t.back, t.lines[0], t.lines[1], t.arrow, t.edge)
	return t
}

func (h *header) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{h.back, h.line, h.scrolled.clip, h.pinned.clip}
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
	for i, t := range h.titles {
		shown := g.columnShown(i)
		reveal(t.group, shown)
		if !shown {
			continue
		}
		x := g.columnLeft(i)
		if i >= g.shape.pinned {
			x -= g.shape.pinWidth
		}
		put(t.group, x, 0, g.shape.widths[i], HeaderHeight)
		lit := over && under.col == i && under.edge < 0 && g.columns[i].Sortable
		t.show(h.view, i, lit || g.drag.carries(i))
	}
}

// show draws the title of a column.
func (t *title) show(v *view, col int, lit bool) {
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
	put(t.edge, width-1, padding, 1, HeaderHeight-2*padding)
	reveal(t.edge, c.Kind != Actions)

	var icon fyne.Resource
	if c.ID == g.sortBy {
		icon = theme.MenuDropUpIcon()
		if g.desc {
			icon = theme.MenuDropDownIcon()
		}
	}
	if t.width == width && t.icon == icon {
		return
	}
	t.width, t.icon = width, icon
	room := width - 2*padding
	if icon != nil {
		t.arrow.Resource = icon
		put(t.arrow, width-arrowSize-padding/2, (HeaderHeight-arrowSize)/2, arrowSize, arrowSize)
		t.arrow.Refresh()
		room -= arrowSize - padding/2
	}
	reveal(t.arrow, icon != nil)
	t.write(v, c, room)
}

// write puts the words of the title on one line or two.
func (t *title) write(v *view, c Column, room float32) {
	words := v.bold.wrap(c.Title, room)
	height := v.look.smallHeight
	top := (HeaderHeight - height*float32(len(words))) / 2
	for i, line := range t.lines {
		s := ""
		if i < len(words) {
			s = words[i]
		}
		line.Alignment = c.Align
		write(line, s, v.look.text)
		put(line, padding, top+float32(i)*height, room, height)
		reveal(line, s != "")
	}
}

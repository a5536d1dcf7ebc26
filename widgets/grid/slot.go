package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// slot is one of the pooled rows. Its objects are made once; scrolling moves
// them and fills those that come into sight.
type slot struct {
	view     *view
	row      int // what it shows; -1 for nothing
	ground   *fyne.Container
	back     *canvas.Rectangle
	line     *canvas.Raster
	picture  *picture
	pinned   *strip     // what doesn't scroll sideways
	scrolled *strip     // what does
	check    *checkmark // nil where rows have none
	cells    []cell
	filled   []bool
}

// newSlot makes a row that shows nothing yet.
func newSlot(v *view) *slot {
	g := v.g
	s := &slot{
		view: v, row: -1,
		back:     canvas.NewRectangle(color.Transparent),
		line:     newRule(v.look.separator),
		picture:  newPicture(v, (RowHeight-v.tallest())/2, v.tallest()),
		pinned:   newStrip(),
		scrolled: newStrip(),
		cells:    make([]cell, len(g.columns)),
		filled:   make([]bool, len(g.columns)),
	}
	s.ground = newGroup(s.back, s.line, s.picture.raster)
	if g.checks {
		s.check = newCheckmark(&v.look, RowHeight)
		s.pinned.add(s.check.group)
	}
	for i, c := range g.columns {
		s.cells[i] = newCell(v, c)
		if o := s.cells[i].object(); o != nil {
			s.stripOf(i).add(o)
		}
	}
	s.hide()
	return s
}

// stripOf is where a column is drawn.
func (s *slot) stripOf(col int) *strip {
	if col < s.view.g.shape.pinned {
		return s.pinned
	}
	return s.scrolled
}

// unfill makes the next show read and draw all cells.
func (s *slot) unfill() { clear(s.filled) }

// hide takes the row off the screen and drops what it showed.
func (s *slot) hide() {
	s.row = -1
	s.unfill()
	for _, c := range s.cells {
		c.forget()
	}
	s.picture.forget()
	s.pinned.forget()
	s.scrolled.forget()
	for _, part := range []*fyne.Container{s.ground, s.pinned.group, s.scrolled.group} {
		reveal(part, false)
	}
}

// show draws a row where it stands now; the cells only where they are not drawn yet.
func (s *slot) show(row int, under hit) {
	g := s.view.g
	if s.row != row {
		s.row = row
		s.unfill()
	}
	y := g.pos.top(row)
	put(s.ground, 0, y, g.shape.size.Width, RowHeight)
	put(s.pinned.group, 0, y, g.shape.pinWidth, RowHeight)
	put(s.scrolled.group, -g.scrollX, y, g.shape.viewWidth, RowHeight)
	put(s.back, 0, 0, g.shape.size.Width, RowHeight)
	s.view.putWhole(s.line, 0, RowHeight-1, g.shape.size.Width, 1)
	s.picture.place()
	s.fill()
	s.tint(under)
	for _, part := range []*fyne.Container{s.ground, s.pinned.group, s.scrolled.group} {
		reveal(part, true)
	}
}

// fill reads and draws the cells that are in sight and not drawn yet.
func (s *slot) fill() {
	g := s.view.g
	for i, c := range g.columns {
		if s.filled[i] {
			continue
		}
		if !g.columnShown(i) {
			s.cells[i].forget()
			continue
		}
		x := g.shape.left[i]
		if i >= g.shape.pinned {
			x -= g.shape.pinWidth
		}
		s.cells[i].show(g.source.Cell(s.row, c.ID), x, g.shape.widths[i])
		s.filled[i] = true
	}
	s.pinned.begin()
	s.scrolled.begin()
	for i, c := range s.cells {
		if m := c.marks(); m != nil {
			s.stripOf(i).draw(m)
		}
	}
	s.pinned.end()
	s.scrolled.end()
	s.picture.show(&s.pinned.marks, &s.scrolled.marks)
}

// tint shows whether the row is ticked and what of it is under the pointer.
func (s *slot) tint(under hit) {
	g := s.view.g
	over := under.zone == bodyZone && under.row == s.row
	ticked := g.source.Selected(s.row)
	var fill color.Color = color.Transparent
	switch {
	case ticked:
		fill = s.view.look.selection
	case over:
		fill = s.view.look.hover
	}
	if s.back.FillColor != fill {
		s.back.FillColor = fill
		s.back.Refresh()
	}
	if s.check != nil {
		state := Unchecked
		if ticked {
			state = Checked
		}
		s.check.show(state, over && under.check)
	}
	for i, c := range s.cells {
		if buttons, ok := c.(*actionsCell); ok {
			if over && under.col == i {
				buttons.hover(under.action)
			} else {
				buttons.hover(-1)
			}
		}
	}
}

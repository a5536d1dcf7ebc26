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
	line     *canvas.Rectangle
	pinned   *fyne.Container // what doesn't scroll sideways
	scrolled *fyne.Container // what does
	check    *checkmark      // nil where rows have none
	cells    []cell
	filled   []bool
}

// newSlot makes a row that shows nothing yet.
func newSlot(v *view) *slot {
	g := v.g
	s := &slot{
		view: v, row: -1,
		back:     canvas.NewRectangle(color.Transparent),
		line:     canvas.NewRectangle(v.look.separator),
		pinned:   newGroup(),
		scrolled: newGroup(),
		cells:    make([]cell, len(g.columns)),
		filled:   make([]bool, len(g.columns)),
	}
	s.ground = newGroup(s.back, s.line)
	if g.checks {
		s.check = newCheckmark(&v.look, RowHeight)
		s.pinned.Objects = append(s.pinned.Objects, s.check.group)
	}
	for i, c := range g.columns {
		s.cells[i] = newCell(v, c)
		into := s.scrolled
		if i < g.shape.pinned {
			into = s.pinned
		}
		into.Objects = append(into.Objects, s.cells[i].object())
	}
	s.hide()
	return s
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
	for _, part := range []*fyne.Container{s.ground, s.pinned, s.scrolled} {
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
	s.fill()
	s.tint(under)

	y := g.pos.top(row)
	put(s.ground, 0, y, g.shape.size.Width, RowHeight)
	put(s.pinned, 0, y, g.shape.pinWidth, RowHeight)
	put(s.scrolled, -g.scrollX, y, g.shape.viewWidth, RowHeight)
	put(s.back, 0, 0, g.shape.size.Width, RowHeight)
	put(s.line, 0, RowHeight-1, g.shape.size.Width, 1)
	for _, part := range []*fyne.Container{s.ground, s.pinned, s.scrolled} {
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

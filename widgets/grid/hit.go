package grid

import "fyne.io/fyne/v2"

// zone is a part of the grid.
type zone int

const (
	nowhere zone = iota
	headerZone
	bodyZone
	verticalZone   // the scrollbar at the right
	horizontalZone // the one at the foot
)

// hit is what stands at a place in the grid.
type hit struct {
	zone   zone
	row    int    // in the body: -1 below the last
	col    int    // -1 on the checkbox, or where there is none
	check  bool   // the column of checkboxes
	edge   int    // in the header: the column whose edge is there, or -1
	action int    // in the body: the button's number, or -1
	name   string // of that action
}

// hitAt finds what stands at p.
func (g *Grid) hitAt(p fyne.Position) hit {
	h := hit{row: -1, col: -1, edge: -1, action: -1}
	size := g.shape.size
	if p.X < 0 || p.Y < 0 || p.X >= size.Width || p.Y >= size.Height {
		return h
	}
	switch {
	case p.X >= g.shape.viewWidth:
		if p.Y >= HeaderHeight {
			h.zone = verticalZone
		}
		return h
	case p.Y < HeaderHeight:
		h.zone = headerZone
		h.edge = g.edgeAt(p.X)
	case p.Y >= HeaderHeight+g.shape.bodyHeight:
		h.zone = horizontalZone
		return h
	default:
		h.zone = bodyZone
		if row := g.pos.at(p.Y - HeaderHeight); row < g.len() {
			h.row = row
		}
	}
	h.check = g.checks && p.X < checkWidth
	if !h.check {
		h.col = g.columnAt(p.X)
	}
	if h.zone == bodyZone {
		g.hitAction(&h, p)
	}
	return h
}

// hitAction fills in which button stands at p.
func (g *Grid) hitAction(h *hit, p fyne.Position) {
	if h.row < 0 || h.col < 0 || g.columns[h.col].Kind != Actions || g.view == nil {
		return
	}
	x := p.X - g.columnLeft(h.col)
	y := p.Y - g.rowTop(h.row)
	for i, a := range g.view.actionsOf(h.row, h.col) {
		at := buttonAt(i)
		if x >= at.X && x < at.X+buttonSize && y >= at.Y && y < at.Y+buttonSize {
			h.action, h.name = i, a.Name
			return
		}
	}
}

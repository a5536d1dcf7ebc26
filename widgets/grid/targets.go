package grid

import "fyne.io/fyne/v2"

// Target is something on screen that can be clicked, for tests and for whoever
// drives the window from outside.
type Target struct {
	// Name is "header-check", "header:" and the column's ID, "row", "check", or
	// "action:" and the action's name.
	Name string
	// Row is the row that it belongs to; -1 in the header.
	Row int
	// Position is where it begins, from the grid's upper left corner.
	Position fyne.Position
	// Size is how large it is. Of what is scrolled half out of sight, only what
	// can be seen is counted.
	Size fyne.Size
}

// Targets lists what can be clicked, from the header down.
func (g *Grid) Targets() []Target {
	if g.view == nil {
		return nil
	}
	var targets []Target
	list := func(name string, row int, at fyne.Position, size fyne.Size, within fyne.Position) {
		limit := fyne.NewPos(g.shape.viewWidth, HeaderHeight+g.shape.bodyHeight)
		low := fyne.NewPos(max(at.X, within.X), max(at.Y, within.Y))
		high := fyne.NewPos(min(at.X+size.Width, limit.X), min(at.Y+size.Height, limit.Y))
		if low.X < high.X && low.Y < high.Y {
			targets = append(targets, Target{name, row, low, fyne.NewSize(high.X-low.X, high.Y-low.Y)})
		}
	}
	box := fyne.NewSquareSize(boxSize)
	if g.checks {
		list("header-check", -1, boxAt(HeaderHeight), box, fyne.Position{})
	}
	for i, c := range g.columns {
		size := fyne.NewSize(g.shape.widths[i], HeaderHeight)
		list("header:"+c.ID, -1, fyne.NewPos(g.columnLeft(i), 0), size, fyne.NewPos(g.leftLimit(i), 0))
	}
	for row := g.pos.row; row < g.len() && g.pos.top(row) < g.shape.bodyHeight; row++ {
		at := fyne.NewPos(0, g.rowTop(row))
		top := fyne.NewPos(0, HeaderHeight)
		list("row", row, at, fyne.NewSize(g.shape.viewWidth, RowHeight), top)
		if g.checks {
			list("check", row, at.Add(boxAt(RowHeight)), box, top)
		}
		for i := range g.columns {
			cell := at.AddXY(g.columnLeft(i), 0)
			for j, a := range g.view.actionsOf(row, i) {
				list("action:"+a.Name, row, cell.Add(buttonAt(j)), fyne.NewSquareSize(buttonSize), top.AddXY(g.leftLimit(i), 0))
			}
		}
	}
	return targets
}

// leftLimit is where the part of the grid begins that a column is drawn in.
func (g *Grid) leftLimit(col int) float32 {
	if col < g.shape.pinned {
		return 0
	}
	return g.shape.pinWidth
}

// RowRect is where a row stands, from the grid's upper left corner, and whether
// any of it can be seen.
func (g *Grid) RowRect(row int) (at fyne.Position, size fyne.Size, visible bool) {
	if row < 0 || row >= g.len() {
		return fyne.Position{}, fyne.Size{}, false
	}
	top := g.pos.top(row)
	visible = top > -RowHeight && top < g.shape.bodyHeight
	return fyne.NewPos(0, HeaderHeight+top), fyne.NewSize(g.shape.viewWidth, RowHeight), visible
}

// CellText is what can be read in a cell on screen, cut as it is drawn; the
// labels of a Chips column stand one after the other. It is "" off screen.
func (g *Grid) CellText(row int, column string) string {
	if g.view == nil {
		return ""
	}
	s := g.view.slotOf(row)
	if s == nil {
		return ""
	}
	for i, c := range g.columns {
		if c.ID == column {
			return s.cells[i].text()
		}
	}
	return ""
}

// wants is the width that a column needs for its title and for what is drawn in
// it, up to the width of the view.
func (v *view) wants(col int) float32 {
	c := v.g.columns[col]
	width := v.bold.width(oneLine(c.Title, 200)) + arrowSize
	for _, s := range v.slots {
		if s.row >= 0 {
			width = max(width, v.needs(v.g.source.Cell(s.row, c.ID)))
		}
	}
	return min(width+2*padding+1, v.g.shape.viewWidth)
}

// needs is the width of a cell's content.
func (v *view) needs(value Cell) float32 {
	width := v.text.width(oneLine(value.Text, v.text.most(v.g.shape.viewWidth)))
	var chips float32
	for _, s := range value.Chips {
		chips += v.small.width(oneLine(s, 200)) + 2*chipInset + chipGap
	}
	return max(width, chips)
}

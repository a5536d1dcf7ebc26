package grid

import "fyne.io/fyne/v2"

// Measures of what is drawn, in the units of the window.
const (
	checkWidth = 40 // the column of checkboxes
	boxSize    = 18 // a checkbox
	barSize    = 12 // the strip of a scrollbar
	padding    = 8  // at either side of a cell
	buttonSize = 28 // an action's button
	iconSize   = 20 // what is drawn in it
	edgeReach  = 5  // how near the pointer must be to a header's edge
)

// shape is where everything stands. It follows from the size and the columns,
// not from what is scrolled to.
type shape struct {
	size       fyne.Size
	widths     []float32 // of the columns
	left       []float32 // where they begin, unscrolled
	pinned     int       // how many columns don't scroll sideways
	pinWidth   float32   // of those, the checkbox included
	viewWidth  float32   // without the scrollbar
	bodyHeight float32   // without the header and the scrollbar
	overflow   float32   // how far it can be scrolled sideways
}

// measure makes the shape for that size. The strip of the vertical scrollbar is
// always kept free, so that columns don't jump when rows come and go.
func (g *Grid) measure(size fyne.Size) shape {
	s := shape{size: size, viewWidth: max(0, size.Width-barSize)}
	var x float32
	if g.checks {
		x = checkWidth
	}
	s.widths = fitWidths(g.columns, s.viewWidth-x)
	s.left = make([]float32, len(g.columns))
	s.pinWidth = x
	for i, w := range s.widths {
		s.left[i] = x
		x += w
		// What stays must leave room for what scrolls.
		if i < g.sticky && s.pinned == i && x <= s.viewWidth*2/3 {
			s.pinned, s.pinWidth = i+1, x
		}
	}
	s.bodyHeight = max(0, size.Height-HeaderHeight)
	if x > s.viewWidth+0.5 {
		s.overflow = x - s.viewWidth
		s.bodyHeight = max(0, s.bodyHeight-barSize)
	}
	return s
}

// columnLeft is where a column begins on screen.
func (g *Grid) columnLeft(col int) float32 {
	if col < g.shape.pinned {
		return g.shape.left[col]
	}
	return g.shape.left[col] - g.scrollX
}

// columnShown says whether any of a column is on screen.
func (g *Grid) columnShown(col int) bool {
	if col < g.shape.pinned {
		return true
	}
	x := g.columnLeft(col)
	return x < g.shape.viewWidth && x+g.shape.widths[col] > g.shape.pinWidth
}

// columnAt is the column at x; -1 for none.
func (g *Grid) columnAt(x float32) int {
	if x >= g.shape.viewWidth {
		return -1
	}
	for i, w := range g.shape.widths {
		left := g.columnLeft(i)
		if i >= g.shape.pinned && x < g.shape.pinWidth {
			return -1
		}
		if x >= left && x < left+w {
			return i
		}
	}
	return -1
}

// edgeAt is the column whose right edge is at x, as far as it can be dragged;
// -1 for none.
func (g *Grid) edgeAt(x float32) int {
	for i, w := range g.shape.widths {
		edge := g.columnLeft(i) + w
		hidden := i >= g.shape.pinned && edge <= g.shape.pinWidth
		if !hidden && g.columns[i].Kind != Actions && x >= edge-edgeReach && x <= edge+edgeReach {
			return i
		}
	}
	return -1
}

// rowTop is where a row stands in the grid.
func (g *Grid) rowTop(row int) float32 { return HeaderHeight + g.pos.top(row) }

// boxAt is where a checkbox stands in a row or header of that height.
func boxAt(height float32) fyne.Position {
	return fyne.NewPos((checkWidth-boxSize)/2, (height-boxSize)/2)
}

// buttonAt is where the button of that number stands in its cell.
func buttonAt(i int) fyne.Position {
	return fyne.NewPos(padding/2+float32(i)*(buttonSize+2), (RowHeight-buttonSize)/2)
}

package grid

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
)

// dragKind is what a drag moves.
type dragKind int

const (
	dragNone dragKind = iota
	dragNothing
	dragWidth
	dragColumn
	dragVertical
	dragHorizontal
)

// drag is what is being dragged.
type drag struct {
	kind  dragKind
	from  fyne.Position // where it began
	at    fyne.Position // where it is
	col   int           // of dragWidth and dragColumn
	width float32       // of that column at first
	grip  float32       // where the thumb was held, from its start
}

// Dragged is called by Fyne. The parts of a drag are added up: an event's own
// position is where the drag began, in some drivers, and where it is, in others.
func (g *Grid) Dragged(ev *fyne.DragEvent) {
	if g.drag.kind == dragNone {
		g.beginDrag(ev)
	}
	g.drag.at = g.drag.at.Add(ev.Dragged)
	switch g.drag.kind {
	case dragWidth:
		g.resizeColumn()
	case dragColumn:
		g.sync()
	case dragVertical:
		g.dragRows(ev.Dragged.DY)
	case dragHorizontal:
		t := g.horizontal()
		track := g.shape.viewWidth - g.shape.pinWidth
		g.moveToX(float32(t.position(track, g.drag.at.X-g.shape.pinWidth-g.drag.grip, float64(g.shape.overflow))))
	case dragNone, dragNothing:
	}
}

// beginDrag finds out what is held.
func (g *Grid) beginDrag(ev *fyne.DragEvent) {
	from := ev.Position.Subtract(ev.Dragged)
	if g.pointer.down {
		from = g.pointer.pressed
	}
	h := g.hitAt(from)
	d := drag{kind: dragNothing, from: from, at: from, col: h.col}
	switch {
	case h.zone == headerZone && h.edge >= 0:
		d.kind, d.col = dragWidth, h.edge
		d.width = g.shape.widths[h.edge]
	case h.zone == headerZone && h.col >= 0 && g.columns[h.col].Kind != Actions:
		d.kind = dragColumn
	case h.zone == verticalZone && g.vertical().length > 0:
		d.kind, d.grip = dragVertical, g.vertical().gripAt(from.Y-HeaderHeight)
	case h.zone == horizontalZone && g.horizontal().length > 0:
		d.kind, d.grip = dragHorizontal, g.horizontal().gripAt(from.X-g.shape.pinWidth)
	}
	g.drag = d
	if d.kind == dragWidth {
		g.freeze(d.col)
	}
}

// gripAt is where on the thumb it is held; in its middle where the press was
// beside it.
func (t thumb) gripAt(at float32) float32 {
	if at < t.start || at >= t.start+t.length {
		return t.length / 2
	}
	return at - t.start
}

// dragRows follows the thumb. A pixel of the track stands for thousands of rows
// in a long list, so with Shift held it stands for one.
func (g *Grid) dragRows(dy float32) {
	t := g.vertical()
	if held(fyne.KeyModifierShift) || g.shift {
		g.moveTo(g.pos.by(dy * RowHeight))
		g.drag.grip = g.drag.at.Y - HeaderHeight - g.vertical().start
		return
	}
	h := g.shape.bodyHeight
	y := t.position(h, g.drag.at.Y-HeaderHeight-g.drag.grip, end(g.len(), h))
	g.moveTo(positionAt(math.Round(y))) // whole units, so that texts stay crisp
	g.sync()                            // the label, though the rows may be where they were
}

// freeze gives the columns up to col the width that they are drawn at, so that
// an edge follows the pointer. Those behind share what is left, as before.
func (g *Grid) freeze(col int) {
	for i := range g.columns[:col+1] {
		g.columns[i].Width, g.columns[i].Fixed = g.shape.widths[i], true
	}
}

// resizeColumn gives the column the width that the pointer is at.
func (g *Grid) resizeColumn() {
	c := &g.columns[g.drag.col]
	c.Width = max(c.least(), g.drag.width+g.drag.at.X-g.drag.from.X)
	g.settle()
	g.redraw()
}

// redraw draws the columns at their present width.
func (g *Grid) redraw() {
	if g.view != nil {
		g.view.Layout(g.shape.size)
	}
}

// DragEnd is called by Fyne. A press that slipped a little is still a click.
func (g *Grid) DragEnd() {
	d := g.drag
	g.drag = drag{}
	g.pointer.down = false
	g.pointer.at = d.at
	switch d.kind {
	case dragWidth:
		g.columnsChanged()
	case dragColumn:
		if to := g.dropAt(d); to != d.col {
			g.moveColumn(d.col, to)
		} else if d.slipped() {
			g.tap(g.hitAt(d.from), d.from, 0)
		}
	case dragNothing:
		if h := g.hitAt(d.from); h == g.hitAt(d.at) {
			modifier := g.pointer.modifier
			g.pointer.modifier = 0
			g.tap(h, d.from, modifier)
		}
	case dragNone, dragVertical, dragHorizontal:
	}
	g.sync()
}

// slipped says whether the pointer is still where it was pressed, near enough.
func (d drag) slipped() bool {
	moved := d.at.Subtract(d.from)
	return max(moved.X, -moved.X) <= edgeReach && max(moved.Y, -moved.Y) <= edgeReach
}

// carries says whether the column is being dragged to another place.
func (d drag) carries(col int) bool { return d.kind == dragColumn && d.col == col }

// guide is where the line stands that follows a dragged column.
func (d drag) guide(g *Grid) (x float32, on bool) {
	switch d.kind {
	case dragWidth:
		return g.columnLeft(d.col) + g.shape.widths[d.col], true
	case dragColumn:
		to := g.dropAt(d)
		x = g.columnLeft(to)
		if to > d.col {
			x += g.shape.widths[to]
		}
		return x, to != d.col
	case dragNone, dragNothing, dragVertical, dragHorizontal:
	}
	return 0, false
}

// dropAt is the place that a dragged column would come to: among those that are
// sticky as it is, and before the actions.
func (g *Grid) dropAt(d drag) int {
	first, last := 0, g.sticky-1
	if d.col >= g.sticky {
		first, last = g.sticky, len(g.columns)-1
	}
	for last > first && g.columns[last].Kind == Actions {
		last--
	}
	to := d.col
	for i := first; i <= last; i++ {
		middle := g.columnLeft(i) + g.shape.widths[i]/2
		if i < d.col && d.at.X < middle {
			return i
		}
		if i > d.col && d.at.X > middle {
			to = i
		}
	}
	return to
}

// moveColumn puts the column from at the place to.
func (g *Grid) moveColumn(from, to int) {
	c := g.columns[from]
	g.columns = slices.Insert(slices.Delete(g.columns, from, from+1), to, c)
	g.rebuild()
	g.columnsChanged()
}

// fitColumn makes a column as wide as its title and what is on screen in it.
func (g *Grid) fitColumn(col int) {
	if g.view == nil {
		return
	}
	width := g.view.wants(col)
	g.freeze(col)
	g.columns[col].Width = max(g.columns[col].least(), width)
	g.settle()
	g.redraw()
	g.columnsChanged()
}

// columnsChanged tells of other widths or another order.
func (g *Grid) columnsChanged() {
	if g.OnColumns != nil {
		g.OnColumns(g.Columns())
	}
}

package grid

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// The heights of a row and of the header, in the units of the window.
const (
	RowHeight    = 36
	HeaderHeight = 36
)

// Grid is the table. Make it with [New] and give it a [Source]. The callbacks
// may be nil; then what they stand for does nothing.
type Grid struct {
	widget.BaseWidget

	// OnSort is called when the header of a sortable column is clicked; desc is
	// set when the column was sorted upwards already. Sort, then call SetSort.
	OnSort func(column string, desc bool)
	// OnToggle ticks a row or unticks it.
	OnToggle func(row int, on bool)
	// OnToggleRange ticks or unticks rows from to to, both included, from ≤ to.
	OnToggleRange func(from, to int, on bool)
	// OnSelectAll is called for Ctrl+A.
	OnSelectAll func()
	// OnToggleVisible is called when the header's checkbox is clicked, with the
	// rows on screen, both included; on is false where the box was checked.
	OnToggleVisible func(first, last int, on bool)
	// OnOpen is called for a double click and for Enter.
	OnOpen func(row int)
	// OnDelete is called for the Delete key.
	OnDelete func(row int)
	// OnMenu is called for a right click, the menu key and Shift+F10; at is a
	// place on the canvas, where a menu may open.
	OnMenu func(row int, at fyne.Position)
	// OnAction is called when the button of that name in a row is clicked.
	OnAction func(row int, action string)
	// OnColumns is called when columns were dragged to another width or place,
	// with all of them, in their order.
	OnColumns func(columns []Column)
	// OnVisible is called when other rows than before are on screen: see VisibleRows.
	OnVisible func(first, last int)
	// PositionText is what stands beside the scrollbar while it is dragged,
	// with row the first on screen, counted from 0.
	PositionText func(row, of int) string

	source  Source
	columns []Column // sticky ones first
	sticky  int      // how many of them
	checks  bool     // whether rows have a checkbox
	state   CheckState
	sortBy  string
	desc    bool

	pos      position
	scrollX  float32
	shape    shape
	cursor   int // the row that the keys act on; -1 for none
	anchor   anchor
	pointer  pointer
	drag     drag
	focused  bool
	waiting  bool // for the first rows
	shift    bool // the key is held
	now      func() time.Time
	view     *view // nil until first drawn
	reported [2]int
}

// New returns a grid of these columns, with a checkbox before each row and no
// rows yet.
func New(columns []Column) *Grid {
	g := &Grid{checks: true, cursor: -1, now: time.Now, reported: [2]int{0, -1}}
	g.anchor.row = -1
	g.pointer.forget()
	g.columns, g.sticky = stickyFirst(columns)
	g.ExtendBaseWidget(g)
	return g
}

// SetSource shows other rows, from the top. With nil it shows none, and nothing
// of the former ones stays in memory.
func (g *Grid) SetSource(source Source) {
	g.source = source
	g.pos, g.cursor = position{}, -1
	g.anchor = anchor{row: -1}
	g.pointer.forget()
	if g.view != nil {
		g.view.forget()
	}
	g.Refresh()
}

// Refresh draws anew what is on screen: call it when rows came, went or
// changed. It stays where it is scrolled to as far as there still are rows.
func (g *Grid) Refresh() {
	g.settle()
	g.BaseWidget.Refresh()
	g.report()
}

// RefreshRow draws one row anew, if it is on screen.
func (g *Grid) RefreshRow(row int) {
	if g.view != nil {
		g.view.refill(row)
		g.view.sync()
	}
}

// RefreshSelection reads anew which of the rows on screen are ticked, and
// nothing else.
func (g *Grid) RefreshSelection() { g.sync() }

// SetColumns shows other columns, or the same ones in another order or width.
// The sticky ones are moved to the front.
func (g *Grid) SetColumns(columns []Column) {
	g.columns, g.sticky = stickyFirst(columns)
	g.pointer.forget()
	g.drag = drag{}
	g.rebuild()
}

// Columns returns the columns in the order in which they stand.
func (g *Grid) Columns() []Column { return slices.Clone(g.columns) }

// SetCheckable says whether rows have a checkbox. They have at first. Without
// it, no key or click ticks anything.
func (g *Grid) SetCheckable(on bool) {
	if g.checks != on {
		g.checks = on
		g.rebuild()
	}
}

// SetSort shows an arrow in the header of that column; none where column is "".
func (g *Grid) SetSort(column string, desc bool) {
	g.sortBy, g.desc = column, desc
	g.sync()
}

// SetHeaderState sets what the header's checkbox shows; Auto at first.
func (g *Grid) SetHeaderState(state CheckState) {
	g.state = state
	g.sync()
}

// HeaderState is what the header's checkbox shows: never Auto.
func (g *Grid) HeaderState() CheckState {
	if g.state != Auto {
		return g.state
	}
	first, last := g.VisibleRows()
	ticked := 0
	for row := first; row <= last; row++ {
		if g.source.Selected(row) {
			ticked++
		}
	}
	switch {
	case ticked == 0:
		return Unchecked
	case ticked <= last-first:
		return Partial
	}
	return Checked
}

// ScrollTo scrolls so that row is the first on screen, or as far as there are rows.
func (g *Grid) ScrollTo(row int) {
	g.moveTo(position{row: max(0, min(row, g.len()))})
}

// Reveal scrolls as little as needed to have row wholly on screen.
func (g *Grid) Reveal(row int) {
	if row >= 0 && row < g.len() {
		g.moveTo(g.pos.reveal(row, g.shape.bodyHeight))
	}
}

// VisibleRows are the rows on screen, both included: those whose middle
// can be seen. Where there are none, last is -1.
func (g *Grid) VisibleRows() (first, last int) {
	n := g.len()
	if n == 0 || g.shape.bodyHeight <= 0 {
		return 0, -1
	}
	first = min(g.pos.at(RowHeight/2), n-1)
	last = min(g.pos.at(g.shape.bodyHeight-RowHeight/2), n-1)
	return first, max(first, last)
}

// FocusedRow is the row that the keys act on; -1 where there is none.
func (g *Grid) FocusedRow() int { return g.cursor }

// FocusRow makes row the one that the keys act on and shows it; with -1, none.
// It does not take the keyboard: that is for the window's canvas to give.
func (g *Grid) FocusRow(row int) {
	if row < 0 || row >= g.len() {
		g.cursor = -1
		g.sync()
		return
	}
	g.setCursor(row)
	g.setAnchor(row)
}

// MinSize is enough for the header and three rows, and for a column or two.
func (g *Grid) MinSize() fyne.Size {
	return fyne.NewSize(240, HeaderHeight+3*RowHeight)
}

// Resize is called by the layout.
func (g *Grid) Resize(size fyne.Size) {
	if size == g.Size() {
		return
	}
	g.BaseWidget.Resize(size)
	g.report()
}

// len is how many rows there are.
func (g *Grid) len() int {
	if g.source == nil {
		return 0
	}
	return max(0, g.source.Len())
}

// rebuild is for when the columns are others.
func (g *Grid) rebuild() {
	g.settle()
	if g.view != nil {
		g.view.build()
	}
	g.report()
}

// settle brings everything back within bounds after rows, columns or the size
// changed.
func (g *Grid) settle() {
	n := g.len()
	g.shape = g.measure(g.Size())
	g.pos = g.pos.clamp(n, g.shape.bodyHeight)
	g.scrollX = max(0, min(g.scrollX, g.shape.overflow))
	if g.cursor >= n {
		g.cursor = n - 1
	}
	g.anchor.check(g)
}

// moveTo scrolls the rows.
func (g *Grid) moveTo(p position) {
	p = p.clamp(g.len(), g.shape.bodyHeight)
	if p == g.pos {
		return
	}
	g.pos = p
	g.sync()
	g.report()
}

// moveToX scrolls the columns that are not sticky.
func (g *Grid) moveToX(x float32) {
	x = max(0, min(x, g.shape.overflow))
	if x != g.scrollX {
		g.scrollX = x
		g.sync()
	}
}

// sync draws what changed.
func (g *Grid) sync() {
	if g.view != nil {
		g.view.sync()
	}
}

// report calls OnVisible if other rows are on screen.
func (g *Grid) report() {
	first, last := g.VisibleRows()
	if now := [2]int{first, last}; now != g.reported {
		g.reported = now
		if g.OnVisible != nil {
			g.OnVisible(first, last)
		}
	}
}

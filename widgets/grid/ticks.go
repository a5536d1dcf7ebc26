package grid

// anchor is the row from which Shift stretches a range. Both ends of what was
// stretched carry their keys: where another row stands there, it is forgotten,
// lest the wrong ones be unticked.
type anchor struct {
	row   int // -1 for none
	key   int64
	to    int // the other end; row at first
	toKey int64
}

// check forgets what is not as it was.
func (a *anchor) check(g *Grid) {
	switch n := g.len(); {
	case a.row < 0:
	case a.row >= n || g.source.Key(a.row) != a.key:
		*a = anchor{row: -1}
	case a.to >= n || g.source.Key(a.to) != a.toKey:
		a.to, a.toKey = a.row, a.key
	}
}

// setCursor makes row the one that the keys act on and shows it.
func (g *Grid) setCursor(row int) {
	g.cursor = row
	g.Reveal(row)
	g.sync()
}

// setAnchor makes row the one from which ranges are stretched.
func (g *Grid) setAnchor(row int) {
	key := g.source.Key(row)
	g.anchor = anchor{row: row, key: key, to: row, toKey: key}
}

// toggle ticks a row or unticks it.
func (g *Grid) toggle(row int) {
	if !g.checks {
		return
	}
	g.setAnchor(row)
	if g.OnToggle != nil {
		g.OnToggle(row, !g.source.Selected(row))
	}
	g.sync()
}

// toggleCursor does so with the row that the keys act on.
func (g *Grid) toggleCursor() {
	if g.cursor >= 0 {
		g.toggle(g.cursor)
	}
}

// stretchTo ticks the rows from the anchor to row, and unticks those that were
// stretched to before and lie beyond. Row is where the keys act from now on.
// Only what differs from the range before is called back: at the end of a list
// that is a handful of rows instead of a million.
func (g *Grid) stretchTo(row int) {
	g.anchor.check(g)
	if g.anchor.row < 0 {
		start := g.cursor
		if start < 0 {
			start = row
		}
		g.setAnchor(start)
	}
	a, before := g.anchor.row, g.anchor.to
	switch {
	case before == a: // nothing stretched yet
		g.tickRange(min(a, row), max(a, row), true)
	case before < a:
		g.tickRange(before, min(row, a)-1, false)
		g.tickRange(row, before-1, true)
		g.tickRange(a+1, row, true)
	default:
		g.tickRange(max(row, a)+1, before, false)
		g.tickRange(before+1, row, true)
		g.tickRange(row, a-1, true)
	}
	g.anchor.to, g.anchor.toKey = row, g.source.Key(row)
	g.setCursor(row)
}

// tickRange calls OnToggleRange, for a range that is not empty.
func (g *Grid) tickRange(from, to int, on bool) {
	if from <= to && g.OnToggleRange != nil {
		g.OnToggleRange(from, to, on)
	}
}

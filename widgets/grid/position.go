package grid

// position is how far the rows are scrolled: the first row in sight, and how
// much of it is above the edge, 0 ≤ px < RowHeight. A pixel count for the whole
// list would not do: in float32 it is off by 2 pixels from row 470,000 on.
type position struct {
	row int
	px  float32
}

// positionAt is the position y below the top of the list. float64 holds that
// exactly for any list that fits in memory.
func positionAt(y float64) position {
	if y <= 0 {
		return position{}
	}
	row := int(y / RowHeight)
	px := float32(y - float64(row)*RowHeight)
	switch { // what rounding may make of it
	case px >= RowHeight:
		row, px = row+1, 0
	case px < 0:
		px = 0
	}
	return position{row: row, px: px}
}

// y is how far p is below the top of the list.
func (p position) y() float64 { return float64(p.row)*RowHeight + float64(p.px) }

// by is p moved down by dy.
func (p position) by(dy float32) position { return positionAt(p.y() + float64(dy)) }

// end is how far a list of n rows can be scrolled in a view of that height.
func end(n int, height float32) float64 {
	return max(0, float64(n)*RowHeight-float64(height))
}

// clamp is p, or the nearest position at which the view is filled.
func (p position) clamp(n int, height float32) position {
	last := end(n, height)
	if p.row < 0 {
		return position{}
	}
	if p.y() > last {
		return positionAt(last)
	}
	return p
}

// top is where row stands, measured from the upper edge of the view. It is
// exact for rows near the view, however far down the list that is.
func (p position) top(row int) float32 {
	return float32(row-p.row)*RowHeight - p.px
}

// at is the row at y below the upper edge of the view; it may lie past the end.
func (p position) at(y float32) int {
	return p.row + int((y+p.px)/RowHeight)
}

// reveal is p moved as little as needed to have row wholly in a view of that
// height; where the view is lower than a row, its top.
func (p position) reveal(row int, height float32) position {
	top := p.top(row)
	switch {
	case top < 0:
		return position{row: row}
	case top+RowHeight > height && height >= RowHeight:
		return positionAt(float64(row+1)*RowHeight - float64(height))
	case top+RowHeight > height:
		return position{row: row}
	}
	return p
}

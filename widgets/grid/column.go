package grid

import "fyne.io/fyne/v2"

// Kind is how the cells of a column are drawn.
type Kind int

const (
	// Text is a line of text, cut with an ellipsis.
	Text Kind = iota
	// Chips is a row of small labels.
	Chips
	// Date is a text of about the same width in every row.
	Date
	// Masked is a text that stands for something hidden, drawn fainter.
	Masked
	// Actions is a row of icon buttons. The column keeps its width and place.
	Actions
)

// Column describes one column. The zero values of MinWidth, Align and Kind are
// usable.
type Column struct {
	// ID is what the source and the callbacks know the column by.
	ID string
	// Title stands in the header.
	Title string
	// Width is what is wanted, in the units of the window. Text and Chips
	// columns share what space is left, or give way down to MinWidth, in
	// proportion to it; unless Fixed.
	Width float32
	// MinWidth is the least that the column is drawn at. If it is 0, that is 48,
	// and three fifths of Width for a column that gives way by itself.
	MinWidth float32
	// Align is where the text stands in the cell.
	Align fyne.TextAlign
	// Kind is how cells are drawn.
	Kind Kind
	// Sortable columns answer a click on their header.
	Sortable bool
	// Sticky columns come first and stay while the others scroll sideways.
	Sticky bool
	// Fixed columns keep their Width. Those that somebody resized are Fixed.
	Fixed bool
}

const defaultMinWidth = 48

// least is the smallest width that c may be drawn at.
func (c Column) least() float32 {
	switch {
	case c.MinWidth > 0:
		return c.MinWidth
	case c.flexible():
		return max(defaultMinWidth, float32(int(c.Width*3/5)))
	}
	return defaultMinWidth
}

// flexible says whether c gives and takes width as the window does.
func (c Column) flexible() bool {
	return !c.Fixed && (c.Kind == Text || c.Kind == Chips)
}

// stickyFirst returns a copy of columns, sticky ones first, and how many those are.
func stickyFirst(columns []Column) (sorted []Column, sticky int) {
	sorted = make([]Column, 0, len(columns))
	for _, c := range columns {
		if c.Sticky {
			sorted = append(sorted, c)
		}
	}
	sticky = len(sorted)
	for _, c := range columns {
		if !c.Sticky {
			sorted = append(sorted, c)
		}
	}
	return sorted, sticky
}

// fitWidths returns the width that each column is drawn at where room is how
// much there is for all. Flexible columns share what is over in proportion to
// their width. Where room falls short, they give way down to their least; what
// is still missing has to be scrolled.
func fitWidths(columns []Column, room float32) []float32 {
	widths := make([]float32, len(columns))
	var total, flex float32
	for i, c := range columns {
		widths[i] = max(c.Width, c.least())
		total += widths[i]
		if c.flexible() {
			flex += widths[i]
		}
	}
	spare := room - total
	if flex == 0 || spare == 0 {
		return widths
	}
	if spare > 0 {
		grow(columns, widths, spare, flex)
	} else {
		shrink(columns, widths, -spare)
	}
	return widths
}

// grow hands out spare among the flexible columns in whole units, so that
// edges fall on pixels; the last one takes what rounding leaves.
func grow(columns []Column, widths []float32, spare, flex float32) {
	last, left := -1, spare
	for i, c := range columns {
		if !c.flexible() {
			continue
		}
		part := float32(int(spare * widths[i] / flex))
		widths[i] += part
		left -= part
		last = i
	}
	widths[last] += left
}

// shrink takes missing from what the flexible columns have above their least.
func shrink(columns []Column, widths []float32, missing float32) {
	var give float32
	for i, c := range columns {
		if c.flexible() {
			give += widths[i] - c.least()
		}
	}
	if give <= 0 {
		return
	}
	share := min(1, missing/give)
	left := min(missing, give)
	for i, c := range columns {
		if c.flexible() {
			part := float32(int((widths[i] - c.least()) * share))
			widths[i] -= part
			left -= part
		}
	}
	for i, c := range columns { // what rounding left
		if c.flexible() {
			part := min(left, widths[i]-c.least())
			widths[i] -= part
			left -= part
		}
	}
}

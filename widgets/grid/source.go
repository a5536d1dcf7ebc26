package grid

import "fyne.io/fyne/v2"

// Source is what a grid shows. It is asked on the goroutine of the user
// interface, while a frame is made, so it must answer from memory.
type Source interface {
	// Len is the number of rows.
	Len() int
	// Cell is what stands in a row, in the column of that ID.
	Cell(row int, column string) Cell
	// Key says which thing a row is about, whatever its place: a second click
	// opens, and a range is stretched, only when it is still the same.
	Key(row int) int64
	// Selected says whether the row is ticked.
	Selected(row int) bool
}

// Cell is one value. Which field counts is a matter of the column's [Kind].
type Cell struct {
	// Text is what Text, Date and Masked columns show, on one line: see [OneLine].
	Text string
	// Chips are the labels of a Chips column. Those that don't fit are counted: "+2".
	// Where there are none, Text stands in their place.
	Chips []string
	// Muted draws the cell fainter: for what is missing or out of use.
	Muted bool
	// Actions are the buttons of an Actions column, from left to right.
	Actions []Action
}

// Action is a small button in a row.
type Action struct {
	// Name is what OnAction is called with.
	Name string
	// Icon is drawn 20 wide and high.
	Icon fyne.Resource
	// Over is drawn in its place while the pointer is on it; nil for the same.
	Over fyne.Resource
}

// CheckState is what the header's checkbox shows.
type CheckState int

const (
	// Auto shows what is true of the rows on screen: all ticked, some, or none.
	Auto CheckState = iota
	// Unchecked shows an empty box.
	Unchecked
	// Partial shows a dash.
	Partial
	// Checked shows a tick.
	Checked
)

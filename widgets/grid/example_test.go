package grid_test

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"lethe/widgets/grid"
)

// books is a source: a list of titles, and which of them are ticked.
type books struct {
	titles []string
	ticked map[string]bool
}

func (b *books) Len() int              { return len(b.titles) }
func (b *books) Key(row int) int64     { return int64(b.titles[row][0]) }
func (b *books) Selected(row int) bool { return b.ticked[b.titles[row]] }

func (b *books) Cell(row int, column string) grid.Cell {
	title := b.titles[row]
	switch column {
	case "title":
		return grid.Cell{Text: title}
	case "words":
		return grid.Cell{Chips: strings.Fields(title)}
	}
	return grid.Cell{}
}

func Example() {
	test.NewApp()
	shelf := &books{titles: []string{"Walden", "Middlemarch", "Bleak House"}, ticked: map[string]bool{}}

	g := grid.New([]grid.Column{
		{ID: "title", Title: "Title", Width: 200, Sortable: true, Sticky: true},
		{ID: "words", Title: "Words", Width: 200, Kind: grid.Chips},
	})
	g.OnToggle = func(row int, on bool) { shelf.ticked[shelf.titles[row]] = on }
	g.OnSort = func(column string, desc bool) {
		slices.Sort(shelf.titles)
		if desc {
			slices.Reverse(shelf.titles)
		}
		g.SetSort(column, desc)
		g.Refresh()
	}
	g.SetSource(shelf)

	w := test.NewWindow(g)
	defer w.Close()
	w.Resize(fyne.NewSize(480, 300))

	for _, target := range g.Targets() {
		if target.Name == "header:title" || (target.Name == "check" && target.Row == 1) {
			test.TapAt(g, target.Position.AddXY(4, 4))
		}
	}
	for row := range shelf.Len() {
		fmt.Println(shelf.Selected(row), g.CellText(row, "title"))
	}
	// Output:
	// false Bleak House
	// true Middlemarch
	// false Walden
}

package onscreen

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/grid"
)

// Made-up rows, worked out from their number, so that the rows themselves weigh
// nothing and both sides show the same.

var (
	givens   = []string{"Asha", "Ravi", "Gauri", "Imran", "Kavya", "Rohan", "Meera", "Vikram", "Sunita", "Arjun", "Priya", "Nikhil", "Farah"}
	families = []string{"Sharma", "Kulkarni", "Shaikh", "Nair", "Patil", "Deshmukh", "Joshi", "Mehta", "Iyer", "Gupta", "Bose", "Rao"}
	cities   = []string{"Mumbai", "Pune", "Nagpur", "Surat", "Indore", "Bhopal", "Jaipur", "Kochi", "Patna", "Mysuru"}
	labels   = []string{"VIP", "Wholesale", "Diwali 2025", "Walk-in", "Newsletter", "Brendon Travel", "Due"}
)

// The columns.
const (
	name = iota
	phone
	tags
	city
	interaction
	created
	state
	columns
)

var titles = [columns]string{"Name", "Phone Number", "Tags", "City", "Last interaction", "Customer Date Created", "State"}

// mixed is a number of 32 bits that looks drawn at random, for each row and
// salt the same one.
func mixed(row, salt int) int {
	x := uint64(row)*0x9e3779b97f4a7c15 + uint64(salt)*0xbf58476d1ce4e5b9
	x ^= x >> 31
	x *= 0x94d049bb133111eb
	return int(x >> 33)
}

// text is what stands in a cell.
func text(row, column int) string {
	n := mixed(row, column)
	switch column {
	case name:
		return givens[n%len(givens)] + " " + families[n/64%len(families)]
	case phone:
		return fmt.Sprintf("+91 %05d %05d", 60000+n%40000, n/65536%100000)
	case tags:
		return labels[n%len(labels)]
	case city, state:
		return cities[n%len(cities)]
	case interaction, created:
		return fmt.Sprintf("%d %s 202%d", 1+n%28, [...]string{"Jan", "Mar", "Jun", "Nov"}[n/32%4], n/128%6)
	}
	return ""
}

// rows are the grid's source.
type rows int

func (r rows) Len() int          { return int(r) }
func (r rows) Key(row int) int64 { return int64(row) }
func (r rows) Selected(int) bool { return false }

func (r rows) Cell(row int, column string) grid.Cell {
	switch column {
	case "action":
		return grid.Cell{Actions: []grid.Action{
			{Name: "view", Icon: theme.VisibilityIcon()}, {Name: "delete", Icon: theme.DeleteIcon()},
		}}
	case titles[tags]:
		return grid.Cell{Chips: []string{text(row, tags)}}
	}
	for i, title := range titles {
		if title == column {
			return grid.Cell{Text: text(row, i)}
		}
	}
	return grid.Cell{}
}

// newGrid is the grid as the customers' page has it: a checkbox, the columns,
// and two buttons a row.
func newGrid(n int) *grid.Grid {
	var all []grid.Column
	for i, title := range titles {
		c := grid.Column{ID: title, Title: title, Width: 150, Sticky: i == name, Sortable: true}
		switch i {
		case tags:
			c.Kind = grid.Chips
		case phone, interaction, created:
			c.Kind = grid.Date
		}
		all = append(all, c)
	}
	all = append(all, grid.Column{ID: "action", Width: 72, MinWidth: 72, Kind: grid.Actions})
	g := grid.New(all)
	g.SetSource(rows(n))
	return g
}

// newList is a widget.List with the same columns, each a label.
func newList(n int) *widget.List {
	return widget.NewList(func() int { return n },
		func() fyne.CanvasObject {
			line := container.NewGridWithColumns(columns)
			for range columns {
				l := widget.NewLabel("")
				l.Truncation = fyne.TextTruncateEllipsis
				line.Add(l)
			}
			return line
		},
		func(row widget.ListItemID, o fyne.CanvasObject) {
			for i, cell := range o.(*fyne.Container).Objects {
				cell.(*widget.Label).SetText(text(row, i))
			}
		})
}

// listRow is how far one row of the list is from the next.
func listRow(l *widget.List) float32 {
	return l.CreateItem().MinSize().Height + theme.Padding()
}

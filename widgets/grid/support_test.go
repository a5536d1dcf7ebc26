package grid

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// sheet is a source in plain sight: rows are numbers in some order.
type sheet struct {
	keys   []int64
	ticked map[int64]bool
	asked  int // cells
	cells  func(key int64, column string) Cell
}

func newSheet(n int) *sheet {
	s := &sheet{keys: make([]int64, n), ticked: map[int64]bool{}}
	for i := range s.keys {
		s.keys[i] = int64(i)
	}
	return s
}

func (s *sheet) Len() int              { return len(s.keys) }
func (s *sheet) Key(row int) int64     { return s.keys[row] }
func (s *sheet) Selected(row int) bool { return s.ticked[s.keys[row]] }

func (s *sheet) Cell(row int, column string) Cell {
	s.asked++
	key := s.keys[row]
	if s.cells != nil {
		return s.cells(key, column)
	}
	switch column {
	case "tags":
		return Cell{Chips: []string{"VIP", "Wedding", "Repeat"}[:key%4]}
	case "do":
		return Cell{Actions: []Action{
			{Name: "view", Icon: theme.VisibilityIcon()},
			{Name: "delete", Icon: theme.DeleteIcon()},
		}[:1+key%2]}
	case "city":
		return Cell{Text: "–", Muted: true}
	}
	return Cell{Text: fmt.Sprintf("%s %d", column, key)}
}

func (s *sheet) tick(from, to int, on bool) {
	for row := from; row <= to; row++ {
		if on {
			s.ticked[s.keys[row]] = true
		} else {
			delete(s.ticked, s.keys[row])
		}
	}
}

func (s *sheet) rows() []int64 {
	var rows []int64
	for k := range s.ticked {
		rows = append(rows, k)
	}
	slices.Sort(rows)
	return rows
}

var fiveColumns = []Column{
	{ID: "name", Title: "Name", Width: 100, MinWidth: 80, Sortable: true, Sticky: true},
	{ID: "phone", Title: "Phone", Width: 90, Kind: Masked, Sortable: true},
	{ID: "tags", Title: "Tags", Width: 110, MinWidth: 100, Kind: Chips},
	{ID: "city", Title: "City", Width: 80, MinWidth: 60, Kind: Date},
	{ID: "do", Title: "Action", Width: 72, Kind: Actions},
}

// rig is a grid in a window, its source, and what it called back.
type rig struct {
	*Grid
	sheet *sheet
	win   fyne.Window
	calls []string
	clock time.Time
}

func (r *rig) note(format string, args ...any) {
	r.calls = append(r.calls, fmt.Sprintf(format, args...))
}

// taken returns the calls so far and forgets them.
func (r *rig) taken() []string {
	calls := r.calls
	r.calls = nil
	return calls
}

// newRig shows n rows in a grid of that size.
func newRig(t testing.TB, n int, width, height float32) *rig {
	t.Helper()
	test.NewTempApp(t)
	r := &rig{Grid: New(fiveColumns), sheet: newSheet(n), clock: time.Unix(1000, 0)}
	r.now = func() time.Time { return r.clock }
	r.connect()
	r.SetSource(r.sheet)
	r.win = test.NewTempWindow(t, r.Grid)
	r.win.SetPadded(false)
	r.win.Resize(fyne.NewSize(width, height))
	r.calls = nil
	return r
}

func (r *rig) connect() {
	r.OnSort = func(c string, desc bool) { r.note("sort %s %v", c, desc) }
	r.OnToggle = func(row int, on bool) {
		r.note("toggle %d %v", row, on)
		r.sheet.tick(row, row, on)
	}
	r.OnToggleRange = func(from, to int, on bool) {
		r.note("range %d-%d %v", from, to, on)
		r.sheet.tick(from, to, on)
	}
	r.OnSelectAll = func() {
		r.note("all")
		r.sheet.tick(0, r.sheet.Len()-1, true)
	}
	r.OnToggleVisible = func(first, last int, on bool) {
		r.note("visible %d-%d %v", first, last, on)
		r.sheet.tick(first, last, on)
	}
	r.OnOpen = func(row int) { r.note("open %d", row) }
	r.OnDelete = func(row int) { r.note("delete %d", row) }
	r.OnMenu = func(row int, at fyne.Position) { r.note("menu %d at %g,%g", row, at.X, at.Y) }
	r.OnAction = func(row int, name string) { r.note("action %d %s", row, name) }
	r.OnColumns = func(columns []Column) {
		said := "columns"
		for _, c := range columns {
			said += fmt.Sprintf(" %s:%g", c.ID, c.Width)
		}
		r.note("%s", said)
	}
}

// click is a press and a release, as the driver sends them.
func (r *rig) click(x, y float32, modifier fyne.KeyModifier) {
	at := fyne.NewPos(x, y)
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: modifier}
	ev.Position, ev.AbsolutePosition = at, at
	r.MouseDown(ev)
	r.MouseUp(ev)
	r.Tapped(&ev.PointEvent)
}

// clickOn clicks the middle of a target.
func (r *rig) clickOn(t *testing.T, name string, row int, modifier fyne.KeyModifier) {
	t.Helper()
	for _, target := range r.Targets() {
		if target.Name == name && target.Row == row {
			r.click(target.Position.X+target.Size.Width/2, target.Position.Y+target.Size.Height/2, modifier)
			return
		}
	}
	t.Fatalf("no %s in row %d", name, row)
}

// dragFrom presses at a place and moves by each of the steps, then lets go.
func (r *rig) dragFrom(x, y float32, steps ...fyne.Delta) {
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	ev.Position = fyne.NewPos(x, y)
	r.MouseDown(ev)
	for _, d := range steps {
		ev.Position = ev.Position.Add(d)
		r.Dragged(&fyne.DragEvent{PointEvent: ev.PointEvent, Dragged: d})
	}
	r.MouseUp(ev)
	r.DragEnd()
}

// press sends keys.
func (r *rig) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		r.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// pressShift sends keys while Shift is held.
func (r *rig) pressShift(keys ...fyne.KeyName) {
	r.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	r.press(keys...)
	r.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

// wantCalls compares what was called back since the last time.
func (r *rig) wantCalls(t *testing.T, want ...string) {
	t.Helper()
	if got := r.taken(); !slices.Equal(got, want) {
		t.Errorf("called back %q, want %q", got, want)
	}
}

// wantTicked compares what is ticked.
func (r *rig) wantTicked(t *testing.T, want ...int64) {
	t.Helper()
	if got := r.sheet.rows(); !slices.Equal(got, want) {
		t.Errorf("ticked %v, want %v", got, want)
	}
}

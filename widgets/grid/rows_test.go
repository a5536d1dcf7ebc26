package grid

import (
	"iter"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

const million = 1_000_000

// drawnAt is where the text of a row is on the canvas, found by going through
// the objects, not by asking the grid.
func drawnAt(t *testing.T, r *rig, text string) fyne.Position {
	t.Helper()
	var at fyne.Position
	found := 0
	var walk func(o fyne.CanvasObject, from fyne.Position)
	walk = func(o fyne.CanvasObject, from fyne.Position) {
		if !o.Visible() {
			return
		}
		from = from.Add(o.Position())
		switch o := o.(type) {
		case *canvas.Raster:
			for place := range placesIn(r.view, o, text) {
				at = from.Add(place)
				found++
			}
		case *canvas.Text:
			if o.Text == text {
				at = from
				found++
			}
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child, from)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child, from)
			}
		}
	}
	walk(r.Grid, fyne.Position{})
	if found != 1 {
		t.Fatalf("%q is drawn %d times", text, found)
	}
	return at
}

// placesIn are those where a text stands in the picture that a raster shows.
func placesIn(v *view, o *canvas.Raster, text string) iter.Seq[fyne.Position] {
	return func(yield func(fyne.Position) bool) {
		for _, s := range v.slots {
			if s.picture.raster != o {
				continue
			}
			for _, t := range s.picture.texts() {
				if t.text == text && !yield(fyne.NewPos(t.x, t.top)) {
					return
				}
			}
		}
	}
}

// texts are all that the picture shows, where they stand in it.
func (p *picture) texts() []mark {
	all := slices.Clone(p.pinned.texts)
	for _, t := range p.scrolled.texts {
		t.x += p.pinWidth - p.scrollX
		all = append(all, t)
	}
	return all
}

func TestMillion_IsDrawnToThePixel(t *testing.T) {
	r := newRig(t, million, 700, HeaderHeight+400)
	indent := drawnAt(t, r, "name 0").Y - HeaderHeight

	r.ScrollTo(999_999)
	at, size, visible := r.RowRect(999_999)
	if want := float32(HeaderHeight + 400 - RowHeight); at.Y != want || size.Height != RowHeight || !visible {
		t.Errorf("the last row is at %g, %g high, visible %v; want %g", at.Y, size.Height, visible, want)
	}
	if y := drawnAt(t, r, "name 999999").Y; y != at.Y+indent {
		t.Errorf("its text is at %g, want %g", y, at.Y+indent)
	}
	if first, last := r.VisibleRows(); first != 999_989 || last != 999_999 {
		t.Errorf("rows %d to %d are on screen", first, last)
	}

	for _, row := range []int{0, 1, 430_001, 466_034, 777_777, 999_980} {
		r.ScrollTo(row)
		if at, _, _ := r.RowRect(row); at.Y != HeaderHeight {
			t.Errorf("jumped to row %d, which is at %g", row, at.Y)
		}
		if first, _ := r.VisibleRows(); first != row {
			t.Errorf("jumped to row %d, and %d is the first", row, first)
		}
	}

	r.ScrollTo(900_000)
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -5)}) // 15 down
	name := "name 900003"
	if y := drawnAt(t, r, name).Y; y != HeaderHeight+3*RowHeight-15+indent {
		t.Errorf("after the wheel %s is at %g", name, y)
	}
}

func TestScroll_ReadsOnlyRowsThatComeIntoSight(t *testing.T) {
	r := newRig(t, million, 600, HeaderHeight+360)
	r.sheet.asked = 0
	r.ScrollTo(1)
	if r.sheet.asked != len(fiveColumns) {
		t.Errorf("one row on asked for %d cells, want %d", r.sheet.asked, len(fiveColumns))
	}
	pool := len(r.view.slots)
	r.sheet.asked = 0
	r.ScrollTo(500_000)
	if r.sheet.asked > pool*len(fiveColumns) || len(r.view.slots) != pool {
		t.Errorf("a jump asked for %d cells with %d rows in the pool", r.sheet.asked, len(r.view.slots))
	}
	r.sheet.asked = 0
	r.ScrollTo(500_000)
	if r.sheet.asked != 0 {
		t.Errorf("staying asked for %d cells", r.sheet.asked)
	}
}

func TestRefresh_StaysWithinWhatIsLeft(t *testing.T) {
	r := newRig(t, million, 500, HeaderHeight+360)
	var seen [][2]int
	r.OnVisible = func(first, last int) { seen = append(seen, [2]int{first, last}) }
	r.FocusRow(999_999)
	r.sheet.keys = r.sheet.keys[:20]
	r.Refresh()
	if first, last := r.VisibleRows(); first != 10 || last != 19 {
		t.Errorf("rows %d to %d are on screen", first, last)
	}
	if r.FocusedRow() != 19 {
		t.Errorf("the keys act on row %d", r.FocusedRow())
	}
	r.sheet.keys = nil
	r.Refresh()
	if first, last := r.VisibleRows(); first != 0 || last != -1 || r.FocusedRow() != -1 {
		t.Errorf("no rows: %d to %d, keys on %d", first, last, r.FocusedRow())
	}
	want := [][2]int{{999_990, 999_999}, {10, 19}, {0, -1}}
	if len(seen) != 3 || seen[0] != want[0] || seen[1] != want[1] || seen[2] != want[2] {
		t.Errorf("OnVisible was called with %v, want %v", seen, want)
	}
}

func TestSetSource_NilLeavesNothingBehind(t *testing.T) {
	r := newRig(t, 50, 700, HeaderHeight+360)
	r.SetSource(nil)
	for _, s := range r.view.slots {
		for _, c := range s.cells {
			if c.text() != "" {
				t.Errorf("%q stayed", c.text())
			}
			if buttons, ok := c.(*actionsCell); ok && len(buttons.shown) > 0 {
				t.Error("buttons stayed")
			}
		}
		if left := s.picture.texts(); len(left) > 0 {
			t.Errorf("%v stayed", left)
		}
		for _, part := range []*strip{s.pinned, s.scrolled} {
			for _, label := range part.labels {
				if label.Text != "" {
					t.Errorf("%q stayed", label.Text)
				}
			}
			// What was cut off the list may not stay behind it.
			for _, left := range part.marks.texts[:cap(part.marks.texts)] {
				if left.text != "" {
					t.Errorf("%q stayed in memory", left.text)
				}
			}
		}
	}
	for _, p := range r.view.paper.Pix {
		if p != 0 {
			t.Fatal("what was drawn stayed")
		}
	}
	r.click(60, HeaderHeight+10, 0)
	r.press(fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn, fyne.KeyDelete)
	r.wantCalls(t)
}

func TestRefreshRow_DrawsThatRowOnly(t *testing.T) {
	r := newRig(t, 50, 600, HeaderHeight+360)
	r.sheet.cells = func(int64, string) Cell { return Cell{Text: "new"} }
	r.RefreshRow(3)
	r.RefreshRow(49)
	if got := r.CellText(3, "name"); got != "new" {
		t.Errorf("row 3 says %q", got)
	}
	if got := r.CellText(4, "name"); got != "name 4" {
		t.Errorf("row 4 says %q", got)
	}
}

func TestResize_ShowsMoreRows(t *testing.T) {
	r := newRig(t, 100, 500, HeaderHeight+180)
	r.ScrollTo(95)
	r.win.Resize(fyne.NewSize(500, HeaderHeight+720))
	if first, last := r.VisibleRows(); first != 80 || last != 99 {
		t.Errorf("rows %d to %d are on screen", first, last)
	}
	for row := 80; row < 100; row++ {
		if r.CellText(row, "name") == "" {
			t.Errorf("row %d is blank", row)
		}
	}
}

func TestLongText_IsOneShortLine(t *testing.T) {
	r := newRig(t, 10, 500, HeaderHeight+360)
	long := make([]byte, 10_000)
	for i := range long {
		long[i] = "ab\n"[i%3]
	}
	r.sheet.cells = func(_ int64, column string) Cell {
		if column == "tags" {
			return Cell{Chips: []string{string(long), string(long)}}
		}
		return Cell{Text: string(long)}
	}
	r.Refresh()
	for _, c := range []string{"name", "tags"} {
		if got := r.CellText(0, c); len(got) > 80 || got == "" {
			t.Errorf("%s shows %d bytes: %.60q", c, len(got), got)
		}
	}
}

func TestChips_CountWhatDoesNotFit(t *testing.T) {
	r := newRig(t, 8, 500, HeaderHeight+360)
	tests := map[int]string{0: "", 1: "VIP", 2: "VIP Wedding", 3: "VIP +2"}
	for row, want := range tests {
		if got := r.CellText(row, "tags"); got != want {
			t.Errorf("row %d says %q, want %q", row, got, want)
		}
	}
	r.win.Resize(fyne.NewSize(900, 400))
	if got := r.CellText(3, "tags"); got != "VIP Wedding Repeat" {
		t.Errorf("with room it says %q", got)
	}
}

func TestChips_TextStandsInForNone(t *testing.T) {
	r := newRig(t, 8, 500, HeaderHeight+360)
	r.sheet.cells = func(_ int64, column string) Cell {
		if column == "tags" {
			return Cell{Text: "–", Muted: true}
		}
		return Cell{Text: "x"}
	}
	r.Refresh()
	if got := r.CellText(0, "tags"); got != "–" {
		t.Errorf("a row without chips says %q", got)
	}
}

package grid

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
)

func TestHeader_Sorts(t *testing.T) {
	r := newRig(t, 100, 700, 400)
	r.clickOn(t, "header:phone", -1, 0)
	r.SetSort("phone", false)
	r.clickOn(t, "header:phone", -1, 0)
	r.SetSort("phone", true)
	r.clickOn(t, "header:phone", -1, 0)
	r.clickOn(t, "header:name", -1, 0)
	r.clickOn(t, "header:tags", -1, 0) // can't be sorted
	r.wantCalls(t, "sort phone false", "sort phone true", "sort phone false", "sort name false")
}

func TestHeaderCheckbox_HasThreeStates(t *testing.T) {
	r := newRig(t, 100, 500, HeaderHeight+10*RowHeight)
	want := func(state CheckState) {
		t.Helper()
		if r.HeaderState() != state || r.view.header.check.state != state {
			t.Errorf("it is %d and drawn %d, want %d", r.HeaderState(), r.view.header.check.state, state)
		}
	}
	want(Unchecked)
	r.clickOn(t, "check", 2, 0)
	want(Partial)
	r.clickOn(t, "header-check", -1, 0)
	want(Checked)
	r.ScrollTo(5)
	want(Partial)
	r.ScrollTo(50)
	want(Unchecked)
	r.clickOn(t, "header-check", -1, 0)
	want(Checked)
	r.clickOn(t, "header-check", -1, 0)
	want(Unchecked)
	r.wantCalls(t, "toggle 2 true", "visible 0-9 true", "visible 50-59 true", "visible 50-59 false")

	r.SetHeaderState(Partial)
	want(Partial)
	r.SetHeaderState(Auto)
	want(Unchecked)
	r.sheet.ticked[55] = true
	r.RefreshSelection()
	want(Partial)

	r.sheet.keys = nil
	r.Refresh()
	r.taken()
	r.clickOn(t, "header-check", -1, 0)
	r.wantCalls(t)
	want(Unchecked)
}

func TestHeaderCheckbox_CountsRowsWhoseMiddleIsOnScreen(t *testing.T) {
	r := newRig(t, 100, 500, HeaderHeight+10*RowHeight)
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -20.0/wheelFactor)})
	r.clickOn(t, "header-check", -1, 0)
	r.wantCalls(t, "visible 1-10 true")
}

func TestEdge_DragResizes(t *testing.T) {
	r := newRig(t, 100, 700, 400)
	r.SetColumns(fiveColumns)
	before := slices.Clone(r.shape.widths)
	edge := r.columnLeft(1) + before[1]
	r.dragFrom(edge-2, 10, fyne.NewDelta(3, 0), fyne.NewDelta(20, 5), fyne.NewDelta(7, 400))
	if got := r.shape.widths[1]; got != before[1]+30 {
		t.Errorf("it is %g wide, want %g", got, before[1]+30)
	}
	if r.shape.widths[0] != before[0] || r.shape.widths[2] != before[2]-30 {
		t.Errorf("the others went from %v to %v", before, r.shape.widths)
	}
	for i, c := range r.Columns() {
		if c.Fixed != (i <= 1) {
			t.Errorf("column %s fixed: %v", c.ID, c.Fixed)
		}
	}
	if n := len(r.taken()); n != 1 {
		t.Errorf("OnColumns was called %d times", n)
	}
	r.dragFrom(r.columnLeft(1)+r.shape.widths[1], 10, fyne.NewDelta(-900, 0))
	if got := r.shape.widths[1]; got != defaultMinWidth {
		t.Errorf("pushed together it is %g wide", got)
	}
	if fiveColumns[1].Width != 90 {
		t.Error("the caller's columns were changed")
	}
}

func TestEdge_DoubleClickFits(t *testing.T) {
	r := newRig(t, 100, 700, 400)
	r.sheet.cells = func(int64, string) Cell { return Cell{Text: "a longer name than before"} }
	r.Refresh()
	for range 2 {
		r.clock = r.clock.Add(time.Millisecond)
		r.click(r.columnLeft(1)-1, 10, 0)
	}
	if got := r.CellText(0, "name"); got != "a longer name than before" {
		t.Errorf("it says %q", got)
	}
	if n := len(r.taken()); n != 1 {
		t.Errorf("OnColumns was called %d times", n)
	}
}

func TestColumn_DragMoves(t *testing.T) {
	r := newRig(t, 100, 700, 400)
	order := func() (ids []string) {
		for _, c := range r.Columns() {
			ids = append(ids, c.ID)
		}
		return ids
	}
	tests := []struct {
		from, to int
		before   float32 // where in the column it is dropped
		want     []string
	}{
		{1, 3, 0.6, []string{"name", "tags", "city", "phone", "do"}},
		{3, 1, 0.4, []string{"name", "phone", "tags", "city", "do"}},
		{2, 3, 0.4, []string{"name", "phone", "tags", "city", "do"}}, // not past its middle
		{1, 4, 0.9, []string{"name", "tags", "city", "phone", "do"}}, // actions stay last
		{3, 0, 0.1, []string{"name", "phone", "tags", "city", "do"}}, // sticky ones stay first
		{0, 3, 0.9, []string{"name", "phone", "tags", "city", "do"}},
		{4, 1, 0.1, []string{"name", "phone", "tags", "city", "do"}},
	}
	for i, tt := range tests {
		middle := r.columnLeft(tt.from) + r.shape.widths[tt.from]/2
		to := r.columnLeft(tt.to) + r.shape.widths[tt.to]*tt.before
		r.dragFrom(middle, 10, fyne.NewDelta((to-middle)/2, 0), fyne.NewDelta((to-middle)/2, 3))
		if got := order(); !slices.Equal(got, tt.want) {
			t.Errorf("drag %d: %v, want %v", i, got, tt.want)
		}
		if got := r.CellText(1, "phone"); got != "phone 1" {
			t.Errorf("drag %d: phone says %q", i, got)
		}
	}
}

func TestSlip_IsAClick(t *testing.T) {
	r := newRig(t, 100, 700, 400)
	r.dragFrom(20, HeaderHeight+10, fyne.NewDelta(2, 1), fyne.NewDelta(1, 0))
	r.dragFrom(r.columnLeft(1)+20, 10, fyne.NewDelta(3, 0))
	r.dragFrom(20, HeaderHeight+10, fyne.NewDelta(0, RowHeight))
	r.wantCalls(t, "toggle 0 true", "sort phone false")
}

func TestSticky_StaysWhileOthersScroll(t *testing.T) {
	r := newRig(t, 100, 300, 400)
	if r.shape.overflow <= 0 || r.shape.pinned != 1 {
		t.Fatalf("overflow %g, pinned %d", r.shape.overflow, r.shape.pinned)
	}
	name, phone := drawnAt(t, r, "name 3").X, drawnAt(t, r, "phone 3").X
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-10, 0)})
	if got := drawnAt(t, r, "name 3").X; got != name {
		t.Errorf("name went from %g to %g", name, got)
	}
	if got := drawnAt(t, r, "phone 3").X; got != phone-30 {
		t.Errorf("phone went from %g to %g", phone, got)
	}
	r.press(fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight)
	if r.scrollX != r.shape.overflow {
		t.Errorf("scrolled %g of %g", r.scrollX, r.shape.overflow)
	}
	r.clickOn(t, "action:delete", 1, 0)
	r.wantCalls(t, "action 1 delete")
	r.win.Resize(fyne.NewSize(900, 400))
	if r.scrollX != 0 || r.shape.overflow != 0 {
		t.Errorf("with room for all it is scrolled %g of %g", r.scrollX, r.shape.overflow)
	}
	r.win.Resize(fyne.NewSize(240, 400))
	if r.shape.pinned != 1 || r.shape.pinWidth > r.shape.viewWidth*2/3 {
		t.Errorf("pinned %d, %g of %g", r.shape.pinned, r.shape.pinWidth, r.shape.viewWidth)
	}
}

func TestSticky_NeverTakesAllTheRoom(t *testing.T) {
	r := newRig(t, 100, 300, 400)
	r.SetColumns([]Column{
		{ID: "a", Title: "A", Width: 220, MinWidth: 220, Sticky: true},
		{ID: "b", Title: "B", Width: 220, MinWidth: 220},
	})
	if r.shape.pinned != 0 || r.shape.pinWidth != checkWidth {
		t.Errorf("pinned %d, %g wide", r.shape.pinned, r.shape.pinWidth)
	}
	if got := r.CellText(0, "a"); got != "a 0" {
		t.Errorf("it says %q", got)
	}
}

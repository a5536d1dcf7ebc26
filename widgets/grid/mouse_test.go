package grid

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestClick_OnTheCheckboxToggles(t *testing.T) {
	r := newRig(t, 100, 500, 400)
	r.clickOn(t, "check", 3, 0)
	r.clickOn(t, "check", 5, 0)
	r.clickOn(t, "check", 3, 0)
	r.wantCalls(t, "toggle 3 true", "toggle 5 true", "toggle 3 false")
	r.wantTicked(t, 5)
	if r.FocusedRow() != 3 || r.win.Canvas().Focused() != r.Grid {
		t.Errorf("the keys act on row %d", r.FocusedRow())
	}
}

func TestClick_ThroughTheCanvas(t *testing.T) {
	r := newRig(t, 100, 500, 400)
	test.TapCanvas(r.win.Canvas(), fyne.NewPos(20, HeaderHeight+2*RowHeight+18))
	test.TapCanvas(r.win.Canvas(), fyne.NewPos(20, 18))
	r.wantCalls(t, "toggle 2 true", "visible 0-9 true")
	test.TapAt(r.Grid, fyne.NewPos(60, HeaderHeight+18))
	if r.FocusedRow() != 0 {
		t.Errorf("the keys act on row %d", r.FocusedRow())
	}
}

func TestClick_WithShiftAndControl(t *testing.T) {
	r := newRig(t, 100, 500, 400)
	row := func(n int) float32 { return HeaderHeight + float32(n)*RowHeight + 10 }
	r.click(60, row(2), 0)
	r.click(60, row(5), fyne.KeyModifierShift)
	r.wantCalls(t, "range 2-5 true")
	r.click(60, row(3), fyne.KeyModifierShift)
	r.wantCalls(t, "range 4-5 false")
	r.click(60, row(0), fyne.KeyModifierShift)
	r.wantCalls(t, "range 3-3 false", "range 0-1 true")
	r.click(60, row(8), fyne.KeyModifierShortcutDefault)
	r.wantCalls(t, "toggle 8 true")
	r.wantTicked(t, 0, 1, 2, 8)
}

func TestShiftClick_AfterTheRowsMoved(t *testing.T) {
	r := newRig(t, 100, 500, 400)
	r.click(60, HeaderHeight+2*RowHeight+10, 0)
	r.sheet.keys = r.sheet.keys[1:] // another row stands there now
	r.Refresh()
	r.click(60, HeaderHeight+5*RowHeight+10, fyne.KeyModifierShift)
	r.wantCalls(t, "range 2-5 true")
	r.wantTicked(t, 3, 4, 5, 6)
}

func TestDoubleClick_Opens(t *testing.T) {
	r := newRig(t, 100, 500, 400)
	y := float32(HeaderHeight + 10)
	r.click(60, y, 0)
	r.clock = r.clock.Add(10 * time.Millisecond)
	r.click(70, y, 0)
	r.wantCalls(t, "open 0")
	r.click(70, y, 0) // a third is a first
	r.clock = r.clock.Add(10 * time.Second)
	r.click(70, y, 0)
	r.wantCalls(t)
	r.click(70, y+RowHeight, 0) // another row
	r.wantCalls(t)
	r.sheet.keys = r.sheet.keys[1:] // another thing in the same row
	r.Refresh()
	r.click(70, y+RowHeight, 0)
	r.wantCalls(t)
	r.clickOn(t, "check", 1, 0)
	r.clickOn(t, "check", 1, 0)
	r.wantCalls(t, "toggle 1 true", "toggle 1 false")
}

func TestActions_OnlyThoseOfTheRow(t *testing.T) {
	r := newRig(t, 100, 700, 400)
	r.clickOn(t, "action:view", 0, 0)
	r.clickOn(t, "action:delete", 1, 0)
	r.wantCalls(t, "action 0 view", "action 1 delete")
	for _, target := range r.Targets() {
		if target.Row == 0 && target.Name == "action:delete" {
			t.Error("row 0 has a button that its source did not return")
		}
	}
}

func TestRightClick_OpensTheMenu(t *testing.T) {
	r := newRig(t, 100, 500, 400)
	test.TapSecondaryAt(r.Grid, fyne.NewPos(70, HeaderHeight+RowHeight+4))
	r.wantCalls(t, "menu 1 at 70,76")
	if r.FocusedRow() != 1 {
		t.Errorf("the keys act on row %d", r.FocusedRow())
	}
	test.TapSecondaryAt(r.Grid, fyne.NewPos(70, 5))
	r.sheet.keys = r.sheet.keys[:1]
	r.Refresh()
	test.TapSecondaryAt(r.Grid, fyne.NewPos(70, 200))
	r.wantCalls(t)
}

func TestHover_FollowsThePointerAndTheRows(t *testing.T) {
	r := newRig(t, 100, 700, HeaderHeight+360)
	hovered := func() (rows []int) {
		for _, s := range r.view.slots {
			if s.back.FillColor == r.view.look.hover {
				rows = append(rows, s.row)
			}
		}
		return rows
	}
	want := func(row ...int) {
		t.Helper()
		if got := hovered(); len(got) != len(row) || (len(got) == 1 && got[0] != row[0]) {
			t.Errorf("rows %v are lit, want %v", got, row)
		}
	}
	want()
	test.MoveMouse(r.win.Canvas(), fyne.NewPos(100, HeaderHeight+2*RowHeight+5))
	want(2)
	test.Scroll(r.win.Canvas(), fyne.NewPos(100, 100), 0, -12) // 36 down
	want(3)
	r.MouseOut()
	want()
	for _, target := range r.Targets() {
		if target.Name == "action:view" && target.Row == 4 {
			test.MoveMouse(r.win.Canvas(), target.Position.AddXY(3, 3))
			if r.Cursor() != desktop.PointerCursor {
				t.Error("a button is under the pointer, the cursor doesn't say so")
			}
		}
	}
	want(4)
	test.MoveMouse(r.win.Canvas(), fyne.NewPos(r.columnLeft(1)-1, 9))
	if r.Cursor() != desktop.HResizeCursor {
		t.Error("an edge is under the pointer, the cursor doesn't say so")
	}
}

func TestNoCallbacks_NothingHappens(t *testing.T) {
	r := newRig(t, 100, 700, 400)
	bare := New(fiveColumns)
	bare.SetSource(r.sheet)
	r.win.SetContent(bare)
	r.win.Resize(fyne.NewSize(701, 400))
	other := &rig{Grid: bare}
	for _, target := range bare.Targets() {
		for _, m := range []fyne.KeyModifier{0, fyne.KeyModifierShift, fyne.KeyModifierShortcutDefault} {
			other.click(target.Position.X+3, target.Position.Y+3, m)
		}
		bare.TappedSecondary(&fyne.PointEvent{Position: target.Position})
	}
	other.press(fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn, fyne.KeyDelete, desktop.KeyMenu, fyne.KeyF10)
	other.pressShift(fyne.KeyDown, fyne.KeySpace, fyne.KeyF10)
	bare.TypedShortcut(&fyne.ShortcutSelectAll{})
	other.dragFrom(bare.columnLeft(2), 10, fyne.NewDelta(30, 0))
	r.wantTicked(t)
}

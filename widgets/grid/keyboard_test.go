package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestKeys_MoveTheRow(t *testing.T) {
	r := newRig(t, million, 500, HeaderHeight+10*RowHeight)
	r.win.Canvas().Focus(r.Grid)
	control := func(k fyne.KeyName) {
		r.TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault})
	}
	steps := []struct {
		do    func()
		row   int
		first int
	}{
		{func() {}, 0, 0},
		{func() { r.press(fyne.KeyUp) }, 0, 0},
		{func() { r.press(fyne.KeyDown, fyne.KeyDown) }, 2, 0},
		{func() { r.press(fyne.KeyPageDown) }, 12, 3},
		{func() { r.press(fyne.KeyUp) }, 11, 3},
		{func() { r.press(fyne.KeyPageUp) }, 1, 1},
		{func() { control(fyne.KeyEnd) }, 999_999, 999_990},
		{func() { r.press(fyne.KeyDown, fyne.KeyPageDown) }, 999_999, 999_990},
		{func() { control(fyne.KeyHome) }, 0, 0},
		{func() { r.press(fyne.KeyEnd) }, 999_999, 999_990},
		{func() { r.press(fyne.KeyHome) }, 0, 0},
	}
	for i, s := range steps {
		s.do()
		if first, _ := r.VisibleRows(); r.FocusedRow() != s.row || first != s.first {
			t.Errorf("step %d: row %d, first on screen %d; want %d and %d", i, r.FocusedRow(), first, s.row, s.first)
		}
	}
	r.wantCalls(t)
}

func TestKeys_StartAtTheFirstRowOnScreen(t *testing.T) {
	r := newRig(t, million, 500, HeaderHeight+10*RowHeight)
	r.ScrollTo(5000)
	r.press(fyne.KeyDown)
	if r.FocusedRow() != 5000 {
		t.Errorf("the keys act on row %d", r.FocusedRow())
	}
}

func TestKeys_Act(t *testing.T) {
	r := newRig(t, 100, 500, 400)
	r.win.Canvas().Focus(r.Grid)
	r.press(fyne.KeyDown, fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDelete, desktop.KeyMenu)
	r.wantCalls(t, "toggle 1 true", "open 1", "open 1", "delete 1", "menu 1 at 48,90")
	r.pressShift(fyne.KeyF10)
	r.wantCalls(t, "menu 1 at 48,90")
	r.TypedShortcut(&fyne.ShortcutSelectAll{})
	r.wantCalls(t, "all")
	r.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeySpace, Modifier: fyne.KeyModifierShortcutDefault})
	r.wantCalls(t, "toggle 1 false")
}

func TestShiftKeys_StretchAndShrink(t *testing.T) {
	r := newRig(t, 100, 500, HeaderHeight+10*RowHeight)
	r.FocusRow(5)
	r.pressShift(fyne.KeyDown, fyne.KeyDown)
	r.wantCalls(t, "range 5-6 true", "range 7-7 true")
	r.pressShift(fyne.KeyUp)
	r.wantCalls(t, "range 7-7 false")
	r.pressShift(fyne.KeyUp, fyne.KeyUp)
	r.wantCalls(t, "range 6-6 false", "range 4-5 true")
	r.pressShift(fyne.KeyHome)
	r.wantCalls(t, "range 0-3 true")
	r.pressShift(fyne.KeyPageDown)
	r.wantCalls(t, "range 0-4 false", "range 6-10 true")
	r.press(fyne.KeyDown)
	r.pressShift(fyne.KeySpace)
	r.wantCalls(t, "range 11-11 true")
	r.wantTicked(t, 5, 6, 7, 8, 9, 10, 11)
}

func TestKeys_ThatTheGridHasNoUseForReachTheWindow(t *testing.T) {
	r := newRig(t, 10, 500, 400)
	c := r.win.Canvas()
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) { r.note("key %s", ev.Name) })
	c.SetOnTypedRune(func(ru rune) { r.note("rune %c", ru) })
	c.Focus(r.Grid)
	r.press(fyne.KeyEscape, fyne.KeyF5, fyne.KeyF10, fyne.KeyDown)
	r.TypedRune('x')
	r.TypedRune(' ')
	r.wantCalls(t, "key Escape", "key F5", "key F10", "rune x")
}

func TestNotCheckable_TicksNothing(t *testing.T) {
	r := newRig(t, 100, 500, 400)
	r.SetCheckable(false)
	for _, target := range r.Targets() {
		if target.Name == "check" || target.Name == "header-check" {
			t.Errorf("there still is a %s", target.Name)
		}
	}
	r.click(20, HeaderHeight+10, 0)
	r.click(20, HeaderHeight+100, fyne.KeyModifierShift)
	r.click(20, HeaderHeight+100, fyne.KeyModifierShortcutDefault)
	r.press(fyne.KeySpace)
	r.pressShift(fyne.KeyDown)
	r.TypedShortcut(&fyne.ShortcutSelectAll{})
	r.wantCalls(t)
}

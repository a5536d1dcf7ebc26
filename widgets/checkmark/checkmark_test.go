package checkmark_test

import (
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/checkmark"
)

func TestBoxStates(t *testing.T) {
	test.NewTempApp(t)
	for name, state := range map[string]checkmark.State{
		"off": checkmark.Off, "on": checkmark.On, "partial": checkmark.Partial,
	} {
		b := checkmark.NewBox(checkmark.Off)
		b.SetState(state)
		if b.State() != state {
			t.Errorf("%s: state %v", name, b.State())
		}
		test.AssertObjectRendersToMarkup(t, "box_"+name+".xml", b)
		b.SetDisabled(true)
		test.AssertObjectRendersToMarkup(t, "box_"+name+"_disabled.xml", b)
	}
}

func TestTickToggles(t *testing.T) {
	test.NewTempApp(t)
	var got []bool
	tick := checkmark.NewTick("Surat", func(on bool) { got = append(got, on) })
	w := test.NewTempWindow(t, tick)
	w.Resize(fyne.NewSize(256, 60))

	tick.SetOn(true)
	tick.SetState(checkmark.Partial)
	tick.Set("Surat", 12, checkmark.Off)
	if len(got) != 0 {
		t.Fatalf("setters called back: %v", got)
	}
	test.TapAt(tick, fyne.NewPos(250, 14)) // the far end of the row
	if w.Canvas().Focused() != tick {
		t.Error("a click doesn't take the focus")
	}
	tick.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	tick.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	tick.SetState(checkmark.Partial)
	tick.Toggle()
	if len(got) != 3 || !got[0] || got[1] || !got[2] {
		t.Errorf("called back with %v, want on, off, on", got)
	}
	tick.Disable()
	test.Tap(tick)
	tick.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if len(got) != 3 || !tick.On() {
		t.Error("a disabled row was toggled")
	}
}

func TestTickBubblesOtherKeys(t *testing.T) {
	test.NewTempApp(t)
	tick := checkmark.NewTick("Surat", nil)
	w := test.NewTempWindow(t, tick)
	var got fyne.KeyName
	w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { got = ev.Name })
	tick.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if got != fyne.KeyEscape {
		t.Errorf("got %q", got)
	}
}

func TestTickLooks(t *testing.T) {
	test.NewTempApp(t)
	make1 := func(count int, state checkmark.State) *checkmark.Tick {
		tick := checkmark.NewTick("", nil)
		tick.Format = func(n int) string { return "n=" + strconv.Itoa(n) }
		tick.Set("A city with a long name", count, state)
		tick.Resize(fyne.NewSize(160, checkmark.RowHeight))
		return tick
	}
	test.AssertObjectRendersToMarkup(t, "tick_off.xml", make1(146, checkmark.Off))
	test.AssertObjectRendersToMarkup(t, "tick_on.xml", make1(146, checkmark.On))
	test.AssertObjectRendersToMarkup(t, "tick_zero.xml", make1(0, checkmark.Off))
	test.AssertObjectRendersToMarkup(t, "tick_no_count.xml", make1(checkmark.NoCount, checkmark.Off))
	focused := make1(146, checkmark.Off)
	focused.FocusGained()
	test.AssertObjectRendersToMarkup(t, "tick_focused.xml", focused)
	disabled := make1(146, checkmark.On)
	disabled.Disable()
	test.AssertObjectRendersToMarkup(t, "tick_disabled.xml", disabled)
	if got := make1(146, checkmark.Off).AccessibilityLabel(); got != "A city with a long name, n=146" {
		t.Errorf("label %q", got)
	}
}

func TestTickTabOrder(t *testing.T) {
	test.NewTempApp(t)
	one, two := checkmark.NewTick("one", nil), checkmark.NewTick("two", nil)
	c := test.NewTempWindow(t, container.NewVBox(one, two)).Canvas()
	one.Disable()
	c.FocusNext()
	if c.Focused() != two {
		t.Errorf("focus on %v", c.Focused())
	}
	if two.MinSize().Height != 28 {
		t.Errorf("a row is %v high", two.MinSize().Height)
	}
}

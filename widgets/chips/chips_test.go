package chips_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/chips"
)

func row(t *testing.T, width float32, n int) (*chips.Row, fyne.Canvas, *[]string) {
	t.Helper()
	test.NewTempApp(t)
	var removed []string
	r := chips.NewRow("AND", func(n int) string { return "+" + strconv.Itoa(n) },
		func(key string) { removed = append(removed, key) })
	list := make([]chips.Chip, n)
	for i := range list {
		list[i] = chips.Chip{Key: strconv.Itoa(i), Text: fmt.Sprintf("Condition %d", i)}
	}
	r.SetChips(list)
	w := test.NewTempWindow(t, r)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, 44))
	return r, w.Canvas(), &removed
}

func TestRowNeverGrows(t *testing.T) {
	r, _, _ := row(t, 300, 0)
	empty := r.MinSize()
	long := chips.Chip{Key: "long", Text: "Tags is any of a great many tags, one after the other, on and on"}
	r.SetChips([]chips.Chip{long, long, long})
	if r.MinSize() != empty {
		t.Errorf("smallest size %v, was %v", r.MinSize(), empty)
	}
	for width := empty.Width; width < 900; width += 35 {
		r.Resize(fyne.NewSize(width, 44))
		if r.Shown() < 1 {
			t.Errorf("at %v none is shown", width)
		}
		for _, o := range test.WidgetRenderer(r).Objects() {
			if o.Visible() && o.Position().X+o.Size().Width > width+0.01 {
				t.Errorf("at %v something reaches to %v", width, o.Position().X+o.Size().Width)
			}
		}
	}
}

func TestRemoving(t *testing.T) {
	r, c, removed := row(t, 900, 3)
	if r.Shown() != 3 {
		t.Fatalf("%d shown", r.Shown())
	}
	c.FocusNext() // the first chip
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	c.FocusNext()
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	c.FocusNext()
	last := c.Focused().(fyne.Tappable)
	test.TapAt(last, fyne.NewPos(15, 14)) // on its text
	if want := []string{"0", "1"}; !slices.Equal(*removed, want) {
		t.Errorf("removed %v, want %v", *removed, want)
	}
	test.TapAt(last, fyne.NewPos(last.(fyne.CanvasObject).Size().Width-14, 14))
	if want := []string{"0", "1", "2"}; !slices.Equal(*removed, want) {
		t.Errorf("removed %v, want %v", *removed, want)
	}
	if len(r.Chips()) != 3 {
		t.Error("a chip went before SetChips said so")
	}
}

func TestFocusMovesOn(t *testing.T) {
	r, c, removed := row(t, 900, 3)
	r.OnRemove = func(key string) {
		*removed = append(*removed, key)
		r.SetChips(slices.DeleteFunc(r.Chips(), func(c chips.Chip) bool { return c.Key == key }))
	}
	c.FocusNext()
	c.FocusNext()
	for range 3 {
		c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	}
	if want := []string{"1", "2", "0"}; !slices.Equal(*removed, want) {
		t.Errorf("removed %v, want %v", *removed, want)
	}
	if c.Focused() != nil {
		t.Errorf("focus on %v", c.Focused())
	}
}

func TestTheRestOpens(t *testing.T) {
	r, c, removed := row(t, 330, 5)
	shown := r.Shown()
	if shown == 0 || shown >= 5 {
		t.Fatalf("%d shown", shown)
	}
	c.FocusPrevious() // the last pill
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if c.Overlays().Top() == nil {
		t.Fatal("nothing opened")
	}
	c.FocusNext()
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if c.Overlays().Top() != nil {
		t.Fatal("Escape doesn't close it")
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	c.FocusNext()
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	if want := []string{strconv.Itoa(shown)}; !slices.Equal(*removed, want) {
		t.Errorf("removed %v, want %v", *removed, want)
	}
	if c.Overlays().Top() != nil {
		t.Error("it stays open")
	}
}

func TestLooks(t *testing.T) {
	_, c, _ := row(t, 900, 2)
	test.AssertRendersToMarkup(t, "all.xml", c)
	_, c, _ = row(t, 330, 5)
	c.FocusNext()
	test.AssertRendersToMarkup(t, "rest.xml", c)
	_, c, _ = row(t, 70, 1)
	test.AssertRendersToMarkup(t, "narrow.xml", c)
	_, c, _ = row(t, 300, 0)
	test.AssertRendersToMarkup(t, "none.xml", c)
}

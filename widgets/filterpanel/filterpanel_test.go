package filterpanel_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/checkmark"
	"lethe/widgets/filterpanel"
	"lethe/widgets/keys"
)

func words() filterpanel.Words {
	return filterpanel.Words{
		Search: "Search",
		More:   func(n int) string { return fmt.Sprintf("Show %d more", n) },
		Fewer:  "Show fewer",
	}
}

func values(n int) []filterpanel.Value {
	list := make([]filterpanel.Value, n)
	for i := range list {
		list[i] = filterpanel.Value{Key: strconv.Itoa(i), Label: fmt.Sprintf("City %d", i), Count: i}
	}
	return list
}

// shown is the texts of the focusable things in a section, top to bottom, and the things.
func shown(c fyne.Canvas) (texts []string, objects []fyne.Focusable) {
	c.Unfocus()
	for {
		c.FocusNext()
		f := c.Focused()
		if f == nil || slices.Contains(objects, f) {
			return texts, objects
		}
		objects = append(objects, f)
		switch f := f.(type) {
		case *checkmark.Tick:
			texts = append(texts, f.Label())
		case *keys.Entry:
			texts = append(texts, "["+f.Text+"]")
		case fyne.Accessible:
			texts = append(texts, f.AccessibilityLabel())
		}
	}
}

func section(t *testing.T) (*filterpanel.Section, fyne.Canvas, *[]string) {
	t.Helper()
	test.NewTempApp(t)
	var got []string
	s := filterpanel.NewSection("Location", words())
	s.OnChanged = func(key string, on bool) { got = append(got, fmt.Sprint(key, on)) }
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(256, 600))
	return s, w.Canvas(), &got
}

func press(o fyne.Focusable, name fyne.KeyName) { o.TypedKey(&fyne.KeyEvent{Name: name}) }

func wantShown(t *testing.T, c fyne.Canvas, want ...string) []fyne.Focusable {
	t.Helper()
	texts, objects := shown(c)
	if !slices.Equal(texts, want) {
		t.Fatalf("shown %q, want %q", texts, want)
	}
	return objects
}

func TestMoreAndFewer(t *testing.T) {
	s, c, _ := section(t)
	s.SetValues(values(6))
	wantShown(t, c, "Location", "City 0", "City 1", "City 2", "City 3", "City 4", "City 5")

	list := values(10)
	list[8].On = true // shown though it stands far down
	s.SetValues(list)
	objects := wantShown(t, c, "Location", "City 0", "City 1", "City 2", "City 3", "City 4", "City 5", "City 8", "Show 3 more")
	press(objects[8], fyne.KeySpace)
	objects = wantShown(t, c, "Location", "City 0", "City 1", "City 2", "City 3", "City 4", "City 5", "City 6", "City 7", "City 8", "City 9", "Show fewer")
	test.Tap(objects[11].(fyne.Tappable))
	wantShown(t, c, "Location", "City 0", "City 1", "City 2", "City 3", "City 4", "City 5", "City 8", "Show 3 more")
}

func TestManyComeInSteps(t *testing.T) {
	s, c, _ := section(t)
	s.SetValues(values(200))
	texts, objects := shown(c)
	if last := texts[len(texts)-1]; last != "Show 50 more" {
		t.Fatalf("the last is %q", last)
	}
	press(objects[len(objects)-1], fyne.KeyReturn)
	if texts, _ = shown(c); len(texts) != 2+6+50+2 {
		t.Errorf("%d things shown", len(texts))
	}
}

func TestSearch(t *testing.T) {
	s, c, _ := section(t)
	s.SetValues(values(20))
	if texts, _ := shown(c); slices.Contains(texts, "[]") {
		t.Error("a search box for twenty values")
	}
	s.SetValues(values(21))
	_, objects := shown(c)
	test.Type(objects[1], " CITY 1")
	wantShown(t, c, "Location", "[ CITY 1]", "City 1", "City 10", "City 11", "City 12", "City 13", "City 14", "Show 5 more")
	s.SetValues(values(3)) // the box goes, and what stands in it no longer counts
	wantShown(t, c, "Location", "City 0", "City 1", "City 2")
}

func TestSetValuesIsSilentAndInPlace(t *testing.T) {
	s, c, got := section(t)
	s.SetValues(values(3))
	objects := wantShown(t, c, "Location", "City 0", "City 1", "City 2")
	c.Focus(objects[2])
	list := values(3)
	list[1].Count, list[1].On = 99, true
	slices.Reverse(list)
	s.SetValues(list)
	if len(*got) != 0 {
		t.Errorf("called back %v", *got)
	}
	tick := objects[2].(*checkmark.Tick)
	if c.Focused() != tick || tick.Count() != 99 || !tick.On() {
		t.Errorf("focus kept %v, count %d, on %v", c.Focused() == tick, tick.Count(), tick.On())
	}
	wantShown(t, c, "Location", "City 2", "City 1", "City 0")
}

func TestToggling(t *testing.T) {
	s, c, got := section(t)
	s.SetValues(values(2))
	_, objects := shown(c)
	test.Tap(objects[2].(fyne.Tappable))
	press(objects[1], fyne.KeySpace)
	press(objects[2], fyne.KeySpace)
	if want := []string{"1true", "0true", "1false"}; !slices.Equal(*got, want) {
		t.Errorf("called back %v, want %v", *got, want)
	}
	if v := s.Values(); !v[0].On || v[1].On {
		t.Errorf("values %v", v)
	}
}

func TestFolding(t *testing.T) {
	s, c, _ := section(t)
	s.SetValues(values(2))
	var folded []bool
	s.OnFolded = func(open bool) { folded = append(folded, open) }
	tall := s.MinSize().Height
	_, objects := shown(c)
	press(objects[0], fyne.KeyRight) // is open already
	press(objects[0], fyne.KeyLeft)
	if s.Open() || s.MinSize().Height >= tall {
		t.Errorf("open %v, %v high, was %v", s.Open(), s.MinSize().Height, tall)
	}
	wantShown(t, c, "Location")
	press(objects[0], fyne.KeySpace)
	test.Tap(objects[0].(fyne.Tappable))
	s.SetOpen(true)
	if want := []bool{false, true, false}; !slices.Equal(folded, want) {
		t.Errorf("folded %v, want %v", folded, want)
	}
	if s.MinSize().Height != tall {
		t.Errorf("%v high, was %v", s.MinSize().Height, tall)
	}
}

func TestPanel(t *testing.T) {
	test.NewTempApp(t)
	cleared := 0
	p := filterpanel.New("Clear all", func() { cleared++ })
	one, two := filterpanel.NewSection("One", words()), filterpanel.NewSection("Two", words())
	two.SetBadge(2)
	two.SetExtra(widget.NewLabel("Any Of"))
	p.SetItems(one, two)
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(filterpanel.Width, 400))
	if p.MinSize().Width != filterpanel.Width {
		t.Errorf("%v wide", p.MinSize().Width)
	}
	low := p.MinSize().Height
	one.SetValues(values(60))
	if p.MinSize().Height != low {
		t.Error("values make the panel grow")
	}
	if two.Position().Y < one.MinSize().Height {
		t.Error("the second section lies over the first")
	}
	test.Tap(p.Button())
	p.SetFooter("146 match", true)
	test.Tap(p.Button())
	if cleared != 1 || p.FooterText() != "146 match" {
		t.Errorf("cleared %d times, says %q", cleared, p.FooterText())
	}

	_, objects := shown(w.Canvas())
	w.Canvas().Focus(objects[len(objects)-2]) // the heading of the second, far down
	test.AssertRendersToMarkup(t, "scrolled.xml", w.Canvas())
}

func TestLooks(t *testing.T) {
	s, c, _ := section(t)
	list := values(8)
	list[1].On = true
	s.SetValues(list)
	s.SetBadge(1)
	test.AssertRendersToMarkup(t, "open.xml", c)
	s.SetOpen(false)
	s.SetTitle("Place")
	test.AssertRendersToMarkup(t, "closed.xml", c)
}

// What changes several sections at once draws the panel once.
func TestPanel_BatchDrawsOnce(t *testing.T) {
	p := filterpanel.New("Clear all", nil)
	drawn := &counted{}
	drawn.ExtendBaseWidget(drawn)
	var sections []*filterpanel.Section
	items := []fyne.CanvasObject{drawn}
	for range 4 {
		s := filterpanel.NewSection("One", filterpanel.Words{})
		sections, items = append(sections, s), append(items, s)
	}
	p.SetItems(items...)
	w := test.NewTempWindow(t, p)
	w.Resize(fyne.NewSize(filterpanel.Width, 400))
	before := drawn.refreshed
	p.Batch(func() {
		for _, s := range sections {
			s.SetValues([]filterpanel.Value{{Key: "a", Label: "A"}})
		}
	})
	if n := drawn.refreshed - before; n != 1 {
		t.Errorf("four sections grew and the panel was drawn %d times", n)
	}
	for i, s := range sections {
		if want := s.MinSize().Height; s.Size().Height != want {
			t.Errorf("section %d is %g high and takes %g", i, s.Size().Height, want)
		}
	}
	before = drawn.refreshed
	p.Batch(func() { sections[0].SetValues(sections[0].Values()) })
	if drawn.refreshed != before {
		t.Error("nothing changed and the panel was drawn")
	}
}

// counted is a widget that counts how often it is drawn anew.
type counted struct {
	widget.BaseWidget
	refreshed int
}

func (c *counted) Refresh() { c.refreshed++ }

func (c *counted) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(nil))
}

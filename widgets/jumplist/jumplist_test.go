package jumplist_test

import (
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/jumplist"
)

func open(t *testing.T) (*jumplist.List, fyne.Window, *[]string) {
	t.Helper()
	test.NewTempApp(t)
	var log []string
	l := jumplist.New(func(key string, entering bool) { log = append(log, fmt.Sprintf("%s %v", key, entering)) })
	l.SetItems([]jumplist.Item{
		{Label: "The business", Head: true},
		{Key: "name", Label: "Business"},
		{Key: "tags", Label: "Tags"},
		{Label: "This computer", Head: true},
		{Key: "look", Label: "Look"},
	})
	w := test.NewTempWindow(t, container.NewVBox(l))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 200))
	return l, w, &log
}

func press(l *jumplist.List, names ...fyne.KeyName) {
	for _, n := range names {
		l.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func TestTheFirstSectionIsMarked(t *testing.T) {
	l, _, log := open(t)
	if l.Selected() != "name" || len(*log) != 0 {
		t.Errorf("marked %q, log %v", l.Selected(), *log)
	}
	l.SetSelected("look")
	l.SetSelected("nothing")
	l.SetItems([]jumplist.Item{{Key: "look", Label: "Look"}, {Key: "name", Label: "Business"}})
	if l.Selected() != "look" || len(*log) != 0 {
		t.Errorf("marked %q, log %v", l.Selected(), *log)
	}
	l.SetItems([]jumplist.Item{{Key: "name", Label: "Business"}})
	if l.Selected() != "name" {
		t.Errorf("marked %q", l.Selected())
	}
}

func TestByKeyboard(t *testing.T) {
	l, w, log := open(t)
	var bubbled []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { bubbled = append(bubbled, ev.Name) })
	press(l, fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyHome, fyne.KeyEnd, fyne.KeySpace, fyne.KeyEscape, fyne.KeyF5)
	want := []string{"tags false", "look false", "look true", "name false", "look false", "look true"}
	if !slices.Equal(*log, want) {
		t.Errorf("log %v, want %v", *log, want)
	}
	if !slices.Equal(bubbled, []fyne.KeyName{fyne.KeyEscape, fyne.KeyF5}) {
		t.Errorf("bubbled %v", bubbled)
	}
}

func TestByPointer(t *testing.T) {
	l, w, log := open(t)
	test.TapCanvas(w.Canvas(), fyne.NewPos(20, 10)) // a title
	test.TapCanvas(w.Canvas(), fyne.NewPos(20, 34+28+14))
	if l.Selected() != "tags" || !slices.Equal(*log, []string{"tags false"}) {
		t.Errorf("marked %q, log %v", l.Selected(), *log)
	}
}

func TestLooks(t *testing.T) {
	l, w, _ := open(t)
	test.AssertRendersToMarkup(t, "first.xml", w.Canvas())
	w.Canvas().Focus(l)
	press(l, fyne.KeyDown)
	test.AssertRendersToMarkup(t, "focused.xml", w.Canvas())
	if l.AccessibilityLabel() != "Tags" {
		t.Errorf("told of as %q", l.AccessibilityLabel())
	}
}

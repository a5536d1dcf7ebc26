package desktest_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk/desktest"
)

func TestCutOff(t *testing.T) {
	test.NewTempApp(t)
	long := "a text that is a good deal longer than the room that it is given here"
	for name, c := range map[string]struct {
		content fyne.CanvasObject
		cut     bool
	}{
		"it fits":                     {widget.NewLabel("short"), false},
		"over the edge":               {container.NewWithoutLayout(widget.NewLabel(long)), true},
		"wrapped":                     {wrapped(long), false},
		"scrolls across":              {container.NewHScroll(widget.NewLabel(long)), false},
		"scrolls up and down only":    {container.NewVScroll(container.NewWithoutLayout(widget.NewLabel(long))), true},
		"in too narrow a column":      {narrow(long), true},
		"on one another":              {crowd(), true},
		"below the edge":              {below(false), true},
		"below the edge, and scrolls": {below(true), false},
	} {
		w := test.NewTempWindow(t, c.content)
		w.SetPadded(false)
		w.Resize(fyne.NewSize(200, 120))
		if got := desktest.CutOff(w); len(got) > 0 != c.cut {
			t.Errorf("%s: cut off %v, found %q", name, c.cut, got)
		}
	}
}

func wrapped(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return container.NewVScroll(l)
}

func narrow(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.Resize(fyne.NewSize(60, 30))
	return container.NewHScroll(container.NewWithoutLayout(l))
}

func crowd() fyne.CanvasObject {
	a, b := widget.NewLabel("first"), widget.NewLabel("second")
	a.Resize(a.MinSize())
	b.Resize(b.MinSize())
	b.Move(fyne.NewPos(20, 0))
	return container.NewWithoutLayout(a, b)
}

func below(scrolls bool) fyne.CanvasObject {
	lines := container.NewVBox()
	for range 20 {
		lines.Add(widget.NewLabel("line"))
	}
	if scrolls {
		return container.NewVScroll(lines)
	}
	l := widget.NewLabel("line")
	l.Move(fyne.NewPos(0, 400))
	return container.NewWithoutLayout(l)
}

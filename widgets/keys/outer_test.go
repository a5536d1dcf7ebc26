package keys_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
)

// wide gives its object more room than the window has.
type wide struct{ size fyne.Size }

func (w wide) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }
func (w wide) MinSize([]fyne.CanvasObject) fyne.Size        { return w.size }

func TestTheWheelOverAnEntryScrollsTheWindow(t *testing.T) {
	test.NewTempApp(t)
	entry := keys.NewEntry()
	outer := keys.NewOuter(container.New(wide{fyne.NewSize(600, 500)}, container.NewVBox(entry)))
	w := test.NewTempWindow(t, container.NewStack(outer))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 150))
	test.Scroll(w.Canvas(), fyne.NewPos(60, 15), 0, -50)
	if outer.Offset.Y == 0 {
		t.Error("the entry swallowed the wheel")
	}
}

func TestOuterBringsTheFocusIntoViewThroughScrollsInBetween(t *testing.T) {
	test.NewTempApp(t)
	first, last := keys.NewEntry(), keys.NewEntry()
	box := container.NewVBox(first)
	for range 30 {
		box.Add(widget.NewLabel("between"))
	}
	box.Add(container.NewHBox(widget.NewLabel("a long way to the right of everything else here"), last))
	inner := container.NewVScroll(box)
	keys.Follow(inner, box)
	outer := keys.NewOuter(container.New(wide{fyne.NewSize(600, 500)}, inner))
	w := test.NewTempWindow(t, container.NewStack(outer))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(200, 150))

	visible := func(o fyne.CanvasObject) bool {
		d := fyne.CurrentApp().Driver()
		at := d.AbsolutePositionForObject(o)
		end := at.Add(o.Size())
		return at.X >= 0 && at.Y >= 0 && min(end.X, at.X+200) <= 200.5 && end.Y <= 150.5
	}
	w.Canvas().Focus(last)
	if !visible(last) {
		t.Errorf("the last is at %v", fyne.CurrentApp().Driver().AbsolutePositionForObject(last))
	}
	if outer.Offset.X == 0 || outer.Offset.Y == 0 || inner.Offset.Y == 0 {
		t.Errorf("outer %v, inner %v", outer.Offset, inner.Offset)
	}
	w.Canvas().Focus(first)
	if at := fyne.CurrentApp().Driver().AbsolutePositionForObject(first); at.Y < 0 || at.X < 0 {
		t.Errorf("the first is at %v", at)
	}
	over := keys.NewEntry()
	before := outer.Offset
	widget.NewPopUp(container.NewVBox(widget.NewLabel("over it"), over), w.Canvas()).ShowAtPosition(fyne.NewPos(0, 400))
	w.Canvas().Focus(over)
	if outer.Offset != before {
		t.Error("what is over the window moves it")
	}
}

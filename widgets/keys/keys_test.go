package keys_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
)

func TestEscapeBubbles(t *testing.T) {
	test.NewTempApp(t)
	pressed := 0
	entry, button := keys.NewEntry(), keys.NewButton("Go", func() { pressed++ })
	w := test.NewTempWindow(t, container.NewVBox(entry, button))
	var got []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { got = append(got, ev.Name) })

	for _, f := range []fyne.Focusable{entry, button} {
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF5})
	}
	if want := []fyne.KeyName{
		fyne.KeyEscape, fyne.KeyF1, fyne.KeyF5, fyne.KeyEscape, fyne.KeyF1, fyne.KeyF5,
	}; !slices.Equal(got, want) {
		t.Errorf("bubbled %v, want %v", got, want)
	}
	test.Type(entry, "abc")
	if entry.Text != "abc" {
		t.Errorf("entry holds %q", entry.Text)
	}

	w.Canvas().Focus(button)
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if pressed != 0 {
		t.Error("Enter pressed a button that doesn't answer to it")
	}
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if pressed != 1 || w.Canvas().Focused() != button {
		t.Errorf("Space: pressed %d times, focus on %v", pressed, w.Canvas().Focused())
	}
	button.EnterPresses = true
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter})
	button.Disable()
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnter})
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if pressed != 2 {
		t.Errorf("pressed %d times, want 2", pressed)
	}
}

func TestBubbleWithoutListener(t *testing.T) {
	test.NewTempApp(t)
	entry := keys.NewPasswordEntry()
	test.NewTempWindow(t, entry)
	if keys.Bubble(entry, &fyne.KeyEvent{Name: fyne.KeyEscape}) {
		t.Error("somebody took the key")
	}
	if !entry.Password {
		t.Error("a password entry shows what is typed")
	}
}

func TestFollowScrollsToTheFocus(t *testing.T) {
	test.NewTempApp(t)
	first, last := keys.NewEntry(), keys.NewEntry()
	box := container.NewVBox(first)
	for range 20 {
		box.Add(widget.NewLabel("between"))
	}
	box.Add(container.NewVBox(last))
	scroll := container.NewVScroll(box)
	w := test.NewTempWindow(t, scroll)
	w.Resize(fyne.NewSize(200, 120))
	keys.Follow(scroll, box)

	w.Canvas().Focus(last)
	if bottom := box.MinSize().Height - scroll.Size().Height; scroll.Offset.Y != bottom {
		t.Errorf("offset %v, want %v", scroll.Offset.Y, bottom)
	}
	w.Canvas().Focus(first)
	if scroll.Offset.Y != 0 {
		t.Errorf("offset %v, want 0", scroll.Offset.Y)
	}
}

func TestTheWheelOverAnEntryScrollsWhatIsAround(t *testing.T) {
	test.NewTempApp(t)
	entry := keys.NewEntry()
	box := container.NewVBox(entry)
	for range 40 {
		box.Add(widget.NewLabel("line"))
	}
	scroll := container.NewVScroll(box)
	w := test.NewTempWindow(t, scroll)
	w.Resize(fyne.NewSize(300, 200))
	keys.Follow(scroll, box)
	test.Scroll(w.Canvas(), fyne.NewPos(60, 20), 0, -50)
	if scroll.Offset.Y == 0 {
		t.Error("the entry swallowed the wheel")
	}
	test.Tap(entry)
	test.Type(entry, "still an entry")
	if entry.Text != "still an entry" {
		t.Errorf("it holds %q", entry.Text)
	}
}

// What has the focus has a frame, which is another colour than what the button is
// filled with.
func TestTheFocusIsToBeSeen(t *testing.T) {
	test.NewTempApp(t)
	for _, importance := range []widget.Importance{
		widget.LowImportance, widget.MediumImportance, widget.HighImportance, widget.DangerImportance,
	} {
		b := keys.NewButton("Go", nil)
		b.Importance = importance
		w := test.NewTempWindow(t, container.NewVBox(b))
		ring := func() *canvas.Rectangle {
			objects := test.WidgetRenderer(b).Objects()
			r, _ := objects[len(objects)-1].(*canvas.Rectangle)
			return r
		}
		if ring().Visible() {
			t.Errorf("importance %d: a frame without the focus", importance)
		}
		w.Canvas().Focus(b)
		r := ring()
		if !r.Visible() || r.StrokeWidth < 2 || r.Size() != b.Size() {
			t.Errorf("importance %d: no frame with the focus", importance)
		}
		if back, ok := test.WidgetRenderer(b).Objects()[0].(*canvas.Rectangle); ok && back.FillColor == r.StrokeColor {
			t.Errorf("importance %d: the frame has the colour of the button", importance)
		}
		w.Canvas().Unfocus()
		if ring().Visible() {
			t.Errorf("importance %d: the frame stays", importance)
		}
	}
}

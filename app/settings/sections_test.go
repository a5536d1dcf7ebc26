package settings

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"lethe/app/choice"
	"lethe/app/desk/desktest"
	"lethe/widgets/jumplist"
)

// parts finds the list of sections, the scroll with them, and where a section's
// title stands in the window.
func parts(t *testing.T, w fyne.Window) (*jumplist.List, *container.Scroll, func(title string) float32) {
	t.Helper()
	var list *jumplist.List
	var scroll *container.Scroll
	for _, o := range desktest.Objects(w) {
		switch o := o.(type) {
		case *jumplist.List:
			list = o
		case *container.Scroll:
			if scroll == nil && o.Size().Width > 300 {
				scroll = o
			}
		}
	}
	if list == nil || scroll == nil {
		t.Fatal("the page has no sections")
	}
	return list, scroll, func(title string) float32 {
		lowest := float32(-1e6) // the list beside has the same text, at the left
		for _, o := range desktest.Objects(w) {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
			if text, ok := o.(*canvas.Text); ok && text.Text == title && at.X > list.Size().Width {
				lowest = max(lowest, at.Y)
			}
		}
		return lowest
	}
}

func TestTheListGoesToASection(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	list, scroll, at := parts(t, k.Window)
	if list.Selected() != "Business" || at("Look") < 800 {
		t.Fatalf("at first %q is marked, and Look stands at %v", list.Selected(), at("Look"))
	}
	desktest.Press(t, k.Window, "Look")
	if list.Selected() != "Look" || at("Look") < 0 || at("Look") > 60 {
		t.Errorf("%q is marked, and Look stands at %v", list.Selected(), at("Look"))
	}
	if k.Window.Canvas().Focused() != nil {
		t.Error("a click took the focus into the section")
	}
	scroll.ScrollToTop()
	scroll.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -1)})
	if list.Selected() != "Business" {
		t.Errorf("back at the top %q is marked", list.Selected())
	}
	desktest.Press(t, k.Window, "Data folder") // the last one comes to the top as well
	if top := at("Data folder"); top < 0 || top > 60 {
		t.Errorf("the last section stands at %v", top)
	}
}

func TestTheMarkStaysInSightInALowWindow(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	k.Window.Resize(fyne.NewSize(700, 320))
	list, _, _ := parts(t, k.Window)
	k.Window.Canvas().Focus(list)
	for range 20 {
		desktest.Key(k.Window, fyne.KeyDown)
		top, tall := list.Marked()
		if y := fyne.CurrentApp().Driver().AbsolutePositionForObject(list).Y + top; y < 0 || y+tall > 320 {
			t.Errorf("%s stands at %v", list.Selected(), y)
		}
	}
	if list.Selected() != "Data folder" {
		t.Errorf("at the end %q is marked", list.Selected())
	}
	desktest.Key(k.Window, fyne.KeyHome)
	if y := fyne.CurrentApp().Driver().AbsolutePositionForObject(list).Y; y < 0 {
		t.Errorf("back at the first, the list stands at %v", y)
	}
}

func TestEnterGoesIntoTheSection(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	list, _, at := parts(t, k.Window)
	k.Window.Canvas().Focus(list)
	for range 20 {
		if list.Selected() == "Look" {
			break
		}
		desktest.Key(k.Window, fyne.KeyDown)
	}
	desktest.Key(k.Window, fyne.KeyReturn)
	theme, ok := k.Window.Canvas().Focused().(*choice.Select)
	if !ok || theme.Selected != "Light" {
		t.Fatalf("the focus is on %T", k.Window.Canvas().Focused())
	}
	if top := at("Look"); top < 0 || top > 60 {
		t.Errorf("Look stands at %v", top)
	}
}

// What a change of the team builds anew stays where it was.
func TestTheSectionStaysThroughAChangeOfTheTeam(t *testing.T) {
	k := desktest.New(t)
	show(t, k)
	desktest.Press(t, k.Window, "Look")
	k.Real.Add(t, "Neha Joshi", 3)
	k.Settle()
	list, _, at := parts(t, k.Window)
	if list.Selected() != "Look" || at("Look") < 0 || at("Look") > 60 {
		t.Errorf("%q is marked, and Look stands at %v", list.Selected(), at("Look"))
	}
}

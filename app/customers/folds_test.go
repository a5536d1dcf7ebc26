package customers

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/widgets/filterpanel"
)

// turn clicks on a section's heading.
func turn(t *testing.T, s *filterpanel.Section) {
	t.Helper()
	head, ok := test.WidgetRenderer(s).Objects()[0].(*fyne.Container).Objects[0].(fyne.Tappable)
	if !ok {
		t.Fatal("the section has no heading")
	}
	test.Tap(head)
}

func TestTheSidebarOpensAsItWasLeft(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Sanjay Kapoor")
	s := sit(t, k)
	city, source := s.choice(t, data.FieldCity), s.choice(t, data.FieldSource)
	if !city.box.Open() || s.side.moreHead.Open() || source.box.Open() {
		t.Fatal("at first the sidebar isn't as usual")
	}
	turn(t, city.box)
	turn(t, s.side.moreHead)
	turn(t, source.box)
	k.Settle()
	s.Close()

	again := sit(t, k)
	if again.choice(t, data.FieldCity).box.Open() || !again.side.moreHead.Open() || !again.choice(t, data.FieldSource).box.Open() {
		t.Error("the sidebar forgot what was opened and closed")
	}
	if !again.choice(t, data.FieldActivity).box.Open() {
		t.Error("what nobody touched is closed")
	}
	turn(t, again.choice(t, data.FieldCity).box)
	k.Settle()
	again.Close()
	if third := sit(t, k); !third.choice(t, data.FieldCity).box.Open() {
		t.Error("what was opened again is closed")
	}
}

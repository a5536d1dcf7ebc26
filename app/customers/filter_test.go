package customers

import (
	"slices"
	"testing"
	"time"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
)

func (s *seat) times(t *testing.T, f data.Field) *timeFilter {
	t.Helper()
	for _, one := range append(s.side.first[:len(s.side.first):len(s.side.first)], s.side.more...) {
		if x, ok := one.(*timeFilter); ok && x.field == f {
			return x
		}
	}
	t.Fatalf("no section for %s", f)
	return nil
}

// inTouch takes in customers who were last in touch so many days ago; -1 is never.
func inTouch(t *testing.T, k *desktest.Kit, days ...int) {
	t.Helper()
	fill(t, k, nil, func(yield func(*store.ImportRow) error) error {
		for i, n := range days {
			c := data.Customer{Name: "Somebody", Phone: 919820010001 + data.Phone(i), Created: k.Clock()}
			if n >= 0 {
				c.LastReceived = k.Clock().Add(-time.Duration(n) * 24 * time.Hour)
			}
			if err := yield(&store.ImportRow{Customer: c}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestLastInteraction(t *testing.T) {
	k := desktest.New(t)
	inTouch(t, k, 1, 40, 100, 200, 400, -1)
	s := sit(t, k)
	f := s.times(t, data.FieldLastInteraction)
	pick := func(op data.Op) { f.op.SetSelectedIndex(1 + slices.Index(data.OpsFor(data.TimeValue), op)) }
	want := func(what string, n int) {
		t.Helper()
		if len(s.rows.ids) != n {
			t.Errorf("%s: %d, want %d", what, len(s.rows.ids), n)
		}
	}
	pick(data.OpMoreThanAgo)
	want("no number yet", 6)
	f.days.SetText("90")
	want("more than 90 days ago", 3)
	if chips := s.strip.chips.Chips(); len(chips) != 1 || chips[0].Text != "No interaction for more than 90 days" {
		t.Errorf("chips %v", chips)
	}
	f.never.Toggle()
	want("or never contacted", 4)
	f.days.SetText("ninety")
	want("no number", 6)
	f.days.SetText("90")
	pick(data.OpWithinDays)
	want("within, or never", 3)
	pick(data.OpBefore)
	want("no day yet", 6)
	f.from.SetText("1 Jan 2026")
	want("before, or never", 2)
	pick(data.OpBetween)
	f.to.SetText("31/8/2026")
	want("between, or never", 3)
	pick(data.OpIsNotSet)
	want("never", 1)
	pick(data.OpIsSet)
	want("ever", 5)
	s.strip.chips.OnRemove(string(data.FieldLastInteraction))
	want("the cross", 6)
	if f.op.SelectedIndex() != 0 {
		t.Errorf("after the cross the operator is %q", f.op.Selected)
	}
}

func TestOperatorsOfChoices(t *testing.T) {
	k := desktest.New(t)
	fillDemo(t, k)
	s := sit(t, k)
	city := s.choice(t, data.FieldCity)
	pick := func(op data.Op) { city.op.SetSelectedIndex(slices.Index(operators(data.FieldCity), op)) }
	pick(data.OpContains)
	if len(s.filter.Conditions) != 0 || !city.text.Visible() {
		t.Error("Contains without a text narrows, or takes none")
	}
	city.text.SetText("ur")
	contains := len(s.rows.ids)
	if contains == 0 || contains == 1714 {
		t.Errorf("Contains matches %d", contains)
	}
	pick(data.OpIsNotSet)
	unset := len(s.rows.ids)
	pick(data.OpIsSet)
	if got := len(s.rows.ids); got+unset != 1714 || unset == 0 {
		t.Errorf("%d set, %d not", got, unset)
	}
	s.press(t, "Clear all")
	s.tickValue(t, data.FieldCity, "")
	if len(s.rows.ids) != unset {
		t.Error("Not Set as a value is not the same as Is Not Set")
	}
	s.press(t, "Clear all")

	tags := s.choice(t, data.FieldTags)
	s.tickValue(t, data.FieldTags, "Brendon Travel")
	s.tickValue(t, data.FieldTags, "Retail")
	either := len(s.rows.ids)
	tags.op.SetSelected("All Of")
	both := len(s.rows.ids)
	if both == 0 || both >= 146 || either != 146+150-both {
		t.Errorf("%d have either, %d both", either, both)
	}
	// Another section's values count within what is left.
	if v := s.valueOf(t, data.FieldTags, "Retail"); v.Count != both {
		t.Errorf("under All Of, Retail counts %d", v.Count)
	}
}

// TestStaleAnswers: an answer that comes late does not replace a newer one.
func TestStaleAnswers(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi", "Gauri Rao")
	late := newLate()
	k.Desk.Tasks = late.runner
	s := sit(t, k)
	late.finish()
	if len(s.rows.ids) != 3 {
		t.Fatalf("%d rows", len(s.rows.ids))
	}
	s.bar.entry.SetText("gauri")
	if b := s.button("Delete Filtered"); b == nil || !b.Disabled() {
		t.Error("a count that isn't known yet can be deleted by")
	}
	s.bar.entry.SetText("gauri r")
	s.bar.entry.SetText("dev")
	late.finish()
	if len(s.rows.ids) != 1 || s.bar.badge.text != "1 of 3" {
		t.Errorf("%d rows, badge %q", len(s.rows.ids), s.bar.badge.text)
	}
	if b := s.button("Delete Filtered (1)"); b == nil || b.Disabled() {
		t.Error("the answer is there, and the button isn't")
	}
}

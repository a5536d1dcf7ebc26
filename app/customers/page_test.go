package customers

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lethe/app/desk/desktest"
	"lethe/data"
)

// TestNarrowByTag is the cohort of the sample: 146 with the tag Brendon Travel.
func TestNarrowByTag(t *testing.T) {
	k := desktest.New(t)
	fillDemo(t, k)
	s := sit(t, k)
	if got := s.bar.badge.text; got != "1,714 total" {
		t.Errorf("badge %q", got)
	}
	if s.strip.bar.Text() != "Tick customers to delete some, or filter on the left." {
		t.Errorf("strip %q", s.strip.bar.Text())
	}
	if s.button("Delete All") == nil || s.button("Delete Filtered") != nil {
		t.Error("nothing is narrowed: Delete All, not Delete Filtered")
	}
	place := s.bar.importing.Position()

	s.tickValue(t, data.FieldTags, "Brendon Travel")
	if got := s.bar.badge.text; got != "146 of 1,714" {
		t.Errorf("badge %q", got)
	}
	if got := s.side.panel.FooterText(); got != "146 customers match" {
		t.Errorf("footer %q", got)
	}
	if got := len(s.rows.ids); got != 146 {
		t.Errorf("%d rows", got)
	}
	if s.button("Delete All") != nil || s.bar.importing.Position() != place {
		t.Error("Delete All stays, or another button took its place")
	}
	if got := s.strip.chips.Chips(); len(got) != 1 || got[0].Text != "Tags is any of Brendon Travel" {
		t.Errorf("chips %v", got)
	}
	// The counts beside one's own field tell what one more tick adds, those of
	// others what is left.
	if v := s.valueOf(t, data.FieldTags, "Brendon Travel"); v.Count != 146 || !v.On {
		t.Errorf("tag row %+v", v)
	}
	sum := 0
	for _, v := range s.choice(t, data.FieldActivity).box.Values() {
		sum += v.Count
	}
	if sum != 146 {
		t.Errorf("activity counts %d", sum)
	}

	s.press(t, "Delete Filtered (146)")
	if len(s.deleted) != 1 {
		t.Fatal("no deletion was started")
	}
	r := s.deleted[0]
	if r.Way != data.WayFiltered || r.Words != "Tags is any of Brendon Travel" || len(r.IDs) != 146 {
		t.Errorf("asked for %s %q of %d", r.Way, r.Words, len(r.IDs))
	}
	s.strip.chips.OnRemove("tags")
	if s.bar.badge.text != "1,714 total" || s.valueOf(t, data.FieldTags, "Brendon Travel").On {
		t.Error("the chip's cross left something")
	}
}

// TestFilterIsAnsweredAsAPlainLoopDoes compares what is listed with a loop
// over what the store holds.
func TestFilterIsAnsweredAsAPlainLoopDoes(t *testing.T) {
	k := desktest.New(t)
	fillDemo(t, k)
	s := sit(t, k)
	s.tickValue(t, data.FieldCity, "Surat")
	s.tickValue(t, data.FieldCity, "Pune")
	s.tickValue(t, data.FieldState, "Maharashtra")
	s.bar.entry.SetText("sharma")
	var want []data.CustomerID
	err := k.Real.Customers(t.Context(), k.Actor, func(r *data.Row) error {
		named := strings.Contains(strings.ToLower(r.Name+"\n"+r.WhatsAppName+"\n"+r.Email+"\n"+r.Company), "sharma")
		if (r.City == "Surat" || r.City == "Pune") && r.State == "Maharashtra" && named {
			want = append(want, r.ID)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(slices.Values(s.rows.ids))
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("listed %d, want %d", len(got), len(want))
	}
	if len(s.strip.chips.Chips()) != 3 {
		t.Errorf("chips %v", s.strip.chips.Chips())
	}
	s.press(t, "Clear all")
	if len(s.rows.ids) != 1714 || s.bar.entry.Text != "" {
		t.Error("Clear all leaves something")
	}
}

func TestSelection(t *testing.T) {
	k := desktest.New(t)
	fillDemo(t, k)
	s := sit(t, k)
	s.tick(0, 11, true)
	if got := s.strip.bar.Text(); got != "12 Selected Items" {
		t.Errorf("strip %q", got)
	}
	picked := slices.Clone(s.rows.ids[:12])
	s.sortBy(string(data.FieldName), false)
	s.tickValue(t, data.FieldTags, "Brendon Travel")
	hidden := 12 - s.selected.Within(s.rows.ids)
	if s.selected.Len() != 12 || s.hidden != hidden || hidden == 0 {
		t.Fatalf("%d selected, %d hidden, want 12 and %d", s.selected.Len(), s.hidden, hidden)
	}
	if s.button("Delete All") != nil || s.button("Delete Filtered") != nil {
		t.Error("a deletion of others than the selected is offered")
	}

	s.strip.hidden.OnTapped() // show
	if got := slices.Sorted(slices.Values(s.rows.ids)); !slices.Equal(got, slices.Sorted(slices.Values(picked))) {
		t.Error("the selected alone are not listed")
	}
	s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if len(s.rows.ids) != 146 || s.selected.Len() != 12 {
		t.Error("Escape does not lead back to the list")
	}

	s.press(t, "Select all 146 matching")
	if s.selected.Len() != 146+hidden || s.hidden != hidden {
		t.Errorf("%d selected, %d hidden", s.selected.Len(), s.hidden)
	}
	s.tick(3, 3, false)
	s.press(t, "Delete")
	if len(s.deleted) != 1 {
		t.Fatal("no deletion was started")
	}
	r := s.deleted[0]
	ids := slices.Sorted(slices.Values(r.IDs))
	if r.Way != data.WaySelected || r.Hidden != hidden || len(slices.Compact(ids)) != 145+hidden {
		t.Errorf("asked for %s of %d, %d hidden", r.Way, len(r.IDs), r.Hidden)
	}
	r.Done(false)
	if s.selected.Len() != 145+hidden {
		t.Error("a cancelled deletion clears the selection")
	}
	r.Done(true)
	if s.selected.Len() != 0 || s.button("Delete Filtered (146)") == nil {
		t.Error("the selection stays after the act")
	}
}

func TestSelectionFollowsTheStore(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi", "Amit Rao")
	s := sit(t, k)
	s.SelectAll()
	few(t, k, "Gauri Kulkarni", "Dev Joshi", "Amit Rao", "Zoya Verma")
	if s.selected.Len() != 3 || len(s.rows.ids) != 4 {
		t.Errorf("%d of %d selected", s.selected.Len(), len(s.rows.ids))
	}
	s.event(data.Event{Kind: data.CustomersChanged, Removed: s.rows.ids[:1]})
	gone := 0
	for _, id := range s.selected.IDs() {
		if id == s.rows.ids[0] {
			gone++
		}
	}
	if gone != 0 {
		t.Error("a customer who is gone is still selected")
	}
}

func TestDeleteKeyAndRowActions(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi", "Amit Rao")
	s := sit(t, k)
	s.grid.FocusRow(1)
	s.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	s.grid.OnAction(2, actionDelete)
	s.tick(0, 0, true)
	s.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if len(s.deleted) != 3 {
		t.Fatalf("%d deletions were started", len(s.deleted))
	}
	for i, want := range []struct {
		way data.Way
		row int
	}{{data.WayOne, 1}, {data.WayOne, 2}, {data.WaySelected, 0}} {
		r := s.deleted[i]
		if r.Way != want.way || !slices.Equal(r.IDs, []data.CustomerID{s.rows.ids[want.row]}) {
			t.Errorf("%d: asked for %s of %v", i, r.Way, r.IDs)
		}
	}
	s.unselect()
	s.press(t, "Delete All")
	if last := s.deleted[3]; last.Way != data.WayAll || len(last.IDs) != 0 {
		t.Errorf("Delete All asks for %+v", last)
	}
}

func TestEmptyStates(t *testing.T) {
	k := desktest.New(t)
	leads := member(t, k, data.TeamLead)
	owns := k.Real.Add(t, "Kavya Nair", k.Real.Role(t, "Own only", data.DeleteCustomers))
	k.Settle()
	lead := sit(t, k.As(t, leads))
	if lead.empty.text.Text != "No customers yet. Ask Asha Sharma to import them." || lead.empty.button.Visible() {
		t.Errorf("team lead: %q", lead.empty.text.Text)
	}
	lead.kit.End()
	own := sit(t, k.As(t, owns))
	if own.empty.text.Text != "No customer is assigned to you yet." {
		t.Errorf("own only: %q", own.empty.text.Text)
	}
	own.kit.End()
	owner := sit(t, k)
	if owner.empty.text.Text != "No customers yet. Drop your DoubleTick export here, or choose a file." {
		t.Errorf("owner: %q", owner.empty.text.Text)
	}
	owner.empty.button.OnTapped()
	if len(owner.imported) != 1 || owner.imported[0] != "" {
		t.Errorf("imported %q", owner.imported)
	}

	few(t, k, "Gauri Kulkarni", "Dev Joshi", "Amit Rao")
	if owner.empty.box.Visible() {
		t.Error("something is listed, and yet it says that nobody is")
	}
	owner.bar.entry.SetText("98200 51")
	if owner.empty.text.Text != "Nobody called '98200 51' here." || owner.empty.button.Text != "Clear all" {
		t.Errorf("search: %q [%s]", owner.empty.text.Text, owner.empty.button.Text)
	}
	owner.tickValue(t, data.FieldCity, "Pune")
	owner.bar.entry.SetText("gauri")
	if owner.empty.button.Text != "Search all 3" {
		t.Errorf("search within a filter: [%s]", owner.empty.button.Text)
	}
	owner.empty.button.OnTapped()
	if len(owner.rows.ids) != 1 || len(owner.filter.Conditions) != 0 {
		t.Error("Search all does not search all")
	}
	owner.setFilter(data.Filter{Conditions: []data.Condition{
		{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Kochi"}},
	}})
	if owner.empty.text.Text != "No customer matches these filters." || owner.empty.button.Text != "Clear all" {
		t.Errorf("filter: %q", owner.empty.text.Text)
	}
	owner.empty.button.OnTapped()
	if len(owner.rows.ids) != 3 {
		t.Error("Clear all does not clear")
	}
}

func TestSmallWindow(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni")
	s := sit(t, k)
	if !s.side.panel.Visible() || s.bar.filters.Visible() {
		t.Error("wide: the sidebar stands beside the list")
	}
	k.Window.Resize(fyne.NewSize(728, 500))
	if s.side.panel.Visible() || s.grid.Position().X != 0 {
		t.Error("narrow: the sidebar is hidden at first")
	}
	if ends := s.bar.entry.Position().X + s.bar.entry.Size().Width; ends > s.bar.add.Position().X || s.bar.entry.PlaceHolder != "Search" {
		t.Errorf("narrow: the search ends at %v, beyond where Add begins, %v; it says %q", ends, s.bar.add.Position().X, s.bar.entry.PlaceHolder)
	}
	s.press(t, "Filters")
	if !s.side.panel.Visible() || s.grid.Position().X != 0 {
		t.Error("narrow: the sidebar lies over the list")
	}
	if !s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape}) || s.side.panel.Visible() {
		t.Error("Escape closes it")
	}
	s.open(s.rows.ids[0])
	if !s.details.panel.Visible() {
		t.Error("details are not shown")
	}
	k.Window.Resize(fyne.NewSize(1208, 700))
	if !s.side.panel.Visible() || s.bar.filters.Visible() {
		t.Error("wide again: the sidebar stands beside the list")
	}
	if right := s.bar.fields.Position().X + s.bar.fields.Size().Width; right > 1208-256 {
		t.Errorf("the title row ends at %v", right)
	}
}

package customers

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/widgets/grid"
	"lethe/widgets/keys"
)

// entries are the entries in the dialog on top.
func (s *seat) entries() []*keys.Entry {
	var out []*keys.Entry
	for _, o := range objects(s.kit.Window) {
		if e, ok := o.(*keys.Entry); ok && e.Visible() {
			out = append(out, e)
		}
	}
	return out
}

func TestCreateSegment(t *testing.T) {
	k := desktest.New(t)
	fillDemo(t, k)
	s := sit(t, k)
	// The desk tells of a write on a goroutine of its own; here the test does.
	s.cancel()
	settle := func() {
		k.Settle()
		s.event(data.Event{Kind: data.SegmentsChanged})
	}
	if s.button("Create segment") != nil {
		t.Error("nothing to keep, and yet a segment can be created")
	}
	s.tickValue(t, data.FieldTags, "Brendon Travel")
	settle()
	s.press(t, "Create segment")
	before := len(s.entries())
	stored := func() []data.Segment {
		list, err := k.Real.Segments(t.Context(), k.Actor)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	dialogButton := func(text string) *keys.Button {
		var last *keys.Button
		for _, o := range objects(k.Window) {
			if b, ok := o.(*keys.Button); ok && b.Text == text {
				last = b
			}
		}
		return last
	}
	dialogButton("Create segment").OnTapped()
	settle()
	if len(stored()) != 0 {
		t.Error("a segment without a name")
	}
	dialogButton("Cancel").OnTapped()
	if k.Window.Canvas().Overlays().Top() != nil || len(stored()) != 0 {
		t.Error("Cancel leaves something")
	}

	s.press(t, "Create segment")
	list := s.entries()
	if len(list) != before {
		t.Fatalf("%d entries, then %d", before, len(list))
	}
	list[len(list)-2].SetText("  Bad campaign ")
	list[len(list)-1].SetText("Bought in 2024")
	dialogButton("Create segment").OnTapped()
	settle()
	got := stored()
	if len(got) != 1 || got[0].Name != "Bad campaign" || got[0].Description != "Bought in 2024" ||
		got[0].Filter.Encode() != s.filter.Encode() {
		t.Fatalf("stored %+v", got)
	}
	if s.bar.segment.Text != "Bad campaign" {
		t.Errorf("the title says %q", s.bar.segment.Text)
	}
	if v := s.side.segments.Values(); len(v) != 1 || v[0].Count != 146 || !v[0].On {
		t.Errorf("sidebar: %+v", v)
	}

	s.press(t, "Create segment")
	list = s.entries()
	list[len(list)-2].SetText("Bad campaign")
	dialogButton("Create segment").OnTapped()
	settle()
	if len(stored()) != 1 || k.Window.Canvas().Overlays().Top() == nil {
		t.Error("two segments of one name")
	}
	dialogButton("Cancel").OnTapped()

	s.tickValue(t, data.FieldCity, "Surat")
	settle()
	if s.bar.segment.Text != "Bad campaign" || len(s.rows.ids) >= 146 {
		t.Error("a segment can't be narrowed further")
	}
	s.bar.segmentMenu().Items[0].Action()
	settle()
	if s.bar.segment.Text != "All customers" || len(s.rows.ids) != 1714 {
		t.Error("All customers are not all")
	}
	s.side.segments.OnChanged(s.side.segments.Values()[0].Key, true)
	settle()
	if len(s.rows.ids) != 146 {
		t.Error("the segment in the sidebar does nothing")
	}
	s.side.segments.OnChanged(s.side.segments.Values()[0].Key, false)
	settle()
	if len(s.rows.ids) != 1714 {
		t.Error("the segment can't be left")
	}
	// Its count follows the list.
	s.side.segments.OnChanged(s.side.segments.Values()[0].Key, true)
	settle()
	id := s.rows.ids[0]
	if err := k.Real.EditCustomer(t.Context(), k.Real.Owner, data.Edit{
		Customer: id, Version: s.stored(t, id).Row.Version, RemoveTags: []string{"Brendon Travel"},
	}, ""); err != nil {
		t.Fatal(err)
	}
	settle()
	s.event(data.Event{Kind: data.CustomersChanged})
	k.Settle()
	if v := s.side.segments.Values(); v[0].Count != 145 || len(s.rows.ids) != 145 {
		t.Errorf("one lost the tag, and the sidebar says %d, the list %d", v[0].Count, len(s.rows.ids))
	}
}

func TestNoSegmentsWithoutTheRight(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi")
	s := sit(t, k.As(t, member(t, k, data.TeamLead)))
	s.tickValue(t, data.FieldCity, "Surat")
	if s.button("Create segment") != nil {
		t.Error("Create segment is there")
	}
	s.createSegment()
	if s.kit.Window.Canvas().Overlays().Top() != nil {
		t.Error("the dialog opens")
	}
}

func TestSetFields(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi")
	s := sit(t, k)
	want := []string{"name", "phone", "tags", "city", "last_interaction", "created", "action"}
	ids := func(p *Page) []string {
		var out []string
		for _, c := range p.grid.Columns() {
			out = append(out, c.ID)
		}
		return out
	}
	if got := ids(s.Page); !slices.Equal(got, want) {
		t.Errorf("columns %v", got)
	}
	f := &fieldPicker{page: s.Page, list: &fyne.Container{}}
	f.take(s.columns.shown())
	f.toggle(data.FieldTags, false)
	f.toggle(data.FieldCompany, true)
	f.move(1, 0)
	s.columns.choose(nil)
	for _, field := range f.fields[:f.shown] {
		s.columns.chosen = append(s.columns.chosen, choice{Field: field})
	}
	s.columns.choose(s.columns.chosen)
	s.setColumns()
	want = []string{"phone", "name", "city", "last_interaction", "created", "company", "action"}
	if got := ids(s.Page); !slices.Equal(got, want) {
		t.Errorf("columns %v", got)
	}
	again := sit(t, k)
	if got := ids(again.Page); !slices.Equal(got, want) {
		t.Errorf("the next time: %v", got)
	}
	// Another width, as the header's drag reports it.
	columns := again.grid.Columns()
	columns[1].Width, columns[1].Fixed = 321, true
	again.grid.OnColumns(columns)
	var third []grid.Column = sit(t, k).grid.Columns()
	if third[1].Width != 321 || !third[1].Fixed {
		t.Errorf("the width is %v", third[1].Width)
	}
}

func TestDetails(t *testing.T) {
	k := desktest.New(t)
	fillDemo(t, k)
	var gauri data.CustomerID
	err := k.Real.Customers(t.Context(), k.Actor, func(r *data.Row) error {
		if r.Name == "Gauri Kulkarni" && gauri == 0 {
			gauri = r.ID
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Real.AddNote(t.Context(), k.Actor, gauri, "Prefers a call\nafter 6 pm."); err != nil {
		t.Fatal(err)
	}
	err = k.Real.AddInteraction(t.Context(), k.Actor, data.Interaction{
		Customer: gauri, Kind: data.InteractionVisit, At: k.Clock(), Line: "Came to the shop.",
	})
	if err != nil {
		t.Fatal(err)
	}
	k.Settle()
	s := sit(t, k)
	s.open(gauri)
	said := strings.Join(texts(k.Window), "\n")
	for _, want := range []string{
		"Gauri Kulkarni", "+91 82999 95902", "Surat", "CTWA Ad", "Prefers a call\nafter 6 pm.",
		"Visit: Came to the shop.", "23 Nov 2026, 09:30 · Asha Sharma", "Lead Stage", "–",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("the details don't say %q", want)
		}
	}
	if !s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape}) || s.details.panel.Visible() {
		t.Error("Escape doesn't close the details")
	}
	if s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape}) {
		t.Error("Escape is taken where there is nothing to close")
	}
	s.open(gauri)
	s.event(data.Event{Kind: data.CustomersChanged, Removed: []data.CustomerID{gauri}})
	if s.details.panel.Visible() {
		t.Error("the details of somebody who is gone")
	}
}

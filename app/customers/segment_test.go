package customers

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/app/desk"
	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/keys"
)

// topButton is the last button of that text on the layer on top.
func (s *seat) topButton(t *testing.T, text string) {
	t.Helper()
	var last *keys.Button
	for _, o := range objects(s.kit.Window) {
		if b, ok := o.(*keys.Button); ok && b.Visible() && b.Text == text && !b.Disabled() {
			last = b
		}
	}
	if last == nil {
		t.Fatalf("no button %q", text)
	}
	test.Tap(last)
	s.kit.Settle()
}

// item clicks an item of the segments' menu.
func (s *seat) item(t *testing.T, text string) {
	t.Helper()
	for _, item := range s.bar.segmentMenu().Items {
		if strings.HasPrefix(item.Label, text) {
			item.Action()
			s.kit.Settle()
			return
		}
	}
	t.Fatalf("no item %q", text)
}

func (s *seat) segmentsStored(t *testing.T) []data.Segment {
	t.Helper()
	all, err := s.kit.Real.Segments(t.Context(), s.kit.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// ofSurat is a page with a segment of those in Surat, chosen.
func ofSurat(t *testing.T) (*seat, int64) {
	t.Helper()
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi", "Amit Rao")
	id, err := k.Real.AddSegment(t.Context(), k.Real.Owner, data.Segment{Name: "Of Surat", Filter: data.Filter{Conditions: []data.Condition{
		{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat"}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	k.Settle()
	s := sit(t, k)
	s.chooseSegment(id)
	return s, id
}

func TestEditASegment(t *testing.T) {
	s, id := ofSurat(t)
	if len(s.rows.ids) != 2 || s.sizes[id] != 2 {
		t.Fatalf("%d rows, %d counted", len(s.rows.ids), s.sizes[id])
	}
	s.item(t, "Edit “Of Surat”")
	entries := s.entries()
	name, about := entries[len(entries)-2], entries[len(entries)-1]
	name.SetText("Surat and Pune")
	about.SetText("Both towns")
	shot(t, s.kit.Window, "segment-edit")
	s.topButton(t, "Cancel")
	if g := s.segmentsStored(t)[0]; g.Name != "Of Surat" || g.Edited != 0 {
		t.Fatalf("Cancel changes it: %+v", g)
	}
	// Its conditions are changed in the sidebar, then kept.
	s.tickValue(t, data.FieldCity, "Pune")
	s.item(t, "Edit “Of Surat”")
	entries = s.entries()
	name, about = entries[len(entries)-2], entries[len(entries)-1]
	name.SetText("Surat and Pune")
	about.SetText("Both towns")
	for _, o := range objects(s.kit.Window) {
		if tick, ok := o.(interface {
			fyne.Tappable
			Label() string
		}); ok && tick.Label() == "Use the conditions of the list now" {
			tick.Tapped(&fyne.PointEvent{})
		}
	}
	s.kit.Real.Clock.Add(time.Hour)
	shot(t, s.kit.Window, "segment-edit-conditions")
	s.topButton(t, "Save changes")
	g := s.segmentsStored(t)[0]
	if g.Name != "Surat and Pune" || g.Description != "Both towns" || len(g.Filter.Conditions[0].Values) != 2 {
		t.Errorf("stored %+v", g)
	}
	if g.Edited != s.kit.Real.Clock.Now().Unix() || g.Editor != s.kit.Real.Owner.User() || g.Created == g.Edited {
		t.Errorf("who and when: %+v", g)
	}
	if s.sizes[id] != 3 {
		t.Errorf("%d counted", s.sizes[id])
	}
	// Who changed it last is shown where its customers are deleted.
	s.press(t, "Delete Filtered (3)")
	if got := s.deleted[0].Segment; got != "Segment “Surat and Pune”. Made 23 Nov 2026 by Asha Sharma. Changed 23 Nov 2026, 10:30 by Asha Sharma." {
		t.Errorf("the deletion is told %q", got)
	}
}

func TestDeleteASegment(t *testing.T) {
	s, _ := ofSurat(t)
	s.item(t, "Delete “Of Surat”")
	shot(t, s.kit.Window, "segment-delete")
	s.topButton(t, "Cancel")
	if len(s.segmentsStored(t)) != 1 {
		t.Fatal("Cancel deletes it")
	}
	s.item(t, "Delete “Of Surat”")
	s.topButton(t, "Delete segment")
	if len(s.segmentsStored(t)) != 0 || len(s.kit.Real.IDs(t)) != 3 {
		t.Error("the segment stays, or its customers went")
	}
	for _, item := range s.bar.segmentMenu().Items {
		if strings.Contains(item.Label, "Of Surat") {
			t.Errorf("the menu has %q", item.Label)
		}
	}
}

func TestSegmentsOfOthersAreOnlyLookedAt(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni")
	if _, err := k.Real.AddSegment(t.Context(), k.Real.Owner, data.Segment{Name: "Everybody blocked", Filter: data.Filter{Conditions: []data.Condition{
		{Field: data.FieldBlocked, Op: data.OpAnyOf, Values: []string{data.FlagYes}},
	}}}); err != nil {
		t.Fatal(err)
	}
	lead := member(t, k, data.TeamLead)
	k.Settle()
	s := sit(t, k.As(t, lead))
	s.chooseSegment(s.segments[0].ID)
	for _, item := range s.bar.segmentMenu().Items {
		if strings.HasPrefix(item.Label, "Edit") || strings.HasPrefix(item.Label, "Delete") {
			t.Errorf("a Team Lead is offered %q", item.Label)
		}
	}
	before := s.segmentsStored(t)[0]
	s.editSegment(before)
	s.deleteSegment(before)
	if k.Window.Canvas().Overlays().Top() != nil || s.kit.Window.Canvas().Overlays().Top() != nil {
		t.Error("a dialog opens")
	}
}

// TestRelativeDaysStayRelative: what a segment of the start asks about is the
// moment at which it is looked at.
func TestRelativeDaysStayRelative(t *testing.T) {
	k := desktest.New(t)
	fill(t, k, nil, func(yield func(*store.ImportRow) error) error {
		for i, days := range []int{10, 300, 400} {
			if err := yield(&store.ImportRow{Customer: data.Customer{
				Name: "Somebody", Phone: 919820010001 + data.Phone(i), LastSent: k.Clock().AddDate(0, 0, -days),
			}}); err != nil {
				return err
			}
		}
		return nil
	})
	for _, g := range data.FirstSegments(func(s data.FirstSegment) string { return string(s) }) {
		if _, err := k.Real.AddSegment(t.Context(), k.Real.Owner, g); err != nil {
			t.Fatal(err)
		}
	}
	k.Settle()
	s := sit(t, k)
	count := func(name data.FirstSegment) int {
		for _, g := range s.segments {
			if g.Name == string(name) {
				return s.sizes[g.ID]
			}
		}
		t.Fatalf("no segment %s", name)
		return 0
	}
	if n := count(data.SegmentInactiveYear); n != 1 {
		t.Errorf("%d inactive for a year", n)
	}
	k.Real.Clock.Add(100 * 24 * time.Hour)
	s.Refresh()
	if n := count(data.SegmentInactiveYear); n != 2 {
		t.Errorf("%d inactive for a year, 100 days later", n)
	}
	block := true
	id := k.Real.IDs(t)[0]
	d, err := k.Real.Details(t.Context(), k.Real.Owner, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Real.EditCustomer(t.Context(), k.Real.Owner, data.Edit{Customer: id, Version: d.Row.Version, Blocked: &block}, ""); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	if n := count(data.SegmentBlocked); n != 1 {
		t.Errorf("%d blocked: the counts are not live", n)
	}
}

// TestCustomFiltersAreAPlainLoop: the sidebar's sections of custom fields narrow
// as a loop over the store does.
func TestCustomFiltersAreAPlainLoop(t *testing.T) {
	k := desktest.New(t)
	ids := map[data.FieldKind]data.FieldID{}
	for _, kind := range []data.FieldKind{data.FieldText, data.FieldNumber, data.FieldDate, data.FieldList} {
		id, err := k.Real.AddField(t.Context(), k.Real.Owner, data.CustomField{Name: "My " + string(kind), Kind: kind, Options: []string{"Hot", "Cold"}})
		if err != nil {
			t.Fatal(err)
		}
		ids[kind] = id
	}
	var names []string
	for range 12 {
		names = append(names, "Somebody")
	}
	few(t, k, names...)
	for i, id := range k.Real.IDs(t) {
		d, err := k.Real.Details(t.Context(), k.Real.Owner, id)
		if err != nil {
			t.Fatal(err)
		}
		e := data.Edit{Customer: id, Version: d.Row.Version, Texts: map[data.Field]string{
			data.CustomFieldName(ids[data.FieldText]):   []string{"", "Gold", "Silver"}[i%3],
			data.CustomFieldName(ids[data.FieldNumber]): []string{"", "5", "12.5", "1,000"}[i%4],
			data.CustomFieldName(ids[data.FieldDate]):   []string{"", "2026-11-01", "2025-01-01"}[i%3],
			data.CustomFieldName(ids[data.FieldList]):   []string{"", "Hot", "Cold", "hot"}[i%4],
		}}
		if err := k.Real.EditCustomer(t.Context(), k.Real.Owner, e, ""); err != nil {
			t.Fatal(err)
		}
	}
	k.Settle()
	s := sit(t, k)
	check := func(what string, holds func(map[data.FieldID]string) bool) {
		t.Helper()
		want := 0
		if err := k.Real.Customers(t.Context(), k.Real.Owner, func(r *data.Row) error {
			if holds(r.Custom) {
				want++
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if want == 0 || len(s.rows.ids) != want {
			t.Errorf("%s: %d listed, want %d", what, len(s.rows.ids), want)
		}
	}
	number := func() *numberFilter {
		for _, f := range s.side.more {
			if n, ok := f.(*numberFilter); ok {
				return n
			}
		}
		t.Fatal("no section for a number")
		return nil
	}()
	s.tickValue(t, data.CustomFieldName(ids[data.FieldList]), "Hot")
	check("a list", func(v map[data.FieldID]string) bool { return v[ids[data.FieldList]] == "Hot" })
	number.op.SetSelected("At least")
	number.from.SetText("12,5") // 125: commas part groups
	check("two fields", func(v map[data.FieldID]string) bool {
		n, ok := data.ParseNumber(v[ids[data.FieldNumber]])
		return v[ids[data.FieldList]] == "Hot" && ok && n >= 125
	})
	s.clearAll()
	number.op.SetSelected("Between")
	number.from.SetText("5")
	number.to.SetText("100")
	check("a range", func(v map[data.FieldID]string) bool {
		n, ok := data.ParseNumber(v[ids[data.FieldNumber]])
		return ok && n >= 5 && n <= 100
	})
	number.never.OnChanged(true)
	check("a range, or not set", func(v map[data.FieldID]string) bool {
		n, ok := data.ParseNumber(v[ids[data.FieldNumber]])
		return !ok || n >= 5 && n <= 100
	})
	if got := s.strip.chips.Chips(); len(got) != 1 || got[0].Text != "My number from 5 to 100, or not set" {
		t.Errorf("chips %v", got)
	}
	// The field goes, and with it its condition: it would mean another thing.
	use, err := k.Real.FieldUse(t.Context(), k.Real.Owner, ids[data.FieldNumber])
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Real.RemoveField(t.Context(), k.Real.Owner, ids[data.FieldNumber], use, ""); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	if len(s.filter.Conditions) != 0 || len(s.rows.ids) != 12 {
		t.Errorf("the filter is %v, %d listed", s.filter, len(s.rows.ids))
	}
}

// A segment that was being made when the window locked is there again, with the
// filter that it was made of.
func TestASegmentBeingMadeOutlivesTheLock(t *testing.T) {
	k := desktest.New(t)
	few(t, k, "Gauri Kulkarni", "Dev Joshi", "Amit Rao")
	k.Drafts = &desk.Drafts{}
	s := sit(t, k)
	s.tickValue(t, data.FieldCity, "Surat")
	k.Settle()
	s.createSegment()
	s.typeInto(t, "Of Sur")
	s.Page.Close()
	k.End()
	for k.Window.Canvas().Overlays().Top() != nil {
		k.Window.Canvas().Overlays().Remove(k.Window.Canvas().Overlays().Top()) // as locking does
	}

	back := k.As(t, k.Real.Owner)
	back.Drafts = k.Drafts
	again := sit(t, back)
	again.typeInto(t, "Of Surat")
	again.topButton(t, "Create segment")
	all := again.segmentsStored(t)
	if n := len(all); n == 0 || all[n-1].Name != "Of Surat" || len(all[n-1].Filter.Conditions) != 1 {
		t.Errorf("stored %v", all)
	}
}

// typeInto puts a text into the first entry of the dialog on top.
func (s *seat) typeInto(t *testing.T, text string) {
	t.Helper()
	if s.kit.Window.Canvas().Overlays().Top() == nil {
		t.Fatal("there is no dialog")
	}
	for _, o := range desktest.Objects(s.kit.Window) {
		if e, ok := o.(*keys.Entry); ok {
			e.SetText(text)
			return
		}
	}
	t.Fatal("there is no entry")
}

package store_test

import (
	"errors"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// undo seals and runs the undoing of what a imported last.
func undo(t *testing.T, s *storetest.Store, a *store.Actor) data.Receipt {
	t.Helper()
	p := sealUndo(t, s, a)
	r, residue, err := s.Delete(t.Context(), a, p, nil, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Scrub(t.Context(), residue, nil)
	if err != nil || report.State != data.ScrubChecked {
		t.Fatalf("%+v, %v", report, err)
	}
	return r
}

func sealUndo(t *testing.T, s *storetest.Store, a *store.Actor) *store.Plan {
	t.Helper()
	done, err := s.LastImport(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.SealUndo(t.Context(), a, done.ID)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func markOf(t *testing.T, s *storetest.Store) data.Mark {
	t.Helper()
	m, err := s.Mark(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Exactly what the import added and nobody touched since goes, for somebody
// who may not delete, without an OTP, and counts neither way.
func TestUndoTakesExactlyWhatItAdded(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	ravi := s.Add(t, "Ravi", s.Role(t, "Importer", data.ImportCustomers, data.ViewAllCustomers, data.EditCustomers, data.ViewCustomData))
	before, mark := s.IDs(t), markOf(t, s)

	r, err := s.Import(t.Context(), ravi, store.ImportRequest{
		Mode: store.ImportUpdate, Each: importOf(
			&store.ImportRow{Customer: data.Customer{Phone: 919820100001, City: "Goa"}}, // is there
			&store.ImportRow{Customer: data.Customer{Phone: 919820200001, Name: "New one"}},
			&store.ImportRow{Customer: data.Customer{Phone: 919820200002, Name: "Touched by a note"}},
			&store.ImportRow{Customer: data.Customer{Phone: 919820200003, Name: "Of another's import"}},
			&store.ImportRow{Customer: data.Customer{Phone: 919820200004, Name: "Unusual Person", Tags: []string{"Only theirs"}}, Note: "Unusual note"},
		).Each,
	}, nil)
	if err != nil || r != (store.ImportReport{Added: 4, Updated: 1}) {
		t.Fatalf("%+v, %v", r, err)
	}
	ids := s.IDs(t)
	if err := s.AddNote(t.Context(), s.Owner, ids[31], "A note"); err != nil {
		t.Fatal(err)
	}
	importing(t, s, s.Owner, store.ImportUpdate, &store.ImportRow{Customer: data.Customer{Phone: 919820200003, City: "Pune"}})
	if err := s.AddNote(t.Context(), ravi, before[5], "Older than the import"); err != nil {
		t.Fatal(err)
	}

	p := sealUndo(t, s, ravi)
	sum := p.Summary()
	if got := p.IDs(); len(got) != 2 || got[0] != ids[30] || got[1] != ids[33] || sum.Warn.Touched != 2 || sum.OTPDue || sum.NeedCount || sum.Way != data.WayUndo {
		t.Fatalf("%v of %v: %+v", got, ids, sum)
	}
	receipt := undo(t, s, ravi)
	if receipt.Deleted != 2 || receipt.Stay != 32 || receipt.Approved {
		t.Errorf("%+v", receipt)
	}
	if got := s.IDs(t); len(got) != 32 || got[30] != ids[31] || got[31] != ids[32] {
		t.Errorf("%v", got)
	}
	// The two that stay are held; of the mark nothing else moved.
	want := mark
	want.Held, want.MostHeld = mark.Held+2, mark.MostHeld+4
	if m := markOf(t, s); m != want {
		t.Errorf("mark %+v, was %+v", m, mark)
	}
	var left int
	if err := store.Ask(s.Store, "SELECT count(*) FROM tags WHERE name = 'Only theirs'", &left); err != nil || left != 0 {
		t.Errorf("%d, %v", left, err)
	}
	if done, err := s.LastImport(t.Context(), ravi); err != nil || done.ID != 0 {
		t.Errorf("it can be undone again: %+v, %v", done, err)
	}
	last := log(t, s)
	found := false
	for _, e := range last {
		found = found || e.Kind == data.AuditDelete && e.Facts["way"] == "undo" && e.Facts["deleted"] == "2" && e.Actor == ravi.User()
	}
	if !found {
		t.Errorf("the log does not tell: %+v", last)
	}
}

// An import into an empty list, undone: most go, so it runs by a new file.
func TestUndoOfAWholeList(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 3)
	if _, err := s.Import(t.Context(), s.Owner, store.ImportRequest{
		NewFields: []string{"Shoe size", "Kept"}, Each: func(yield func(*store.ImportRow) error) error {
			for i := range 400 {
				row := storetest.Row(919820200000, i)
				row.Custom = map[string]string{"Shoe size": "39"}
				if err := yield(row); err != nil {
					return err
				}
			}
			return nil
		},
	}, nil); err != nil {
		t.Fatal(err)
	}
	fields, err := s.Fields(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddSegment(t.Context(), s.Owner, data.Segment{Name: "Asks for it", Filter: data.Filter{Conditions: []data.Condition{
		{Field: data.CustomFieldName(fields[1].ID), Op: data.OpIsSet},
	}}}); err != nil {
		t.Fatal(err)
	}
	before := markOf(t, s)
	if r := undo(t, s, s.Owner); r.Deleted != 400 || r.Stay != 3 {
		t.Errorf("%+v", r)
	}
	if m := markOf(t, s); m.Removed != before.Removed || m.Held != 3 || m.Counted != 3 || m.Peak != 3 {
		t.Errorf("%+v", m)
	}
	if len(s.IDs(t)) != 3 {
		t.Error("others went along")
	}
	if fields, err := s.Fields(t.Context(), s.Owner); err != nil || len(fields) != 1 || fields[0].Name != "Kept" {
		t.Errorf("fields that the import made: %+v, %v", fields, err)
	}
}

func TestWhatCantBeUndone(t *testing.T) {
	s := storetest.New(t)
	ravi := s.Add(t, "Ravi", s.Role(t, "Importer", data.ImportCustomers, data.ViewAllCustomers))
	s.Fill(t, ravi, 919820100000, 30)
	done, err := s.LastImport(t.Context(), ravi)
	if err != nil || done.Added != 30 {
		t.Fatalf("%+v, %v", done, err)
	}
	fails := func(what string, a *store.Actor, id int64, want error) {
		t.Helper()
		if _, err := s.SealUndo(t.Context(), a, id); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", what, err, want)
		}
	}
	fails("another's", s.Owner, done.ID, data.ErrNotFound)
	fails("one that never was", ravi, 999, data.ErrNotFound)
	fails("none", ravi, 0, data.ErrNotFound)
	again := s.SignInAs(t, ravi.User())
	fails("of another session", again, done.ID, data.ErrNotFound)

	// The way is nothing that can be asked for: it would need no OTP.
	if _, err := s.Seal(t.Context(), s.Owner, store.SealRequest{Way: data.WayUndo, IDs: s.IDs(t)}); !errors.Is(err, data.ErrDenied) {
		t.Errorf("sealed by hand: %v", err)
	}
	// A plan is another's, or older than what somebody did.
	p := sealUndo(t, s, ravi)
	if _, _, err := s.Delete(t.Context(), again, p, nil, texts, nil); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("in another session: %v", err)
	}
	if err := s.AddNote(t.Context(), s.Owner, s.IDs(t)[3], "Call them"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Delete(t.Context(), ravi, p, nil, texts, nil); !errors.Is(err, data.ErrStalePlan) {
		t.Errorf("touched meanwhile: %v", err)
	}
	if len(s.IDs(t)) != 30 {
		t.Error("somebody went")
	}
	if p := sealUndo(t, s, ravi); len(p.IDs()) != 29 {
		t.Errorf("%d", len(p.IDs()))
	}
	undo(t, s, ravi)
	fails("undone already", ravi, done.ID, data.ErrNotFound)
	s.SignOut(ravi)
	fails("after signing out", ravi, done.ID, data.ErrSignedOut)
}

// What an import writes over leaves no bytes either.
func TestAnUpdateLeavesNothing(t *testing.T) {
	s := storetest.New(t)
	importing(t, s, s.Owner, store.ImportSkip, &store.ImportRow{
		Customer: data.Customer{Phone: 919820012345, Name: "Unusual Formername", Email: "former.unusual@example.com"},
		Custom:   map[string]string{"Size": "Formerly enormous"},
	})
	importing(t, s, s.Owner, store.ImportUpdate, &store.ImportRow{
		Customer: data.Customer{Phone: 919820012345, Name: "New", Email: "new@example.com"}, Custom: map[string]string{"Size": "XL"},
	})
	if !s.EditsLeft() {
		t.Fatal("nothing is left to the scrub")
	}
	did, report, err := s.ScrubEdits(t.Context())
	if err != nil || !did || report.Values != 3 || report.State != data.ScrubChecked {
		t.Errorf("%v, %+v, %v", did, report, err)
	}
	importing(t, s, s.Owner, store.ImportUpdate, &store.ImportRow{Customer: data.Customer{Phone: 919820012345, Name: "New"}})
	if s.EditsLeft() {
		t.Error("an import that changes nothing leaves something")
	}
}

// The preview's count is that of the import.
func TestWouldChangeSaysWhatImportDoes(t *testing.T) {
	s := storetest.New(t)
	for i := range data.Phone(10) {
		importing(t, s, s.Owner, store.ImportSkip, full(919820012340+i))
	}
	rows := []*store.ImportRow{
		full(919820012340), // the same again
		{Customer: data.Customer{Phone: 919820012341, City: "Goa"}},
		{Customer: data.Customer{Phone: 919820012342, Tags: []string{"Gold"}}},
		{Customer: data.Customer{Phone: 919820012343, Tags: []string{"New tag"}}},
		{Customer: data.Customer{Phone: 919820012344}, Custom: map[string]string{"Size": "L"}},
		{Customer: data.Customer{Phone: 919820012345}, Custom: map[string]string{"Size": "XL"}},
		{Customer: data.Customer{Phone: 919820012346}, Note: "Likes blue"},
		{Customer: data.Customer{Phone: 919820012347}, Note: "Likes red"},
		{Customer: data.Customer{Phone: 919820012348}, Custom: map[string]string{"New field": "x"}},
		{Customer: data.Customer{Phone: 919820012349}},
		{Customer: data.Customer{Phone: 919820099999, Name: "New"}},
	}
	n, err := s.WouldChange(t.Context(), s.Owner, importOf(rows...).Each)
	if err != nil {
		t.Fatal(err)
	}
	req := importOf(rows...)
	req.Mode, req.NewFields = store.ImportUpdate, []string{"New field"}
	r, err := s.Import(t.Context(), s.Owner, req, nil)
	if err != nil || n != 5 || r.Updated != n || r.Added != 1 || r.Unchanged != 5 {
		t.Errorf("foretold %d, came %+v, %v", n, r, err)
	}
}

func TestMappingsAreRemembered(t *testing.T) {
	s := storetest.New(t)
	keep := func(shape, mapping string, rows ...*store.ImportRow) {
		t.Helper()
		req := importOf(rows...)
		req.Shape, req.Mapping = []byte(shape), mapping
		if _, err := s.Import(t.Context(), s.Owner, req, nil); err != nil {
			t.Fatal(err)
		}
	}
	recall := func(shape string) string {
		t.Helper()
		m, err := s.ImportMapping(t.Context(), s.Owner, []byte(shape))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	keep("a", "first")
	keep("b", "other")
	keep("a", "second")
	keep("", "none")
	if recall("a") != "second" || recall("b") != "other" || recall("c") != "" || recall("") != "" {
		t.Errorf("%q %q %q", recall("a"), recall("b"), recall("c"))
	}
	req := importOf(&store.ImportRow{})
	req.Shape, req.Mapping = []byte("d"), "of an import that failed"
	if _, err := s.Import(t.Context(), s.Owner, req, nil); err == nil || recall("d") != "" {
		t.Errorf("%v, %q", err, recall("d"))
	}
	for i := range 210 {
		s.Clock.Add(1e9)
		keep("many "+strings.Repeat("x", i), "m")
	}
	var n int
	if err := store.Ask(s.Store, "SELECT count(*) FROM import_mappings", &n); err != nil || n != 200 {
		t.Errorf("%d are kept, %v", n, err)
	}
}

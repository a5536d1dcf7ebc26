package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

func wantErr(t *testing.T, what string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// log reads the whole audit log, the oldest entry first, and checks its chain.
func log(t *testing.T, s *storetest.Store) []data.Entry {
	t.Helper()
	all, err := s.Audit(t.Context(), s.Owner, 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(all)
	if bad := data.VerifyChain([32]byte{}, all); bad != 0 {
		t.Errorf("entry %d does not fit the chain", bad)
	}
	return all
}

func kinds(all []data.Entry) string {
	var out []string
	for _, e := range all {
		out = append(out, string(e.Kind))
	}
	return strings.Join(out, " ")
}

func TestTheLogTellsWhatWasDone(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	ravi := s.Add(t, "Ravi", 2)
	s.Enrol(t)
	p := seal(t, s, ravi, data.WaySelected, s.IDs(t)[:20])
	if _, err := s.Authorise(t.Context(), ravi, p, "12345x"); err == nil {
		t.Fatal("taken")
	}
	wrong(t, s, ravi, p)
	auth, err := s.Authorise(t.Context(), ravi, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	r := mustDelete(t, s, ravi, p, auth)
	all := log(t, s)
	want := "store_created sign_in import user_added sign_in otp_enrolled otp_wrong delete scrub"
	if got := kinds(all); got != want {
		t.Fatalf("%s\nwant %s", got, want)
	}
	e := all[7]
	if e.Actor != ravi.User() || !e.At.Equal(s.Clock.Now()) || r.Audit != (data.Witness{Entries: e.Seq, Head: e.Hash}) {
		t.Errorf("entry %+v, receipt's witness %+v", e, r.Audit)
	}
	for fact, want := range map[string]string{
		"way": "selected", "deleted": "20", "stay": "10", "otp": "yes", "notes": "2",
	} {
		if e.Facts[fact] != want {
			t.Errorf("%s: %q, want %q", fact, e.Facts[fact], want)
		}
	}
	if s := all[8]; s.Actor != 0 || s.Facts["state"] != "checked" {
		t.Errorf("the scrub: %+v", s)
	}
}

// Nothing of a customer stands in the log, whatever is done.
func TestTheLogHoldsNobodysData(t *testing.T) {
	s := storetest.New(t)
	id := fillTelling(t, s)
	if err := s.AddNote(t.Context(), s.Owner, id, "Says Blauregen"); err != nil {
		t.Fatal(err)
	}
	s.Fill(t, s.Owner, 919820100000, 10)
	ctx := t.Context()
	f := data.Filter{Search: "Blauregen", Conditions: []data.Condition{
		{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat"}},
	}}
	n, err := s.Changes(ctx, s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Seal(ctx, s.Owner, store.SealRequest{Way: data.WayFiltered, IDs: []data.CustomerID{id}, Filter: f, Changes: n})
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, p, nil)
	text := fmt.Sprint(log(t, s))
	for _, word := range []string{"9820", "Surat", "Blauregen", "Person", "example.com", "VIP", "Other phone"} {
		if strings.Contains(text, word) {
			t.Errorf("%q stands in the log", word)
		}
	}
	if !strings.Contains(text, "search,city") {
		t.Error("the kinds of the filter don't")
	}
}

func TestTheLogIsAppendOnly(t *testing.T) {
	s := storetest.New(t)
	for _, q := range []string{
		"UPDATE audit SET kind = 'import' WHERE seq = 1", "DELETE FROM audit WHERE seq = 1",
		"INSERT OR REPLACE INTO audit SELECT seq, at, 9, kind, facts, prev, hash FROM audit WHERE seq = 1",
	} {
		if err := store.Exec(s.Store, q); err == nil && data.VerifyChain([32]byte{}, reversed(t, s)) == 0 {
			t.Errorf("done, and nobody sees it: %s", q)
		}
	}
}

func reversed(t *testing.T, s *storetest.Store) []data.Entry {
	t.Helper()
	all, err := s.Audit(t.Context(), s.Owner, 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(all)
	return all
}

func TestTheNewestEntriesComeFirst(t *testing.T) {
	s := storetest.New(t)
	for i := range 5 {
		s.Fill(t, s.Owner, data.Phone(919820100000+1000*i), 1)
	}
	got, err := s.Audit(t.Context(), s.Owner, 3)
	if err != nil || len(got) != 3 || got[0].Seq != got[2].Seq+2 || got[0].Kind != data.AuditImport {
		t.Errorf("%+v, %v", got, err)
	}
}

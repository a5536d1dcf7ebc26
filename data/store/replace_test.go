package store_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

// rowsOf are all customers as the Account Owner sees them.
func rowsOf(t *testing.T, s *storetest.Store) []data.Row {
	t.Helper()
	var out []data.Row
	if err := s.Customers(t.Context(), s.Owner, func(r *data.Row) error {
		out = append(out, *r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if filepath.Ext(e.Name()) == ".lethe" {
			out = append(out, e.Name())
		}
	}
	return out
}

func TestALargeDeletionTurnsTheKeyAndKeepsTheRest(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 200)
	s.Enrol(t)
	ravi := s.Add(t, "Ravi", 2)
	ids := s.IDs(t)
	if err := s.AddNote(t.Context(), s.Owner, ids[150], "Stays with a note"); err != nil {
		t.Fatal(err)
	}
	if err := s.AddInteraction(t.Context(), ravi, data.Interaction{Customer: ids[151], Kind: data.InteractionCall, At: s.Clock.Now()}); err != nil {
		t.Fatal(err)
	}
	before := rowsOf(t, s)
	copied, err := os.ReadFile(filepath.Join(s.Dir, "customers-1.lethe"))
	if err != nil {
		t.Fatal(err)
	}
	p := seal(t, s, s.Owner, data.WaySelected, ids[:120])
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	r := mustDelete(t, s, s.Owner, p, auth)
	if r.Deleted != 120 || r.Stay != 80 || !r.Approved {
		t.Errorf("receipt: %+v", r)
	}
	if got := rowsOf(t, s); !reflect.DeepEqual(got, before[120:]) {
		t.Errorf("%d customers stay, and not as they were", len(got))
	}
	d, err := s.Details(t.Context(), s.Owner, ids[150])
	if err != nil || len(d.Notes) != 2 { // every tenth has one from the import
		t.Errorf("notes: %+v, %v", d.Notes, err)
	}
	if got := names(t, s.Dir); !slices.Equal(got, []string{"customers-2.lethe"}) {
		t.Errorf("databases: %v", got)
	}
	// The old file's key is gone: the new one does not open it.
	old := filepath.Join(t.TempDir(), "old.lethe")
	if err := os.WriteFile(old, copied, 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), s.Owner.User(), storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if err := sealed.Check(old, un.DataKey()); !errors.Is(err, sealed.ErrWrongKey) {
		t.Errorf("the old file under the new key: %v", err)
	}
	// Everybody still comes in, by password and by recovery key.
	s.SignInAs(t, ravi.User())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	un, err = keys.Recover(s.Recovery.String())
	if err != nil {
		t.Fatal(err)
	}
	again, a, err := store.Open(t.Context(), s.Options(), un)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	entries, err := again.Audit(t.Context(), a, 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(entries)
	if at := data.VerifyChain([32]byte{}, entries); at != 0 {
		t.Errorf("the audit log breaks at %d", at)
	}
}

func TestIDsAreNeverUsedAgainAfterDeleteAll(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	s.Enrol(t)
	last := slices.Max(s.IDs(t))
	p := seal(t, s, s.Owner, data.WayAll, nil)
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, p, auth)
	s.Fill(t, s.Owner, 919820100000, 5)
	if first := slices.Min(s.IDs(t)); first <= last {
		t.Errorf("id %d was given again", first)
	}
}

func TestACancelledLargeDeletionLeavesTheListAndNoFile(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 15)
	p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:10])
	ctx, cancel := context.WithCancel(t.Context())
	texts := func(data.Receipt) (string, string) { return "", "" }
	cancel()
	if _, _, err := s.Delete(ctx, s.Owner, p, nil, texts, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := len(s.IDs(t)); n != 15 {
		t.Errorf("%d left", n)
	}
	if got := names(t, s.Dir); !slices.Equal(got, []string{"customers-1.lethe"}) {
		t.Errorf("databases: %v", got)
	}
	mustDelete(t, s, s.Owner, p, nil)
}

func TestWhatACrashLeftOfAReplacementIsRemoved(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 15)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, stray := range []string{"customers-2.lethe", "customers-2.lethe-wal", "customers-0.lethe"} {
		if err := os.WriteFile(filepath.Join(s.Dir, stray), []byte("half a list"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept := filepath.Join(s.Dir, "customers-1 (copy).lethe")
	if err := os.WriteFile(kept, []byte("somebody's own"), 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), 1, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	again, _, err := store.Open(t.Context(), s.Options(), un)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := names(t, s.Dir); !slices.Equal(got, []string{"customers-1 (copy).lethe", "customers-1.lethe"}) {
		t.Errorf("databases: %v", got)
	}
	if _, err := os.Stat(filepath.Join(s.Dir, "customers-2.lethe-wal")); err == nil {
		t.Error("a stray WAL is left")
	}
}

package store_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// comeBack closes a store and opens its folder again as the Account Owner.
func comeBack(t *testing.T, s *storetest.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
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
	again, a, err := store.Open(t.Context(), s.Options(), un)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	s.Store, s.Owner = again, a
}

func TestAnotherNameOfTheKeysIsNotOverwritten(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 5)
	keys := filepath.Join(s.Dir, "keys")
	if err := os.Link(keys, filepath.Join(s.Dir, ".keys-old")); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(keys)
	if err != nil {
		t.Fatal(err)
	}
	comeBack(t, s)
	after, err := os.ReadFile(keys)
	if err != nil || string(after) != string(before) {
		t.Fatalf("the keys were written over: %v", err)
	}
	if _, err := os.Lstat(filepath.Join(s.Dir, ".keys-old")); !os.IsNotExist(err) {
		t.Errorf("the other name is left: %v", err)
	}
	if n := len(s.IDs(t)); n != 5 {
		t.Errorf("%d customers", n)
	}
}

func TestOldKeysAreRemovedAndLinksLeftAlone(t *testing.T) {
	s := storetest.New(t)
	for _, name := range []string{".keys-12345", ".lethe-probe-1"} {
		if err := os.WriteFile(filepath.Join(s.Dir, name), []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	precious := filepath.Join(t.TempDir(), "precious.txt")
	if err := os.WriteFile(precious, []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink(precious, filepath.Join(s.Dir, "customers-9.lethe")); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(s.Dir, "customers-8.lethe"), 0o700); err != nil {
		t.Fatal(err)
	}
	comeBack(t, s)
	for _, name := range []string{".keys-12345", ".lethe-probe-1"} {
		if _, err := os.Lstat(filepath.Join(s.Dir, name)); !os.IsNotExist(err) {
			t.Errorf("%s is left: %v", name, err)
		}
	}
	if b, err := os.ReadFile(precious); err != nil || string(b) != "not ours" {
		t.Errorf("a file outside was written over: %q, %v", b, err)
	}
}

func TestResumeBesideALargeDeletionTouchesNothingOfIt(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 3000)
	s.Enrol(t)
	small := seal(t, s, s.Owner, data.WayOne, s.IDs(t)[:1])
	if _, _, err := s.Delete(t.Context(), s.Owner, small, nil, texts, nil); err != nil { // its clean-up is pending
		t.Fatal(err)
	}
	p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:2000])
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	resumed := make(chan error)
	go func() {
		_, _, err := s.ResumeScrub(t.Context())
		resumed <- err
	}()
	_, residue, err := s.Delete(t.Context(), s.Owner, p, auth, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := <-resumed; err != nil {
		t.Error(err)
	}
	if _, err := s.Scrub(t.Context(), residue, nil); err != nil {
		t.Error(err)
	}
	comeBack(t, s)
	if n := len(s.IDs(t)); n != 999 {
		t.Errorf("%d customers stay", n)
	}
}

func TestWhatMovesAFilterMakesPlansStale(t *testing.T) {
	for name, change := range map[string]func(*storetest.Store) error{
		"the active window": func(s *storetest.Store) error {
			v, err := s.Settings(t.Context(), s.Owner)
			if err != nil {
				return err
			}
			v.ActiveDays = 10
			return s.SaveSettings(t.Context(), s.Owner, v)
		},
		"a segment": func(s *storetest.Store) error {
			_, err := s.AddSegment(t.Context(), s.Owner, data.Segment{Name: "New"})
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := storetest.New(t)
			s.Fill(t, s.Owner, 919820100000, 60)
			p := seal(t, s, s.Owner, data.WayFiltered, s.IDs(t)[:5])
			if err := change(s); err != nil {
				t.Fatal(err)
			}
			_, _, err := s.Delete(t.Context(), s.Owner, p, nil, texts, nil)
			wantErr(t, name, err, data.ErrStalePlan)
		})
	}
}

func TestWhoSeesAPartOfTheListIsNotToldItsSize(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 200)
	s.Enrol(t)
	agent := s.Add(t, "Agent", s.Role(t, "Own only", data.DeleteCustomers, data.ViewPhoneNumbers))
	if err := store.Exec(s.Store, "UPDATE customers SET agent = ? WHERE id IN (SELECT id FROM customers LIMIT 10)", int64(agent.User())); err != nil {
		t.Fatal(err)
	}
	p := seal(t, s, agent, data.WaySelected, s.IDs(t)[:3])
	if sum := p.Summary(); sum.Stay != 7 || sum.Mark != (data.Mark{}) {
		t.Errorf("told: %d stay, %+v", sum.Stay, sum.Mark)
	}
	if r := mustDelete(t, s, agent, p, nil); r.Stay != 7 {
		t.Errorf("the receipt tells: %d stay", r.Stay)
	}
}

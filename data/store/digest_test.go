package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// What others did while the owner was away, and what went wrong meanwhile,
// across a restart.
func TestTheDigestTellsWhatOthersDid(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 60)
	s.Enrol(t)
	ravi := s.Add(t, "Ravi", 2)
	if d, err := s.Digest(t.Context(), ravi); err != nil || !d.Empty() || !d.Since.IsZero() {
		t.Errorf("on a first sign-in: %+v, %v", d, err)
	}
	left := s.Clock.Now()
	s.SignOut(s.Owner)
	s.Clock.Add(50 * time.Hour)
	s.Fill(t, ravi, 919840100000, 7)
	mustDelete(t, s, ravi, seal(t, s, ravi, data.WaySelected, []data.CustomerID{1}), nil)
	mustDelete(t, s, ravi, seal(t, s, ravi, data.WaySelected, []data.CustomerID{5, 6}), nil)
	p := seal(t, s, ravi, data.WayAll, nil)
	for range 3 {
		wrong(t, s, ravi, p)
		s.Clock.Add(time.Hour)
	}
	un := unlock(t, s, 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := store.NoteWrongPassword(s.Dir, 1); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.NoteWrongPassword(s.Dir, 99); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		if err := store.NoteWrongRecovery(s.Dir); err != nil {
			t.Fatal(err)
		}
	}
	if got := store.Attempts(s.Dir); got[1] != 2 || got[store.RecoveryAttempts] != 4 {
		t.Errorf("counted: %v", got)
	}
	again := &storetest.Store{Clock: s.Clock, Dir: s.Dir}
	var err error
	if again.Store, again.Owner, err = store.Open(t.Context(), again.Options(), un); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	d, err := again.Digest(t.Context(), again.Owner)
	if err != nil {
		t.Fatal(err)
	}
	want := []data.DigestAct{{User: ravi.User(), Kind: data.AuditDelete, Count: 3}, {User: ravi.User(), Kind: data.AuditImport, Count: 7}}
	if len(d.Acts) != 2 || d.Acts[0] != want[0] || d.Acts[1] != want[1] || d.WrongOTPs != 3 || d.WrongPasswords != 2 || d.WrongRecoveries != 4 ||
		d.Since.Sub(left).Abs() > time.Minute {
		t.Errorf("%+v", d)
	}
	if _, err := os.Stat(filepath.Join(s.Dir, "attempts")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("counted twice at the next: %v", err)
	}
	if got := kinds(log(t, again)); strings.Count(got, "sign_in_failed") != 2 {
		t.Errorf("the log: %s", got)
	}
}

func TestACountOfWrongPasswordsThatIsNone(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON": "{", "other JSON": `[1]`, "negative": `{"1":-5}`, "huge": `{"1":99999999999}`, "empty": "",
	} {
		s := storetest.New(t)
		if err := os.WriteFile(filepath.Join(s.Dir, "attempts"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s.SignInAs(t, 1)
		for _, e := range log(t, s) {
			if e.Kind == data.AuditSignInFailed && e.Facts["tries"] != "1000000" {
				t.Errorf("%s: %v", name, e.Facts)
			}
		}
		if err := store.NoteWrongPassword(s.Dir, 1); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

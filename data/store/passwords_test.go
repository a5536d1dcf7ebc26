package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

const fresh = "seven monsoon clouds"

func TestChangePassword(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	wantErr(t, "a wrong old one", s.ChangePassword(ctx, s.Owner, "not the password", fresh), data.ErrWrongPassword)
	for _, bad := range []string{"", "short", "1234567890", "Sharma Traders", "Asha Sharma"} {
		var p *account.PasswordProblem
		if err := s.ChangePassword(ctx, s.Owner, storetest.Password, bad); !errors.As(err, &p) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := s.ChangePassword(ctx, s.Owner, storetest.Password, fresh); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "the old one", s.CheckPassword(ctx, s.Owner, storetest.Password), data.ErrWrongPassword)
	if err := s.ChangePassword(ctx, s.Owner, fresh, storetest.Password); err != nil {
		t.Errorf("changed back in the same session: %v", err)
	}
	s = reopen(t, s, unlock(t, s, 1))
	if got := kinds(log(t, s)); got != "store_created sign_in password password sign_in" {
		t.Error(got)
	}
}

func TestAFirstPasswordIsReplacedOnce(t *testing.T) {
	s := storetest.New(t)
	a := s.Add(t, "Ravi", 4)
	must := func() bool {
		u, _, err := s.Me(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		return u.MustChangePassword
	}
	if !must() {
		t.Error("a password that somebody else chose may stay")
	}
	if err := s.ChangePassword(t.Context(), a, storetest.Password, fresh); err != nil {
		t.Fatal(err)
	}
	if must() {
		t.Error("it must be changed again and again")
	}
	if _, err := s.SignIn(t.Context(), unlockWith(t, s, a.User(), fresh)); err != nil {
		t.Errorf("with the new one: %v", err)
	}
}

func TestRecoverPassword(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	_, err := s.RecoverPassword(ctx, s.Owner, fresh)
	wantErr(t, "in by password", err, data.ErrDenied)
	s = reopen(t, s, recover1(t, s, s.Recovery))
	var p *account.PasswordProblem
	if _, err := s.RecoverPassword(ctx, s.Owner, "short"); !errors.As(err, &p) {
		t.Errorf("one that won't do: %v", err)
	}
	key, err := s.RecoverPassword(ctx, s.Owner, fresh)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = keys.Recover(s.Recovery.String())
	wantErr(t, "the used recovery key", err, data.ErrWrongRecovery)
	_, err = keys.Unlock(ctx, 1, storetest.Password)
	wantErr(t, "the forgotten password", err, data.ErrWrongPassword)
	s = reopen(t, s, unlockWith(t, s, 1, fresh))
	s = reopen(t, s, recover1(t, s, key))
	if got := kinds(log(t, s)); got != "store_created sign_in sign_in recovery_used recovery_new sign_in sign_in" {
		t.Error(got)
	}
}

func TestNewRecoveryKey(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	if _, err := s.NewRecoveryKey(ctx, s.Owner, storetest.Password, ""); err != nil {
		t.Errorf("while there are no OTPs the password will do: %v", err)
	}
	s.Enrol(t)
	_, err := s.NewRecoveryKey(ctx, s.Owner, "not the password", s.Code())
	wantErr(t, "a wrong password", err, data.ErrWrongPassword)
	var w *data.OTPWrong
	if _, err := s.NewRecoveryKey(ctx, s.Owner, storetest.Password, ""); !errors.As(err, &w) {
		t.Errorf("without an OTP: %v", err)
	}
	code := s.Code()
	key, err := s.NewRecoveryKey(ctx, s.Owner, storetest.Password, code)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.NewRecoveryKey(ctx, s.Owner, storetest.Password, code)
	wantErr(t, "the same OTP again", err, data.ErrOTPUsed)
	reopen(t, s, recover1(t, s, key))
}

// An OTP for the recovery key is no OTP for a deletion: what is counted stays.
func TestANewRecoveryKeyDoesNotStartCountingAnew(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	s.Enrol(t)
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:10]), nil)
	if _, err := s.NewRecoveryKey(t.Context(), s.Owner, storetest.Password, s.Code()); err != nil {
		t.Fatal(err)
	}
	if m, err := s.Mark(t.Context(), s.Owner); err != nil || m.Removed != 10 || m.Peak != 40 {
		t.Errorf("%+v, %v", m, err)
	}
}

func keysOf(t *testing.T, s *storetest.Store) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(s.Dir, account.FileName))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func putKeys(t *testing.T, s *storetest.Store, b []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(s.Dir, account.FileName), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A change of password or recovery key stands in two places. Wherever it is
// cut off, twice in a row too, what opens the keys file opens the list.
func TestACrashBetweenTheStepsLocksNobodyOut(t *testing.T) {
	// stopped is a change that ended after its second step: the keys file is
	// new, the database has the new key beside the old one.
	stopped := func(t *testing.T, s *storetest.Store, change func() error) {
		t.Helper()
		err := store.Exec(s.Store, `CREATE TRIGGER crash BEFORE UPDATE OF public_key ON users
			WHEN OLD.next_key <> x'' AND NEW.next_key = x'' BEGIN SELECT RAISE (ABORT, 'crash'); END`)
		if err == nil {
			err = store.Exec(s.Store, `CREATE TRIGGER crash2 BEFORE UPDATE OF recovery_key ON store
				WHEN OLD.next_recovery <> x'' AND NEW.next_recovery = x'' BEGIN SELECT RAISE (ABORT, 'crash'); END`)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := change(); err == nil {
			t.Fatal("the change went through")
		}
		for _, q := range []string{"DROP TRIGGER crash", "DROP TRIGGER crash2"} {
			if err := store.Exec(s.Store, q); err != nil {
				t.Fatal(err)
			}
		}
	}
	password := func(s *storetest.Store, from, to string) func() error {
		return func() error { return s.ChangePassword(context.Background(), s.Owner, from, to) }
	}
	t.Run("password: before the keys file", func(t *testing.T) {
		s := storetest.New(t)
		old := keysOf(t, s)
		stopped(t, s, password(s, storetest.Password, fresh))
		putKeys(t, s, old)
		s = reopen(t, s, unlock(t, s, 1))
		if err := s.ChangePassword(t.Context(), s.Owner, storetest.Password, fresh); err != nil {
			t.Errorf("trying again: %v", err)
		}
		reopen(t, s, unlockWith(t, s, 1, fresh))
	})
	t.Run("password: after the keys file", func(t *testing.T) {
		s := storetest.New(t)
		stopped(t, s, password(s, storetest.Password, fresh))
		s = reopen(t, s, unlockWith(t, s, 1, fresh))
		reopen(t, s, unlockWith(t, s, 1, fresh))
	})
	t.Run("password: after the keys file, then before it", func(t *testing.T) {
		s := storetest.New(t)
		stopped(t, s, password(s, storetest.Password, fresh))
		between := keysOf(t, s)
		stopped(t, s, password(s, fresh, fresh+" again"))
		putKeys(t, s, between)
		reopen(t, s, unlockWith(t, s, 1, fresh))
	})
	recovery := func(s *storetest.Store) func() error {
		return func() error {
			_, err := s.NewRecoveryKey(context.Background(), s.Owner, storetest.Password, "")
			return err
		}
	}
	t.Run("recovery key: before the keys file", func(t *testing.T) {
		s := storetest.New(t)
		old := keysOf(t, s)
		stopped(t, s, recovery(s))
		putKeys(t, s, old)
		reopen(t, s, recover1(t, s, s.Recovery))
	})
	t.Run("recovery key: a lost one, then the old keys file", func(t *testing.T) {
		s := storetest.New(t)
		old := keysOf(t, s)
		stopped(t, s, recovery(s))
		stopped(t, s, recovery(s))
		if err := recovery(s)(); err != nil {
			t.Errorf("at last: %v", err)
		}
		putKeys(t, s, old)
		// The keys file is from before: its recovery key no longer counts, the
		// password does.
		un := recover1(t, s, s.Recovery)
		_, err := s.SignIn(t.Context(), un)
		wantErr(t, "an old keys file's recovery key", err, data.ErrDenied)
		reopen(t, s, unlock(t, s, 1))
	})
	t.Run("recovered password: after the keys file", func(t *testing.T) {
		s := storetest.New(t)
		s = reopen(t, s, recover1(t, s, s.Recovery))
		stopped(t, s, func() error { _, err := s.RecoverPassword(context.Background(), s.Owner, fresh); return err })
		// The recovery key was not replaced yet, so both lead in.
		s = reopen(t, s, recover1(t, s, s.Recovery))
		reopen(t, s, unlockWith(t, s, 1, fresh))
	})
}

// Members are added while others change their passwords: the keys file loses
// none of it.
func TestTheKeysFileKeepsEveryChangeMadeAtOnce(t *testing.T) {
	s := storetest.New(t)
	const n = 6
	var people [n]*store.Actor
	for i := range people {
		people[i] = s.Add(t, fmt.Sprint("Early ", i), 4)
	}
	var added [n]data.UserID
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if err := s.ChangePassword(context.Background(), people[i], storetest.Password, fresh); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			var err error
			added[i], err = s.AddUser(context.Background(), s.Owner, storetest.Password, data.User{Name: fmt.Sprint("Late ", i), Role: 4}, storetest.Password)
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for i := range n {
		if _, err := s.SignIn(t.Context(), unlockWith(t, s, people[i].User(), fresh)); err != nil {
			t.Error(err)
		}
		if _, err := s.SignIn(t.Context(), unlock(t, s, added[i])); err != nil {
			t.Error(err)
		}
	}
}

func TestTheKeysFileHoldsNoSecretOfTheAuthenticator(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	if text := string(keysOf(t, s)); len(text) == 0 || len(otp.SecretText(s.Secret)) == 0 ||
		contains(text, otp.SecretText(s.Secret)) || contains(text, storetest.Password) {
		t.Error("the keys file tells")
	}
}

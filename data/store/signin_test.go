package store_test

import (
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// unlock opens somebody's slot with the password of all.
func unlock(t *testing.T, s *storetest.Store, id data.UserID) *account.Unlocked {
	t.Helper()
	return unlockWith(t, s, id, storetest.Password)
}

func unlockWith(t *testing.T, s *storetest.Store, id data.UserID, password string) *account.Unlocked {
	t.Helper()
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), id, password)
	if err != nil {
		t.Fatal(err)
	}
	return un
}

func recover1(t *testing.T, s *storetest.Store, key account.RecoveryKey) *account.Unlocked {
	t.Helper()
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Recover(key.String())
	if err != nil {
		t.Fatal(err)
	}
	return un
}

// reopen closes the store and opens its folder anew with what un unlocked.
func reopen(t *testing.T, s *storetest.Store, un *account.Unlocked) *storetest.Store {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	next := *s
	var err error
	if next.Store, next.Owner, err = store.Open(t.Context(), s.Options(), un); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := next.Close(); err != nil {
			t.Error(err)
		}
	})
	return &next
}

// edit changes the keys file as somebody with the data key could.
func edit(t *testing.T, s *storetest.Store, change func(*account.File) error) {
	t.Helper()
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := change(keys); err != nil {
		t.Fatal(err)
	}
	if err := keys.Save(s.Dir); err != nil {
		t.Fatal(err)
	}
}

func TestSignInAndOut(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = keys.Unlock(ctx, 1, "not the password")
	wantErr(t, "a wrong password", err, data.ErrWrongPassword)
	a := s.Add(t, "Ravi", 2)
	u, r, err := s.Me(ctx, a)
	if err != nil || u.Name != "Ravi" || r.Kind != data.Owner || u.LastSignIn != s.Clock.Now().Unix() || !u.MustChangePassword {
		t.Errorf("%+v, %+v, %v", u, r, err)
	}
	wantErr(t, "password check", s.CheckPassword(ctx, a, "not the password"), data.ErrWrongPassword)
	s.SignOut(a)
	_, err = s.Rights(ctx, a)
	wantErr(t, "signed out", err, data.ErrSignedOut)
	s.SignOut(a)
	_, err = s.Rights(ctx, nil)
	wantErr(t, "nobody", err, data.ErrSignedOut)
	_, err = s.Rights(ctx, &store.Actor{})
	wantErr(t, "a made-up actor", err, data.ErrSignedOut)
}

func TestDeactivatedMembersStayOut(t *testing.T) {
	s := storetest.New(t)
	a := s.Add(t, "Ravi", 2)
	if err := store.Exec(s.Store, "UPDATE users SET active = 0 WHERE id = 2"); err != nil {
		t.Fatal(err)
	}
	_, err := s.Rights(t.Context(), a)
	wantErr(t, "within a session", err, data.ErrDeactivated)
	_, err = s.SignIn(t.Context(), unlock(t, s, 2))
	wantErr(t, "signing in", err, data.ErrDeactivated)
	un := unlock(t, s, 2)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, _, err = store.Open(t.Context(), s.Options(), un)
	wantErr(t, "opening", err, data.ErrDeactivated)
}

// A member holds the data key, so can make a keys file whose MAC is right. The
// public keys in the database are the ones that count.
func TestSlippedInKeysAreRefused(t *testing.T) {
	const chosen = "chosen by the intruder"
	for name, slip := range map[string]struct {
		change func(un *account.Unlocked) func(*account.File) error
		id     data.UserID
	}{
		"another's password set": {func(un *account.Unlocked) func(*account.File) error {
			return func(f *account.File) error {
				_, err := f.SetPassword(un, 2, chosen, storetest.KDF)
				return err
			}
		}, 2},
		"another's slot replaced": {func(un *account.Unlocked) func(*account.File) error {
			return func(f *account.File) error {
				if err := f.RemoveMember(un, 2); err != nil {
					return err
				}
				_, err := f.AddMember(un, account.Member{ID: 2, Name: "Meera"}, chosen, storetest.KDF)
				return err
			}
		}, 2},
		"a member who is none": {func(un *account.Unlocked) func(*account.File) error {
			return func(f *account.File) error {
				_, err := f.AddMember(un, account.Member{ID: 77, Name: "Stranger"}, chosen, storetest.KDF)
				return err
			}
		}, 77},
	} {
		t.Run(name, func(t *testing.T) {
			s := storetest.New(t)
			s.Add(t, "Meera", 2)
			intruder := s.Add(t, "Ravi", 4)
			edit(t, s, slip.change(unlock(t, s, intruder.User())))
			_, err := s.SignIn(t.Context(), unlockWith(t, s, slip.id, chosen))
			wantErr(t, "signing in", err, data.ErrDenied)
			un := unlockWith(t, s, slip.id, chosen)
			owner := unlock(t, s, 1)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			_, _, err = store.Open(t.Context(), s.Options(), un)
			wantErr(t, "opening", err, data.ErrDenied)
			again, _, err := store.Open(t.Context(), s.Options(), owner)
			if err != nil {
				t.Fatalf("the Account Owner: %v", err)
			}
			if err := again.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// Nor does what another list's owner unlocked open a session here.
func TestAnotherListsKeysAreRefused(t *testing.T) {
	s, other := storetest.New(t), storetest.New(t)
	for name, un := range map[string]*account.Unlocked{
		"by password": unlock(t, other, 1), "by recovery key": recover1(t, other, other.Recovery),
	} {
		_, err := s.SignIn(t.Context(), un)
		wantErr(t, name, err, data.ErrDenied)
	}
	wiped := unlock(t, s, 1)
	wiped.Wipe()
	_, err := s.SignIn(t.Context(), wiped)
	wantErr(t, "wiped", err, data.ErrDenied)
}

// A slot that no row of the database belongs to is what a crash left while a
// member was added. It goes at the next start, and the member can be added.
func TestASlotWithoutARowIsRemoved(t *testing.T) {
	s := storetest.New(t)
	left := func(s *storetest.Store) {
		edit(t, s, func(f *account.File) error {
			_, err := f.AddMember(unlock(t, s, 1), account.Member{ID: 2, Name: "Half added"}, storetest.Password, storetest.KDF)
			return err
		})
	}
	left(s)
	s = reopen(t, s, unlock(t, s, 1))
	keys, err := store.Keys(s.Dir)
	if err != nil || len(keys.Members()) != 1 {
		t.Errorf("members: %v, %v", keys.Members(), err)
	}
	// Within one run it is replaced when the id is given at last.
	left(s)
	a := s.Add(t, "Ravi", 4)
	if keys, err = store.Keys(s.Dir); err != nil || len(keys.Members()) != 2 || keys.Members()[1].Name != "Ravi" || a.User() != 2 {
		t.Errorf("members: %v, %v", keys.Members(), err)
	}
}

func TestLeases(t *testing.T) {
	s := storetest.New(t)
	release, err := s.Lease()
	if err != nil {
		t.Fatal(err)
	}
	closed := make(chan error)
	go func() { closed <- s.Close() }()
	for { // until closing has begun
		if _, err := s.Rights(t.Context(), s.Owner); err != nil {
			wantErr(t, "while closing", err, data.ErrSignedOut)
			break
		}
	}
	_, err = s.Lease()
	wantErr(t, "a lease while closing", err, data.ErrSignedOut)
	select {
	case <-closed:
		t.Fatal("closed under a lease")
	default:
	}
	release()
	release()
	if err := <-closed; err != nil {
		t.Error(err)
	}
	if _, _, err := s.ResumeScrub(t.Context()); err == nil {
		t.Error("a closed store works")
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}

// Turning the key in a large deletion leaves out those who were deactivated
// while the list was open, and takes in those who signed out.
func TestTheTurnedKeyIsForActiveMembers(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 10)
	s.Enrol(t)
	out, gone := s.Add(t, "Signed out", 2), s.Add(t, "Deactivated", 2)
	s.SignOut(out)
	if err := store.Exec(s.Store, "UPDATE users SET active = 0 WHERE id = ?", int64(gone.User())); err != nil {
		t.Fatal(err)
	}
	p := seal(t, s, s.Owner, data.WayAll, nil)
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, p, auth)
	s.SignInAs(t, out.User())
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = keys.Unlock(t.Context(), gone.User(), storetest.Password)
	wantErr(t, "the deactivated one's slot", err, data.ErrNotFound)
	// Passwords and members change under the new key as before.
	s.Add(t, "New", 4)
	if err := s.ChangePassword(t.Context(), s.Owner, storetest.Password, fresh); err != nil {
		t.Error(err)
	}
	reopen(t, s, unlockWith(t, s, 1, fresh))
}

// A clean-up that failed in this run, taken up in this run, removes the file
// whose place the new one took.
func TestAFailedCleanUpIsTakenUpInTheSameRun(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	s.Enrol(t)
	p := seal(t, s, s.Owner, data.WayAll, nil)
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Delete(t.Context(), s.Owner, p, auth, texts, nil); err != nil {
		t.Fatal(err)
	}
	if _, ok := contents(t, s.Dir)[store.FirstVersion]; !ok {
		t.Fatal("the old file is gone before the clean-up: this proves nothing")
	}
	done, report, err := s.ResumeScrub(t.Context())
	if err != nil || !done || report.State != data.ScrubRebuilt {
		t.Errorf("%v, %+v, %v", done, report, err)
	}
	if _, ok := contents(t, s.Dir)[store.FirstVersion]; ok {
		t.Error("the old file is left")
	}
}

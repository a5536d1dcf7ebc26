package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// lost is a list of which only a backup is left: the one that is returned, whose
// store is closed and whose folder may be harmed.
func lost(t *testing.T, n int) (s *storetest.Store, path string) {
	t.Helper()
	s = storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, n)
	return s, backUp(t, s)
}

// salvage reads a backup for a folder without a list.
func salvage(t *testing.T, s *storetest.Store, dir, path string, present *account.Unlocked) *store.Salvage {
	t.Helper()
	opt := s.Options()
	opt.Dir = dir
	v, err := store.OpenBackup(t.Context(), opt, path, passphrase, present, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Error(err)
		}
	})
	return v
}

// finish restores it with password and OTP, and opens what came.
func finish(t *testing.T, s *storetest.Store, v *store.Salvage, dir string) *storetest.Store {
	t.Helper()
	if err := v.Unlock(t.Context(), storetest.Password); err != nil {
		t.Fatal(err)
	}
	s.Clock.Add(2 * otp.Period)
	if err := v.Authorise(s.Code()); err != nil {
		t.Fatal(err)
	}
	again := &storetest.Store{Clock: s.Clock, Dir: dir, Secret: s.Secret}
	var err error
	if again.Store, again.Owner, err = v.Restore(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := again.Close(); err != nil {
			t.Error(err)
		}
	})
	noCopies(t, dir)
	return again
}

func TestABackupBecomesAListInAnEmptyFolder(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	ravi := s.Add(t, "Ravi", 4)
	s.Fill(t, s.Owner, 919820100000, 40)
	if _, err := s.AddSegment(t.Context(), s.Owner, data.Segment{Name: "Surat people"}); err != nil {
		t.Fatal(err)
	}
	before := rowsOf(t, s)
	path := backUp(t, s)
	dir := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	v := salvage(t, s, dir, path, nil)
	if v.OwnerName() != "Asha Sharma" || v.Made() == 0 {
		t.Errorf("%q, %d", v.OwnerName(), v.Made())
	}
	// In this order, and nothing without the one before.
	if err := v.Authorise(s.Code()); !errors.Is(err, data.ErrSignedOut) {
		t.Errorf("an OTP before the password: %v", err)
	}
	if _, _, err := v.Restore(t.Context()); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("before the password: %v", err)
	}
	if err := v.Unlock(t.Context(), "not it at all"); !errors.Is(err, data.ErrWrongPassword) {
		t.Errorf("wrong password: %v", err)
	}
	if err := v.Unlock(t.Context(), storetest.Password); err != nil {
		t.Fatal(err)
	}
	want := data.SalvagePreview{
		Made: v.Made(), Business: "Sharma Traders", OwnerName: "Asha Sharma", Customers: 40, Members: 2,
		OTPSetUp: true, RecordLost: true,
	}
	if p := v.Preview(); p != want {
		t.Errorf("%+v", p)
	}
	if _, _, err := v.Restore(t.Context()); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("before the OTP: %v", err)
	}
	var wrong *data.OTPWrong
	if err := v.Authorise("12"); !errors.As(err, &wrong) {
		t.Errorf("wrong OTP: %v", err)
	}
	if state, err := store.State(dir); err != nil || state != store.Fresh {
		t.Errorf("meanwhile the folder is %s, %v", state, err)
	}
	s.Clock.Add(2 * otp.Period)
	code := s.Code()
	if err := v.Authorise(code); err != nil {
		t.Fatal(err)
	}
	s.Clock.Add(otp.AuthorisationLife + 1)
	if _, _, err := v.Restore(t.Context()); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("too late: %v", err)
	}
	again := finish(t, s, v, dir)
	if got := rowsOf(t, again); !slices.EqualFunc(got, before, func(a, b data.Row) bool {
		return a.ID == b.ID && a.Name == b.Name && a.Phone == b.Phone && slices.Equal(a.Tags, b.Tags)
	}) {
		t.Errorf("%d customers, not as they were", len(got))
	}
	again.SignInAs(t, ravi.User())
	if m, err := again.Mark(t.Context(), again.Owner); err != nil || m != data.NewMark(40) {
		t.Errorf("%+v, %v", m, err)
	}
	entries, err := again.Audit(t.Context(), again.Owner, 0)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(entries)
	if at := data.VerifyChain([32]byte{}, entries); at != 0 {
		t.Errorf("the audit log breaks at %d", at)
	}
	if !slices.ContainsFunc(entries, func(e data.Entry) bool {
		return e.Kind == data.AuditRestore && e.Facts["record"] == data.FlagNo && e.Facts["into"] == "folder"
	}) {
		t.Error("the audit log doesn't say that the record was lost")
	}
	// The backup from which it came is remembered, and named when they are deleted.
	list, err := again.Backups(t.Context(), again.Owner)
	if err != nil || len(list) != 1 || list[0].Path != path || list[0].State != data.BackupThere {
		t.Errorf("%+v, %v", list, err)
	}
	if h, err := again.Holding(t.Context(), again.Owner, again.IDs(t)[:1], 0); err != nil || h.There != 1 {
		t.Errorf("%+v, %v", h, err)
	}
	// Its OTP was spent.
	if err := again.EnrolOTP(t.Context(), again.Owner, storetest.Password, s.Secret, s.Code(), s.Code()); !errors.Is(err, data.ErrOTPUsed) {
		t.Errorf("the OTP again: %v", err)
	}
	// From now on, deletions are known: the same backup brings nobody back.
	ids := again.IDs(t)
	otpDelete(t, again, data.WaySelected, ids[:5])
	r := stage(t, again, path)
	if p := r.Preview(); p.Deleted != 5 || p.After != 35 {
		t.Errorf("%+v", p)
	}
	restore(t, again, r)
	if got := again.IDs(t); !slices.Equal(got, ids[5:]) {
		t.Errorf("%d are there", len(got))
	}
}

func TestTheRecoveryKeyStandsInForALostPhone(t *testing.T) {
	s, path := lost(t, 10)
	v := salvage(t, s, t.TempDir(), path, nil)
	if err := v.AuthoriseByRecovery(s.Recovery.String()); !errors.Is(err, data.ErrSignedOut) {
		t.Errorf("without the password: %v", err)
	}
	if err := v.Unlock(t.Context(), storetest.Password); err != nil {
		t.Fatal(err)
	}
	if err := v.AuthoriseByRecovery("ABCD"); err == nil {
		t.Error("a recovery key of four letters")
	}
	if err := v.AuthoriseByRecovery(s.Recovery.String()); err != nil {
		t.Fatal(err)
	}
	again, _, err := v.Restore(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestWithoutOTPsTheRecoveryKeyIsTheOnlyWay(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 10)
	v := salvage(t, s, t.TempDir(), backUp(t, s), nil)
	if err := v.Unlock(t.Context(), storetest.Password); err != nil {
		t.Fatal(err)
	}
	if err := v.Authorise("123456"); !errors.Is(err, data.ErrOTPNotSetUp) || v.Preview().OTPSetUp {
		t.Errorf("%v, %+v", err, v.Preview())
	}
	if err := v.AuthoriseByRecovery(s.Recovery.String()); err != nil {
		t.Error(err)
	}
}

// What is wrong with a folder, and that a restore mends it.
func TestABackupMendsABrokenFolder(t *testing.T) {
	write := func(t *testing.T, path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, harm := range map[string]func(t *testing.T, dir string){
		"no database": func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "customers-1.lethe")); err != nil {
				t.Fatal(err)
			}
		},
		"no keys": func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, "keys")); err != nil {
				t.Fatal(err)
			}
		},
		"damaged keys": func(t *testing.T, dir string) { write(t, filepath.Join(dir, "keys"), "{") },
		"a stump":      func(t *testing.T, dir string) { write(t, filepath.Join(dir, "customers-1.lethe"), "x") },
		"what a crash left": func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "keys"), "{")
			write(t, filepath.Join(dir, "customers-2.lethe"), "x")
			write(t, filepath.Join(dir, store.CopyPrefix+"17"), "x")
			if err := os.Link(filepath.Join(dir, "keys"), filepath.Join(dir, ".keys-old")); err != nil {
				t.Skip(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, path := lost(t, 20)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			harm(t, s.Dir)
			v := salvage(t, s, s.Dir, path, nil)
			again := finish(t, s, v, s.Dir)
			if p := v.Preview(); !p.Replaces || !p.RecordLost {
				t.Errorf("%+v", p)
			}
			if n := len(again.IDs(t)); n != 20 {
				t.Errorf("%d customers", n)
			}
			if err := again.Close(); err != nil {
				t.Fatal(err)
			}
			for _, left := range filesIn(t, s.Dir) {
				if left != "keys" && !strings.HasPrefix(left, "customers-") {
					t.Errorf("%s is left", left)
				}
			}
			if got := names(t, s.Dir); len(got) != 1 {
				t.Errorf("databases: %v", got)
			}
		})
	}
}

// Beside a list that opens there is no second way in: the record of deletions
// would be passed by.
func TestNoSalvageWhereAListOpens(t *testing.T) {
	s, path := lost(t, 20)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := store.OpenBackup(t.Context(), s.Options(), path, passphrase, nil, nil); !errors.Is(err, data.ErrNotEmpty) {
		t.Errorf("without a sign-in: %v", err)
	}
	if _, err := store.OpenBackup(t.Context(), s.Options(), path, passphrase, unlocked(t, s.Dir), nil); !errors.Is(err, data.ErrNotEmpty) {
		t.Errorf("with one: %v", err)
	}
	if err := os.WriteFile(filepath.Join(s.Dir, "keys"), []byte(`{"format": "lethe keys", "version": 99}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := store.OpenBackup(t.Context(), s.Options(), path, passphrase, nil, nil); !errors.Is(err, data.ErrNewer) {
		t.Errorf("over a newer list: %v", err)
	}
	noCopies(t, s.Dir)
}

func unlocked(t *testing.T, dir string) *account.Unlocked {
	t.Helper()
	keys, err := store.Keys(dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), 1, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	return un
}

// A list is damaged in the midst of its customers: what it still tells of
// deletions is applied.
func TestTheRecordOfADamagedListIsApplied(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	s.Fill(t, s.Owner, 919820100000, 2000)
	path := backUp(t, s)
	ids := s.IDs(t)
	otpDelete(t, s, data.WaySelected, ids[10:25])
	page, size, err := store.PageOf(t.Context(), s.Store, "customers")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.Dir, "customers-1.lethe")
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	content[(page-1)*size+100] ^= 1
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	v := salvage(t, s, s.Dir, path, unlocked(t, s.Dir))
	again := finish(t, s, v, s.Dir)
	if p := v.Preview(); p.RecordLost || p.Deleted != 15 || p.Customers != 1985 {
		t.Errorf("%+v", p)
	}
	if got := again.IDs(t); !slices.Equal(got, slices.Delete(slices.Clone(ids), 10, 25)) {
		t.Errorf("%d are there", len(got))
	}
	if err := again.Close(); err != nil {
		t.Fatal(err)
	}
	if found := pages(t, s.Dir, needlesOf(919820100000, 10, 15)); found != 0 {
		t.Errorf("%d traces of the deleted", found)
	}
	if found := pages(t, s.Dir, needlesOf(919820100000, 30, 1)); found == 0 {
		t.Error("the search is no good")
	}
}

func TestFilesThatAreNoBackupAreNotSalvaged(t *testing.T) {
	s, path := lost(t, 10)
	text := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(text, []byte("Name,Phone\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	opt := s.Options()
	opt.Dir = t.TempDir()
	for _, c := range []struct {
		path, passphrase string
		want             error
	}{
		{text, passphrase, data.ErrNotBackup},
		{path, "eight camels in a row", data.ErrWrongPassphrase},
		{path + "x", passphrase, os.ErrNotExist},
		{opt.Dir, passphrase, data.ErrNotBackup},
	} {
		if _, err := store.OpenBackup(t.Context(), opt, c.path, c.passphrase, nil, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", filepath.Base(c.path), err)
		}
	}
	if left := filesIn(t, opt.Dir); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// Wrong OTPs count against the backup as they do against a list.
func TestGuessesAtABackupAreLimited(t *testing.T) {
	s, path := lost(t, 10)
	v := salvage(t, s, t.TempDir(), path, nil)
	if err := v.Unlock(t.Context(), storetest.Password); err != nil {
		t.Fatal(err)
	}
	var last error
	for range otp.MaxWrongOwner + 1 {
		s.Clock.Add(10 * otp.Period)
		code := "000000"
		if s.Code() == code {
			code = "111111"
		}
		last = v.Authorise(code)
	}
	if !errors.Is(last, data.ErrOTPLocked) {
		t.Errorf("after %d: %v", otp.MaxWrongOwner, last)
	}
	s.Clock.Add(10 * otp.Period)
	if err := v.Authorise(s.Code()); !errors.Is(err, data.ErrOTPLocked) {
		t.Errorf("the right one: %v", err)
	}
}

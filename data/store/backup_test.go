package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

const passphrase = "seven camels in a row"

// backUp makes a backup as the Account Owner, in a folder of its own.
func backUp(t *testing.T, s *storetest.Store) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lethe.backup")
	if _, err := s.BackUp(t.Context(), s.Owner, store.BackupRequest{
		Path: path, Passphrase: passphrase, Password: storetest.Password,
	}, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

// filesIn are the names of all files in a folder.
func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// noCopies fails if a copy is left in the data folder.
func noCopies(t *testing.T, dir string) {
	t.Helper()
	for _, name := range filesIn(t, dir) {
		if strings.HasPrefix(name, store.CopyPrefix) {
			t.Errorf("%s is left in the data folder", name)
		}
	}
}

func TestABackupIsWrittenRememberedAndRecorded(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 50)
	path := filepath.Join(t.TempDir(), "lethe.backup")
	var stages []store.BackupStage
	b, err := s.BackUp(t.Context(), s.Owner, store.BackupRequest{Path: path, Passphrase: passphrase, Password: storetest.Password},
		func(p store.BackupProgress) {
			if len(stages) == 0 || stages[len(stages)-1] != p.Stage {
				stages = append(stages, p.Stage)
			}
		})
	if err != nil {
		t.Fatal(err)
	}
	if len(stages) != 3 || stages[0] != store.BackupCopying || stages[2] != store.BackupChecking {
		t.Errorf("stages %v", stages)
	}
	list, err := s.Backups(t.Context(), s.Owner)
	if err != nil || len(list) != 1 || list[0] != b || b.Customers != 50 || b.State != data.BackupThere || b.Path != path {
		t.Errorf("remembered: %+v, %v; made %+v", list, err, b)
	}
	entries, err := s.Audit(t.Context(), s.Owner, 1)
	if err != nil || entries[0].Kind != data.AuditBackup || entries[0].Facts["customers"] != "50" {
		t.Errorf("%+v, %v", entries, err)
	}
	if got := filesIn(t, filepath.Dir(path)); len(got) != 1 {
		t.Errorf("beside it: %v", got)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	noCopies(t, s.Dir)

	// Nothing of it can be read, and no part of it is a page of the list.
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Customer 0000", "person0000", "Asha Sharma", "lethe keys", "Tag A"} {
		if bytes.Contains(content, []byte(text)) {
			t.Errorf("%q stands in the backup", text)
		}
	}
}

func TestWhatABackupRefuses(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 5)
	out := t.TempDir()
	good := store.BackupRequest{Path: filepath.Join(out, "b"), Passphrase: passphrase, Password: storetest.Password}
	var weak *account.PasswordProblem
	for _, c := range []struct {
		name   string
		change func(*store.BackupRequest)
		fits   func(error) bool
	}{
		{"wrong password", func(r *store.BackupRequest) { r.Password = "not it at all" }, is(data.ErrWrongPassword)},
		{"short passphrase", func(r *store.BackupRequest) { r.Passphrase = "short" }, func(err error) bool { return errors.As(err, &weak) }},
		{"no path", func(r *store.BackupRequest) { r.Path = " " }, is(data.ErrBackupPlace)},
		{"the data folder", func(r *store.BackupRequest) { r.Path = filepath.Join(s.Dir, "keys") }, is(data.ErrBackupPlace)},
		{"below it", func(r *store.BackupRequest) { r.Path = filepath.Join(s.Dir, "..", filepath.Base(s.Dir), "b") }, is(data.ErrBackupPlace)},
		{"a folder", func(r *store.BackupRequest) { r.Path = out }, is(data.ErrBackupPlace)},
		{"no such folder", func(r *store.BackupRequest) { r.Path = filepath.Join(out, "none", "b") }, is(data.ErrBackupPlace)},
	} {
		req := good
		c.change(&req)
		if _, err := s.BackUp(t.Context(), s.Owner, req, nil); !c.fits(err) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := s.BackUp(ctx, s.Owner, good, func(p store.BackupProgress) {
		if p.Stage == store.BackupWriting {
			cancel()
		}
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if got := filesIn(t, out); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
	if list, err := s.Backups(t.Context(), s.Owner); err != nil || len(list) != 0 {
		t.Errorf("remembered: %+v, %v", list, err)
	}
	noCopies(t, s.Dir)
}

func is(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }

func TestABackupReplacesTheOneBefore(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 5)
	path := backUp(t, s)
	other := filepath.Join(filepath.Dir(path), "second name") // of the same bytes on the disk
	if err := os.Link(path, other); err != nil {
		t.Skip("no hard links here")
	}
	s.Fill(t, s.Owner, 919820200000, 5)
	if _, err := s.BackUp(t.Context(), s.Owner, store.BackupRequest{Path: path, Passphrase: passphrase, Password: storetest.Password}, nil); err != nil {
		t.Fatal(err)
	}
	list, err := s.Backups(t.Context(), s.Owner)
	if err != nil || len(list) != 1 || list[0].Customers != 10 {
		t.Errorf("%+v, %v", list, err)
	}
	old, err := os.ReadFile(other)
	if err != nil || bytes.Contains(old, []byte("age-encryption")) || len(old) == 0 {
		t.Errorf("the file before was not overwritten: %d bytes, %v", len(old), err)
	}

	// A file of somebody else's is replaced, and not overwritten.
	alien := filepath.Join(filepath.Dir(path), "letter")
	if err := os.WriteFile(alien, []byte("Dear Asha"), 0o600); err != nil {
		t.Fatal(err)
	}
	kept := filepath.Join(filepath.Dir(path), "letter, kept")
	if err := os.Link(alien, kept); err != nil {
		t.Fatal(err)
	}
	if _, err := s.BackUp(t.Context(), s.Owner, store.BackupRequest{Path: alien, Passphrase: passphrase, Password: storetest.Password}, nil); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(kept); err != nil || string(text) != "Dear Asha" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestWhereBackupsAre(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	there, moved, away, replaced := backUp(t, s), backUp(t, s), backUp(t, s), backUp(t, s)
	if err := os.Rename(moved, moved+".moved"); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Dir(away)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(replaced, []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := s.Backups(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	states := map[string]data.BackupState{}
	for _, b := range list {
		states[b.Path] = b.State
	}
	for path, want := range map[string]data.BackupState{
		there: data.BackupThere, moved: data.BackupMissing, away: data.BackupUnreachable, replaced: data.BackupMissing,
	} {
		if states[path] != want {
			t.Errorf("%s is %q, not %q", path, states[path], want)
		}
	}
	ids := s.IDs(t)
	if h, err := s.Holding(t.Context(), s.Owner, ids[:3], 0); err != nil || h != (data.Holding{There: 1, Else: 3}) {
		t.Errorf("%+v, %v", h, err)
	}
	s.Fill(t, s.Owner, 919820200000, 5) // added after the backups
	all := s.IDs(t)
	if h, err := s.Holding(t.Context(), s.Owner, all[len(ids):], 0); err != nil || h != (data.Holding{}) {
		t.Errorf("of who came later: %+v, %v", h, err)
	}

	// Removing one overwrites it; one that was moved away is taken at the word.
	for _, b := range list {
		err := s.RemoveBackup(t.Context(), s.Owner, b.ID)
		if want := b.State == data.BackupUnreachable; want != errors.Is(err, data.ErrBackupPlace) || !want && err != nil {
			t.Errorf("%s: %v", b.State, err)
		}
	}
	if _, err := os.Stat(there); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
	if text, err := os.ReadFile(replaced); err != nil || string(text) != "something else" {
		t.Errorf("somebody else's file: %q, %v", text, err)
	}
	if h, err := s.Holding(t.Context(), s.Owner, ids[:1], 0); err != nil || h != (data.Holding{Else: 1}) {
		t.Errorf("%+v, %v", h, err)
	}
	if err := s.RemoveBackup(t.Context(), s.Owner, 999); !errors.Is(err, data.ErrNotFound) {
		t.Error(err)
	}
}

func TestTheRollingBackup(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 60)
	ctx := t.Context()
	if done, err := s.RewriteRolling(ctx, s.Owner, nil); done != data.RollingOff || err != nil {
		t.Errorf("without one: %v, %v", done, err)
	}
	path := filepath.Join(t.TempDir(), "rolling.backup")
	req := store.RollingRequest{Path: path, Passphrase: passphrase, Password: storetest.Password}
	if err := s.SetRolling(ctx, s.Owner, store.RollingRequest{Path: path, Passphrase: "short", Password: storetest.Password}, nil); err == nil {
		t.Error("a passphrase of five letters")
	}
	if r, err := s.Rolling(ctx, s.Owner); err != nil || r.On() {
		t.Errorf("%+v, %v", r, err)
	}
	if err := s.SetRolling(ctx, s.Owner, req, nil); err != nil {
		t.Fatal(err)
	}
	if r, err := s.Rolling(ctx, s.Owner); err != nil || !r.On() || r.Due || r.Made == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if done, err := s.RewriteRolling(ctx, s.Owner, nil); done != data.RollingCurrent || err != nil {
		t.Errorf("with nothing to do: %v, %v", done, err)
	}
	ids := s.IDs(t)
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, ids[:3]), nil)
	if h, err := s.Holding(ctx, s.Owner, ids[:3], 0); err != nil || h != (data.Holding{Rolling: true}) {
		t.Errorf("before it is rewritten: %+v, %v", h, err)
	}
	// A member who may delete, and nothing else, has it rewritten.
	ravi := s.Add(t, "Ravi", s.Role(t, "Deletes", data.DeleteCustomers))
	if done, err := s.RewriteRolling(ctx, ravi, nil); done != data.RollingCurrent || err != nil {
		t.Fatal(done, err)
	}
	second, err := os.ReadFile(path)
	if err != nil || bytes.Equal(first, second) {
		t.Errorf("not rewritten; %v", err)
	}
	entries, err := s.Audit(ctx, s.Owner, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Kind != data.AuditDelete {
			continue
		}
		if h, err := s.Holding(ctx, s.Owner, ids[:3], e.Seq); err != nil || h != (data.Holding{}) {
			t.Errorf("rewritten without them: %+v, %v", h, err)
		}
	}
	list, err := s.Backups(ctx, s.Owner)
	if err != nil || len(list) != 1 || !list[0].Rolling || list[0].Customers != 57 {
		t.Errorf("%+v, %v", list, err)
	}
	if err := s.RemoveBackup(ctx, s.Owner, list[0].ID); !errors.Is(err, data.ErrConflict) {
		t.Errorf("removed while it is rewritten: %v", err)
	}

	// The drive is away: that is said, and made up for once it is back.
	dir := filepath.Dir(path)
	if err := os.Rename(dir, dir+".away"); err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, ids[3:5]), nil)
	if done, err := s.RewriteRolling(ctx, s.Owner, nil); done != data.RollingFailed || !errors.Is(err, data.ErrBackupPlace) {
		t.Errorf("away: %v, %v", done, err)
	}
	if r, err := s.Rolling(ctx, s.Owner); err != nil || !r.Due || r.Failed == 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if h, err := s.Holding(ctx, s.Owner, ids[3:5], 0); err != nil || h != (data.Holding{Rolling: true}) {
		t.Errorf("%+v, %v", h, err)
	}
	if err := os.Rename(dir+".away", dir); err != nil {
		t.Fatal(err)
	}
	if done, err := s.RewriteRolling(ctx, s.Owner, nil); done != data.RollingCurrent || err != nil {
		t.Errorf("back: %v, %v", done, err)
	}
	if r, err := s.Rolling(ctx, s.Owner); err != nil || r.Due || r.Failed != 0 {
		t.Errorf("%+v, %v", r, err)
	}

	// Ended, its file stays, as an older backup.
	if err := s.SetRolling(ctx, s.Owner, store.RollingRequest{Password: storetest.Password}, nil); err != nil {
		t.Fatal(err)
	}
	list, err = s.Backups(ctx, s.Owner)
	if err != nil || len(list) != 1 || list[0].Rolling || list[0].State != data.BackupThere {
		t.Errorf("%+v, %v", list, err)
	}
	if got := filesIn(t, dir); len(got) != 1 {
		t.Errorf("beside it: %v", got)
	}
	noCopies(t, s.Dir)
}

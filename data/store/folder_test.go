package store_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

// closed makes a store with 40 customers, closes it, and returns it with what
// the Account Owner unlocked.
func closed(t *testing.T) (*storetest.Store, *account.Unlocked) {
	t.Helper()
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	un := unlock(t, s, 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return s, un
}

func (f folderFile) change(t *testing.T, change func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(string(f))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(string(f), change(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

// folderFile is a file that tests damage.
type folderFile string

func database(s *storetest.Store) folderFile {
	return folderFile(filepath.Join(s.Dir, store.FirstVersion))
}

func wantState(t *testing.T, dir string, want store.FolderState) {
	t.Helper()
	if got, err := store.State(dir); got != want || err != nil {
		t.Errorf("the folder is %q, %v; want %q", got, err, want)
	}
}

// refusesFirstRun checks that a first run leaves the folder as it is.
func refusesFirstRun(t *testing.T, s *storetest.Store) {
	t.Helper()
	before := contents(t, s.Dir)
	_, _, _, err := store.Create(t.Context(), s.Options(), firstRun())
	wantErr(t, "a first run over it", err, data.ErrNotEmpty)
	after := contents(t, s.Dir)
	for name, b := range before {
		if !bytes.Equal(b, after[name]) {
			t.Errorf("the refused first run changed %s", name)
		}
	}
}

func firstRun() store.FirstRun {
	return store.FirstRun{Business: "Other", OwnerName: "Somebody", Password: storetest.Password, Region: "IN"}
}

func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, e := range entries {
		if !e.Type().IsRegular() {
			continue
		}
		if out[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestAFreshFolder(t *testing.T) {
	wantState(t, t.TempDir(), store.Fresh)
	wantState(t, filepath.Join(t.TempDir(), "not", "there"), store.Fresh)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantState(t, dir, store.Fresh)
	if _, err := store.State(filepath.Join(dir, "notes.txt")); err == nil {
		t.Error("a file is no folder")
	}
}

func TestMissingAndDamagedFiles(t *testing.T) {
	for _, c := range []struct {
		name   string
		damage func(*testing.T, *storetest.Store)
		state  store.FolderState
		open   error // of Open, with what was unlocked before
	}{
		{"the database is gone", func(t *testing.T, s *storetest.Store) { remove(t, string(database(s))) }, store.NoDatabase, data.ErrNoDatabase},
		{"the keys are gone", func(t *testing.T, s *storetest.Store) { remove(t, filepath.Join(s.Dir, account.FileName)) }, store.NoKeys, os.ErrNotExist},
		{"the database is empty", func(t *testing.T, s *storetest.Store) {
			database(s).change(t, func([]byte) []byte { return nil })
		}, store.Damaged, data.ErrDamaged},
		{"the database is cut short", func(t *testing.T, s *storetest.Store) {
			database(s).change(t, func(b []byte) []byte { return b[:len(b)/2/sealed.PageSize*sealed.PageSize] })
		}, store.Ready, data.ErrDamaged},
		{"cut within a page", func(t *testing.T, s *storetest.Store) {
			database(s).change(t, func(b []byte) []byte { return b[:sealed.PageSize+100] })
		}, store.Ready, data.ErrDamaged},
		{"cut within the first page", func(t *testing.T, s *storetest.Store) {
			database(s).change(t, func(b []byte) []byte { return b[:1000] })
		}, store.Damaged, data.ErrDamaged},
		{"a bit of the first page flipped", func(t *testing.T, s *storetest.Store) {
			database(s).change(t, func(b []byte) []byte { b[2000] ^= 1; return b })
		}, store.Ready, data.ErrDamaged},
		{"a bit of the header flipped", func(t *testing.T, s *storetest.Store) {
			database(s).change(t, func(b []byte) []byte { b[60] ^= 1; return b })
		}, store.Ready, data.ErrDamaged},
		{"another file in its place", func(t *testing.T, s *storetest.Store) {
			database(s).change(t, func([]byte) []byte { return bytes.Repeat([]byte("no database "), 2000) })
		}, store.Ready, data.ErrDamaged},
		{"another list's database", func(t *testing.T, s *storetest.Store) {
			other, _ := closed(t)
			database(s).change(t, func([]byte) []byte { return contents(t, other.Dir)[store.FirstVersion] })
		}, store.Ready, data.ErrDamaged},
		{"another list's keys", func(t *testing.T, s *storetest.Store) {
			other, _ := closed(t)
			putKeys(t, s, keysOf(t, other))
		}, store.Ready, data.ErrDamaged},
		{"the keys are damaged", func(t *testing.T, s *storetest.Store) { putKeys(t, s, keysOf(t, s)[:300]) }, store.Damaged, data.ErrDamaged},
		{"the keys are empty", func(t *testing.T, s *storetest.Store) { putKeys(t, s, nil) }, store.Damaged, data.ErrDamaged},
		{"the keys were edited", func(t *testing.T, s *storetest.Store) {
			putKeys(t, s, bytes.Replace(keysOf(t, s), []byte("Asha Sharma"), []byte("Asha Sharmb"), 1))
		}, store.Ready, data.ErrDamaged},
		{"newer keys", func(t *testing.T, s *storetest.Store) {
			putKeys(t, s, bytes.Replace(keysOf(t, s), []byte(`"version": 1`), []byte(`"version": 2`), 1))
		}, store.Newer, data.ErrNewer},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, un := closed(t)
			c.damage(t, s)
			wantState(t, s.Dir, c.state)
			before := contents(t, s.Dir)
			again, _, err := store.Open(t.Context(), s.Options(), un)
			if err == nil {
				t.Fatal("opened", again.Close())
			}
			wantErr(t, "opening", err, c.open)
			for name, b := range contents(t, s.Dir) {
				if old, ok := before[name]; ok && !bytes.Equal(old, b) {
					t.Errorf("opening changed %s", name)
				}
			}
			refusesFirstRun(t, s)
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// A damaged page that is not needed to open shows when it is read, and in the
// check in the background.
func TestADamagedPageOfManyShows(t *testing.T) {
	s, un := closed(t)
	pages := int64(len(contents(t, s.Dir)[store.FirstVersion])) / sealed.PageSize
	bad := 0
	for page := range pages {
		flip := func(b []byte) []byte { b[page*sealed.PageSize+500] ^= 0x20; return b }
		database(s).change(t, flip)
		again, a, err := store.Open(t.Context(), s.Options(), un)
		if err == nil {
			check := again.QuickCheck(t.Context(), a)
			read := again.Customers(t.Context(), a, nobody)
			if check != nil {
				bad++
				wantErr(t, "the check", check, data.ErrDamaged)
			}
			if read != nil {
				wantErr(t, "reading", read, data.ErrDamaged)
			}
			err = again.Close()
		} else {
			bad++
			wantErr(t, "opening", err, data.ErrDamaged)
		}
		if err != nil && !errors.Is(err, data.ErrDamaged) {
			t.Error(err)
		}
		un = unlock(t, s, 1)
		database(s).change(t, flip)
	}
	if int64(bad) != pages {
		t.Errorf("%d of %d damaged pages were noticed", bad, pages)
	}
	again, a, err := store.Open(t.Context(), s.Options(), un)
	if err != nil {
		t.Fatalf("the undamaged file: %v", err)
	}
	if err := errors.Join(again.QuickCheck(t.Context(), a), again.Close()); err != nil {
		t.Error(err)
	}
}

// A first run that was cut off anywhere leaves a folder that starts anew.
func TestAnInterruptedFirstRun(t *testing.T) {
	for name, undo := range map[string]func(*testing.T, *storetest.Store){
		"while the database was built": func(t *testing.T, s *storetest.Store) {
			remove(t, filepath.Join(s.Dir, account.FileName))
			rename(t, string(database(s)), string(database(s))+store.UnfinishedExt)
			if err := os.WriteFile(string(database(s))+store.UnfinishedExt+"-wal", []byte("half a log"), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"before the database got its name": func(t *testing.T, s *storetest.Store) {
			rename(t, string(database(s)), string(database(s))+store.UnfinishedExt)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := closed(t)
			undo(t, s)
			wantState(t, s.Dir, store.Fresh)
			again, a, _, err := store.Create(t.Context(), s.Options(), firstRun())
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			if err := again.Customers(t.Context(), a, func(*data.Row) error { n++; return nil }); err != nil || n != 0 {
				t.Errorf("%d customers, %v", n, err)
			}
			if err := again.Close(); err != nil {
				t.Error(err)
			}
			for name := range contents(t, s.Dir) {
				if name != account.FileName && name != store.FirstVersion {
					t.Errorf("%s is left", name)
				}
			}
			wantState(t, s.Dir, store.Ready)
		})
	}
}

func rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}

func TestCreateRefuses(t *testing.T) {
	for _, pw := range []string{"", "short", "Somebody"} {
		first := firstRun()
		first.Password = pw
		dir := t.TempDir()
		_, _, _, err := store.Create(t.Context(), store.Options{Dir: dir, KDF: storetest.KDF}, first)
		var p *account.PasswordProblem
		if !errors.As(err, &p) {
			t.Errorf("%q: %v", pw, err)
		}
		wantState(t, dir, store.Fresh)
	}
}

func TestASecondInstance(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	first, err := store.LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	wantState(t, dir, store.Fresh)
	_, err = store.LockFolder(dir)
	wantErr(t, "a second", err, data.ErrInUse)
	if err := first.Release(); err != nil {
		t.Fatal(err)
	}
	second, err := store.LockFolder(dir)
	if err != nil {
		t.Fatalf("once the first is gone: %v", err)
	}
	if err := second.Release(); err != nil {
		t.Error(err)
	}
}

// Root may write everywhere but where there is no folder to write to.
func TestWhatCantBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := store.LockFolder(filepath.Join(file, "data"))
	wantErr(t, "a folder in a file", err, data.ErrReadOnly)
	_, err = store.LockFolder(file)
	wantErr(t, "a file", err, data.ErrReadOnly)

	s, un := closed(t)
	wal := string(database(s)) + "-wal"
	if err := os.Mkdir(wal, 0o700); err != nil {
		t.Fatal(err)
	}
	_, _, err = store.Open(t.Context(), s.Options(), un)
	wantErr(t, "no log can be written", err, data.ErrReadOnly)
	remove(t, wal)
	again, a, err := store.Open(t.Context(), s.Options(), unlock(t, s, 1))
	if err != nil {
		t.Fatalf("nothing was lost, but: %v", err)
	}
	n := 0
	err = again.Customers(t.Context(), a, func(*data.Row) error { n++; return nil })
	wantErr(t, "a reading connection", store.ExecReader(again, "DELETE FROM customers"), data.ErrReadOnly)
	if err := errors.Join(err, again.Close()); err != nil || n != 40 {
		t.Errorf("%d customers, %v", n, err)
	}
}

// If the keys file can't be written nobody's password changes.
func TestTheKeysFileCantBeWritten(t *testing.T) {
	s := storetest.New(t)
	old := keysOf(t, s)
	path := filepath.Join(s.Dir, account.FileName)
	remove(t, path)
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangePassword(t.Context(), s.Owner, storetest.Password, fresh); err == nil {
		t.Error("changed")
	}
	if _, err := s.AddUser(t.Context(), s.Owner, storetest.Password, data.User{Name: "Ravi", Role: 4}, storetest.Password); err == nil {
		t.Error("added")
	}
	remove(t, path)
	putKeys(t, s, old)
	s.Add(t, "Ravi", 4)
	reopen(t, s, unlock(t, s, 1))
}

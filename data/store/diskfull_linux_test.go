package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// A real disk that is full, where the test may mount one. Elsewhere
// TestFilesThatCantGrow has done the same.
func TestAFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("lethe", dir, "tmpfs", 0, "size=6m"); err != nil {
		t.Logf("no disk can be mounted here: %v", err)
		return
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	filler := filepath.Join(dir, "filler")
	fill := func(t *testing.T) {
		t.Helper()
		f, err := os.Create(filler)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for size := 1 << 20; size > 0; {
			if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
				size /= 2
			} else if err != nil {
				t.Fatal(err)
			}
		}
	}
	s := &storetest.Store{Clock: storetest.NewClock(), Dir: filepath.Join(dir, "data")}
	if err := os.Mkdir(s.Dir, 0o700); err != nil {
		t.Fatal(err)
	}

	fill(t)
	_, _, _, err := store.Create(t.Context(), s.Options(), firstRun())
	wantErr(t, "a first run", err, data.ErrDiskFull)
	wantState(t, s.Dir, store.Fresh)
	remove(t, filler)

	if s.Store, s.Owner, s.Recovery, err = store.Create(t.Context(), s.Options(), firstRun()); err != nil {
		t.Fatal(err)
	}
	un := unlock(t, s, 1)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	fill(t)
	_, _, err = store.Open(t.Context(), s.Options(), un)
	wantErr(t, "opening", err, data.ErrDiskFull)
	remove(t, filler)

	if s.Store, s.Owner, err = store.Open(t.Context(), s.Options(), unlock(t, s, 1)); err != nil {
		t.Fatal(err)
	}
	fill(t)
	err = s.ChangePassword(t.Context(), s.Owner, storetest.Password, fresh)
	wantErr(t, "a new password", err, data.ErrDiskFull)
	remove(t, filler)
	if err := s.CheckPassword(t.Context(), s.Owner, storetest.Password); err != nil {
		t.Errorf("the old one: %v", err)
	}
	nothingIsLost(t, s, noRoom{
		fill: fill,
		free: func(t *testing.T) { remove(t, filler) },
		want: data.ErrDiskFull,
	})
}

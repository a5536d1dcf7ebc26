package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// On a disk that is full to the last byte one still signs in, deletes a few,
// and deletes all; a larger deletion says what room it takes before it begins.
func TestBallastLetsDeleteOnAFullDisk(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("lethe", dir, "tmpfs", 0, "size=40m"); err != nil {
		t.Logf("no disk can be mounted here: %v", err)
		return
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	s := &storetest.Store{Clock: storetest.NewClock(), Dir: filepath.Join(dir, "data")}
	options := func() store.Options {
		o := s.Options()
		o.Ballast = 4 << 20
		return o
	}
	ballast := filepath.Join(s.Dir, "ballast")
	there := func() bool { _, err := os.Stat(ballast); return err == nil }
	if err := os.Mkdir(s.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.Store, s.Owner, s.Recovery, err = store.Create(t.Context(), options(), firstRun()); err != nil {
		t.Fatal(err)
	}
	if !there() {
		t.Fatal("no room is kept")
	}
	s.Fill(t, s.Owner, 919820100000, 40_000)
	s.Enrol(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(dir, "filler")
	fill := func() {
		t.Helper()
		f, err := os.OpenFile(filler, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
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
	fill()
	if s.Store, s.Owner, err = store.Open(t.Context(), options(), unlock(t, s, 1)); err != nil {
		t.Fatalf("signing in on a full disk: %v", err)
	}
	t.Cleanup(func() { s.Close() })
	if there() {
		t.Error("the ballast was not given up")
	}
	var room *data.RoomNeeded
	ids := s.IDs(t)
	_, _, err = s.Delete(t.Context(), s.Owner, seal(t, s, s.Owner, data.WaySelected, ids[:15_000]), nil, texts, nil)
	if !errors.As(err, &room) || room.Needed <= room.Free || !errors.Is(err, data.ErrDiskFull) {
		t.Errorf("a larger one: %v", err)
	}
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, ids[:20]), nil)
	s.Clock.Add(otp.Period)
	p := seal(t, s, s.Owner, data.WayAll, nil)
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, p, auth)
	if n := len(s.IDs(t)); n != 0 {
		t.Errorf("%d are left", n)
	}
	remove(t, filler)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s.Store, s.Owner, err = store.Open(t.Context(), options(), unlock(t, s, 1)); err != nil {
		t.Fatal(err)
	}
	if !there() {
		t.Error("with room again, none is kept")
	}
}

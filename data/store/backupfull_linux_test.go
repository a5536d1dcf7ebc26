package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// mounted is a disk of that many bytes, or ends the test where none can be.
func mounted(t *testing.T, size int64) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := syscall.Mount("lethe", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Skipf("no disk can be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// The disk of a backup, or of the list, is full: it is said so, nothing
// half-written is left or remembered, and the backup that was to be replaced is
// there as it was.
func TestABackupOnAFullDisk(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 300)
	info, err := os.Stat(backUp(t, s))
	if err != nil {
		t.Fatal(err)
	}
	request := func(path string) store.BackupRequest {
		return store.BackupRequest{Path: path, Passphrase: passphrase, Password: storetest.Password}
	}
	listed := func() []data.Backup {
		t.Helper()
		list, err := s.Backups(t.Context(), s.Owner)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	before := listed()

	small := mounted(t, info.Size()/2)
	_, err = s.BackUp(t.Context(), s.Owner, request(filepath.Join(small, "lethe.backup")), nil)
	wantErr(t, "onto a disk that is too small", err, data.ErrDiskFull)
	if left := filesIn(t, small); len(left) != 0 || len(listed()) != len(before) {
		t.Errorf("left %v; %d remembered", left, len(listed()))
	}
	noCopies(t, s.Dir)

	enough := mounted(t, info.Size()*3/2)
	path := filepath.Join(enough, "lethe.backup")
	if _, err := s.BackUp(t.Context(), s.Owner, request(path), nil); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	remembered := listed()
	s.Clock.Add(3600e9)
	_, err = s.BackUp(t.Context(), s.Owner, request(path), nil)
	wantErr(t, "beside the one that it replaces", err, data.ErrDiskFull)
	now, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(now, content) || len(filesIn(t, enough)) != 1 {
		t.Errorf("the one before: %d bytes of %d, %v; beside it %v", len(now), len(content), err, filesIn(t, enough))
	}
	if list := listed(); len(list) != len(remembered) || list[0] != remembered[0] {
		t.Errorf("remembered %+v, was %+v", list, remembered)
	}
	noCopies(t, s.Dir)
}

// The list's own disk has no room for the copy that a backup is made of.
func TestABackupOfAListOnAFullDisk(t *testing.T) {
	dir := mounted(t, 4<<20)
	s := &storetest.Store{Clock: storetest.NewClock(), Dir: filepath.Join(dir, "data")}
	if err := os.Mkdir(s.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.Store, s.Owner, s.Recovery, err = store.Create(t.Context(), s.Options(), firstRun()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	s.Fill(t, s.Owner, 919820100000, 300)
	filler := filepath.Join(dir, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	for size := 1 << 20; size > 0; {
		if _, err := f.Write(make([]byte, size)); errors.Is(err, syscall.ENOSPC) {
			size /= 2
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	to := t.TempDir()
	req := store.BackupRequest{Path: filepath.Join(to, "lethe.backup"), Passphrase: passphrase, Password: storetest.Password}
	_, err = s.BackUp(t.Context(), s.Owner, req, nil)
	wantErr(t, "a backup", err, data.ErrDiskFull)
	noCopies(t, s.Dir)
	if left := filesIn(t, to); len(left) != 0 {
		t.Errorf("left %v", left)
	}
	remove(t, filler)
	if _, err := s.BackUp(t.Context(), s.Owner, req, nil); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if n := len(s.IDs(t)); n != 300 {
		t.Errorf("%d are in the list", n)
	}
}

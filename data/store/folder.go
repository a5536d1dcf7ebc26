package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/store/sealed"
)

const (
	lockName     = "lock"
	probePrefix  = ".lethe-probe-"
	databaseExt  = ".lethe"
	firstVersion = "customers-1" + databaseExt
)

// FolderState tells what a data folder holds.
type FolderState string

// The states of a folder. Only a Fresh one may become a first run.
const (
	Fresh      FolderState = "fresh"
	Ready      FolderState = "ready"
	NoDatabase FolderState = "no_database"
	NoKeys     FolderState = "no_keys"
	Damaged    FolderState = "damaged"
	Newer      FolderState = "newer"
)

// State looks at a folder without changing it. A folder that does not exist is
// Fresh. The error is that of reading the folder.
func State(dir string) (FolderState, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return Fresh, nil
	}
	if err != nil {
		return "", err
	}
	hasDatabase := false
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), databaseExt) {
			hasDatabase = true
		}
	}
	file, err := account.Load(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && hasDatabase:
		return NoKeys, nil
	case errors.Is(err, fs.ErrNotExist):
		return Fresh, nil
	case errors.Is(err, data.ErrNewer):
		return Newer, nil
	case errors.Is(err, data.ErrDamaged):
		return Damaged, nil
	case err != nil:
		return "", err
	}
	info, err := os.Stat(filepath.Join(dir, file.Database()))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		// An interrupted first run; see Create.
		if _, err := os.Stat(filepath.Join(dir, file.Database()+unfinishedExt)); err == nil {
			return Fresh, nil
		}
		return NoDatabase, nil
	case err != nil:
		return "", err
	case info.Size() < sealed.PageSize:
		return Damaged, nil
	}
	return Ready, nil
}

// FolderLock keeps other instances out of a folder.
type FolderLock struct{ lock *flock.Flock }

// LockFolder makes the folder if need be and takes it for this process. It
// answers data.ErrInUse if another Lethe has it, data.ErrReadOnly if nothing
// can be written there.
func LockFolder(dir string) (*FolderLock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("%w: %w", data.ErrReadOnly, err)
	}
	probe, err := os.CreateTemp(dir, probePrefix+"*")
	if err != nil {
		return nil, fmt.Errorf("%w: %w", data.ErrReadOnly, err)
	}
	if err := errors.Join(probe.Close(), os.Remove(probe.Name())); err != nil {
		return nil, err
	}
	l := flock.New(filepath.Join(dir, lockName))
	got, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", data.ErrReadOnly, err)
	}
	if !got {
		return nil, data.ErrInUse
	}
	return &FolderLock{l}, nil
}

// Release gives the folder free.
func (l *FolderLock) Release() error { return l.lock.Unlock() }

package sealed

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

const overwriteChunk = 1 << 20

// Overwrite writes random bytes, and then zeros, over the whole of a file in
// place, syncing each, and leaves it at its length. The file must not be open
// in SQLite. What storage keeps besides the file's blocks (a solid-state
// drive's spare ones, snapshots) it does not reach. A file that does not exist
// is fs.ErrNotExist.
func Overwrite(path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return &fs.PathError{Op: "overwrite", Path: path, Err: fs.ErrInvalid}
	}
	buf := make([]byte, overwriteChunk)
	if err := overwrite(f, info.Size(), buf, func() error { _, err := rand.Read(buf); return err }); err != nil {
		return err
	}
	clear(buf)
	return overwrite(f, info.Size(), buf, func() error { return nil })
}

// overwrite writes buf, made anew by next each time, over size bytes of f.
func overwrite(f *os.File, size int64, buf []byte, next func() error) error {
	for off := int64(0); off < size; {
		if err := next(); err != nil {
			return err
		}
		n, err := f.WriteAt(buf[:min(int64(len(buf)), size-off)], off)
		if err != nil {
			return err
		}
		off += int64(n)
	}
	return f.Sync()
}

// OverwriteAndRemove overwrites a file and removes it; the folder is synced. A
// file that does not exist is no error.
func OverwriteAndRemove(path string) error {
	switch err := Overwrite(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	}
	if err := os.Remove(path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

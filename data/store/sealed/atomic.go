package sealed

import (
	"errors"
	"os"
	"path/filepath"
)

// WriteFileAtomic puts data into the file at path, so that a crash at any moment
// leaves the old content or the new, whole: a new file in the same folder,
// synced, renamed over the old one, the folder synced. perm is taken as it is,
// without the umask. An error that is ErrUnsynced means that the new content is
// in place, but might not be after a power loss.
func WriteFileAtomic(path string, data []byte, perm os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(perm)
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	if err := SyncDir(filepath.Dir(path)); err != nil {
		return errors.Join(ErrUnsynced, err)
	}
	return nil
}

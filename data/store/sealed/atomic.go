package sealed

import (
	"errors"
	"os"
	"path/filepath"

	"lethe/data/store/internal/disk"
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
	disk.Tell(disk.Change{Kind: disk.Create, Path: f.Name()})
	_, err = f.Write(data)
	disk.Tell(disk.Change{Kind: disk.Write, Path: f.Name(), Data: data})
	if err == nil {
		err = f.Chmod(perm)
	}
	if err == nil {
		err = f.Sync()
		disk.Tell(disk.Change{Kind: disk.Sync, Path: f.Name()})
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = disk.Renamed(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, disk.Removed(f.Name()))
	}
	if err := SyncDir(filepath.Dir(path)); err != nil {
		return errors.Join(ErrUnsynced, err)
	}
	return nil
}

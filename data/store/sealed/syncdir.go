//go:build !windows

package sealed

import (
	"errors"
	"os"
)

// SyncDir makes what was created, renamed or removed in a folder last through a
// power failure. On Windows it does nothing: there is no such call, and NTFS
// logs these changes itself.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

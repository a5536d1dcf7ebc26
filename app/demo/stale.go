package demo

import (
	"os"
	"path/filepath"
	"time"

	"lethe/data/store"
)

// dirPrefix is how the folders of samples begin, in the system's temp folder.
const dirPrefix = "lethe-demo-"

// young is an age below which a folder may be one that another Lethe is just
// making and has not locked yet.
const young = time.Minute

// removeStale removes the folders of samples that ended without doing so.
// Those whose lock is held are in use. What can't be removed is left.
func removeStale(now time.Time) {
	dirs, err := filepath.Glob(filepath.Join(os.TempDir(), dirPrefix+"*"))
	if err != nil {
		return
	}
	for _, dir := range dirs {
		info, err := os.Lstat(dir)
		if err != nil || !info.IsDir() || now.Sub(info.ModTime()) < young {
			continue
		}
		lock, err := store.LockFolder(dir)
		if err != nil {
			continue
		}
		if lock.Release() == nil {
			_ = os.RemoveAll(dir)
		}
	}
}

package demo

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"lethe/data/store"
)

func TestSamplesThatACrashLeftAreRemoved(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv("TMP", temp)
	folder := func(name string) string {
		dir := filepath.Join(temp, name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	left, used, other := folder(dirPrefix+"1"), folder(dirPrefix+"2"), folder("somebody-else")
	lock, err := store.LockFolder(used)
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	removeStale(time.Now()) // all are young
	if _, err := os.Stat(left); err != nil {
		t.Error("a folder that was just made is gone")
	}
	removeStale(time.Now().Add(time.Hour))
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Error("what a crash left is still there")
	}
	for _, dir := range []string{used, other} {
		if _, err := os.Stat(dir); err != nil {
			t.Errorf("%s is gone", filepath.Base(dir))
		}
	}
}

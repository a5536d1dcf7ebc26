package sealed

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestOverwrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	old := bytes.Repeat([]byte("secret "), 400_001)
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	same, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer same.Close()
	if err := Overwrite(path); err != nil {
		t.Fatal(err)
	}
	// Read through the file that was open before: it was overwritten in place.
	got := make([]byte, len(old)+1)
	if n, _ := same.ReadAt(got, 0); n != len(old) || bytes.Contains(got, []byte("secret")) || isZero(got[:64]) {
		t.Fatalf("%d bytes, %q", n, got[:64])
	}
	if err := same.Close(); err != nil {
		t.Fatal(err)
	}
	if err := OverwriteAndRemove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if err := OverwriteAndRemove(path); err != nil {
		t.Fatal(err)
	}
	if err := Overwrite(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
}

func TestWriteFileAtomic(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "keys")
	for _, content := range []string{"one", "two, which is longer", ""} {
		if err := WriteFileAtomic(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := readFile(t, path); string(got) != content {
			t.Fatalf("%q", got)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Error(info.Mode())
	}
	// A target that can't be replaced: the old content and no temporary file.
	taken := filepath.Join(dir, "folder")
	if err := os.MkdirAll(filepath.Join(taken, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := WriteFileAtomic(taken, []byte("x"), 0o600); err == nil {
		t.Error("replaced a folder")
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%v, %v", entries, err)
	}
}

package onfile

import (
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"

	"lethe/data/store"
)

// made is raised when lists, or what is made beside them, come out otherwise
// than before though the schema is the same.
const made = 4

// Folder is where what is made of n customers is kept below root: another one
// where the schema is another.
func Folder(root string, n int) (string, error) {
	schema, err := store.Schema()
	if err != nil {
		return "", err
	}
	h := fnv.New32a()
	fmt.Fprintf(h, "%d\x00%s", made, schema)
	return filepath.Join(root, fmt.Sprintf("customers-%d-%08x", n, h.Sum32())), nil
}

// Once fills path, unless that was done before. While it is filled it has
// another name, so that an interrupted making leaves nothing that counts.
func Once(path string, fill func(path string) error) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	unfinished := path + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	if err := fill(unfinished); err != nil {
		return errors.Join(err, os.RemoveAll(unfinished))
	}
	return os.Rename(unfinished, path)
}

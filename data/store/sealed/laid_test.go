package sealed

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Whoever can write to the folder, and has no key, lays a journal or a log
// beside a list that is closed. What SQLite makes of it is an error or the rows
// of a commit, never others.
func TestFilesLaidBeside(t *testing.T) {
	key := newKey(t)
	v := mount(t, key)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, v, "journal_mode(wal)")
	exec(t, db, table)
	exec(t, db, `CREATE TABLE big (id INTEGER PRIMARY KEY, b BLOB)`)
	insert(t, db, 0, 300)
	exec(t, db, `PRAGMA wal_checkpoint(TRUNCATE)`)
	older, err := everything(snapshot(t, path), v)
	if err != nil {
		t.Fatal(err)
	}
	insert(t, db, 300, 600)
	oldLog := readFile(t, path+walSuffix)
	closeAll(t, db)
	want, err := everything(path, v)
	if err != nil {
		t.Fatal(err)
	}
	whole := readFile(t, path)
	header := func(records, pages uint32) []byte {
		h := make([]byte, journalSector)
		copy(h, journalMagic)
		for i, n := range []uint32{records, 7, pages, journalSector, PageSize} {
			binary.BigEndian.PutUint32(h[8+4*i:], n)
		}
		return h
	}
	hidden := func(h []byte) []byte { h[0] = 0; return h }
	record := make([]byte, 4+PageSize+4)
	binary.BigEndian.PutUint32(record, 2)
	copy(record[4:], whole[PageSize:2*PageSize]) // sealed as a page of the database, not of a journal
	plain := make([]byte, walHeaderSize)
	copy(plain, oldLog)
	setWALVersion(plain, walVersion)

	for _, c := range []struct {
		name, suffix string
		content      []byte
	}{
		{"a journal that would cut the list to a page", journalSuffix, hidden(header(0, 1))},
		{"one that would cut off its last page", journalSuffix, hidden(header(0, uint32(len(whole)/PageSize)-1))},
		{"one with SQLite's own magic number", journalSuffix, header(0, 1)},
		{"one with a page of the list in it", journalSuffix, append(hidden(header(1, uint32(len(whole)/PageSize))), record...)},
		{"one with a page of nothing", journalSuffix, append(hidden(header(1, 9)), make([]byte, 4+PageSize+4)...)},
		{"a log of SQLite's own version", walSuffix, append(plain, oldLog[walHeaderSize:]...)},
		{"a log of another list", walSuffix, otherLog(t)},
		{"the log of an earlier time", walSuffix, oldLog},
	} {
		if err := errors.Join(os.WriteFile(path, whole, 0o600), os.WriteFile(path+c.suffix, c.content, 0o600)); err != nil {
			t.Fatal(err)
		}
		got, err := everything(path, v)
		if err == nil && got != want && got != older {
			t.Errorf("%s: wrong rows", c.name)
		}
		t.Logf("%s: %v, all rows: %v", c.name, err, got == want)
		for _, suffix := range []string{walSuffix, journalSuffix, "-shm"} {
			if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Fatal(err)
			}
		}
	}
	closeAll(t, v)
}

func otherLog(t *testing.T) []byte {
	t.Helper()
	v := mount(t, newKey(t))
	path := filepath.Join(t.TempDir(), "other.db")
	db := open(t, path, v, "journal_mode(wal)")
	exec(t, db, table)
	insert(t, db, 0, 50)
	log := readFile(t, path+walSuffix)
	closeAll(t, db, v)
	return log
}

package sealed

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

func codeOf(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func TestWrongKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	key, other := newKey(t), newKey(t)
	v := mount(t, key)
	db := open(t, path, v, "journal_mode(wal)", "wal_autocheckpoint(0)")
	exec(t, db, table)
	insert(t, db, 0, 100)
	crashed := snapshot(t, path) // with all rows in the WAL
	closeAll(t, db)

	if err := Check(crashed, other); !errors.Is(err, ErrWrongKey) {
		t.Errorf("Check under another key: %v", err)
	}
	w := mount(t, other)
	db = open(t, crashed, w)
	if err := db.Ping(); codeOf(err) != sqlite3.SQLITE_NOTADB {
		t.Errorf("another key: %v", err)
	}
	closeAll(t, db, w)
	db = open(t, crashed, nil)
	if _, err := db.Exec(`SELECT * FROM customer`); err == nil {
		t.Error("opened without the VFS")
	}
	closeAll(t, db)
	// Neither attempt may have cost the log.
	db = open(t, crashed, v)
	if got := ask(t, db, `SELECT count(*) FROM customer`); got != "100" {
		t.Errorf("%s rows after the attempts", got)
	}
	closeAll(t, db, v)
}

func TestCheck(t *testing.T) {
	dir, key := t.TempDir(), newKey(t)
	file := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	plain := open(t, filepath.Join(dir, "plain"), nil)
	exec(t, plain, table)
	closeAll(t, plain)
	v := mount(t, key)
	good := readFile(t, sample(t, v))
	torn := append([]byte(nil), good...)
	torn[200] ^= 1
	for _, c := range []struct {
		path string
		want error
	}{
		{file("good", good), nil},
		{file("torn", torn), ErrDamaged},
		{file("cut", good[:1000]), ErrDamaged},
		{file("empty", nil), ErrEmpty},
		{file("text", bytes.Repeat([]byte("hello "), 2000)), ErrNotSealed},
		{file("short", []byte("hello")), ErrNotSealed},
		{filepath.Join(dir, "plain"), ErrNotSealed},
		{filepath.Join(dir, "none"), fs.ErrNotExist},
	} {
		if err := Check(c.path, key); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", filepath.Base(c.path), err)
		}
	}
	db := open(t, filepath.Join(dir, "plain"), v)
	if err := db.Ping(); codeOf(err) != sqlite3.SQLITE_NOTADB {
		t.Errorf("a plain database through the VFS: %v", err)
	}
	closeAll(t, db, v)
}

func TestRefusedSettings(t *testing.T) {
	v := mount(t, newKey(t))
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, v)
	exec(t, db, table)
	for _, p := range []string{
		"page_size=8192", "page_size=512", "auto_vacuum=full", "auto_vacuum=1", "auto_vacuum=incremental",
		"mmap_size=1000000", "synchronous=off", "synchronous=0", "synchronous=256", "main.synchronous=OFF",
		"journal_mode=off", "journal_mode=memory",
	} {
		if _, err := db.Exec("PRAGMA " + p); err == nil || !strings.Contains(err.Error(), "refuses") {
			t.Errorf("%s: %v", p, err)
		}
	}
	for _, p := range []string{"page_size=4096", "mmap_size=0", "synchronous=normal", "synchronous=FULL", "journal_mode=WAL", "auto_vacuum=none"} {
		if _, err := db.Exec("PRAGMA " + p); err != nil {
			t.Errorf("%s: %v", p, err)
		}
	}
	insert(t, db, 0, 10)
	closeAll(t, db)
	for _, parameter := range []string{"nolock=1", "immutable=1"} {
		db, err := sql.Open("sqlite", dsn(path, v.Name())+"&"+parameter)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Ping(); err == nil {
			t.Errorf("%s was taken", parameter)
		}
		closeAll(t, db)
	}
	closeAll(t, v)
}

func TestNoTemporaryFiles(t *testing.T) {
	v := mount(t, newKey(t))
	db := open(t, filepath.Join(t.TempDir(), "a.db"), v)
	exec(t, db, table)
	insert(t, db, 0, 2000)
	const sorts = `SELECT count(*) FROM (SELECT * FROM customer a, customer b WHERE a.id < 50 ORDER BY a.note || b.name)`
	exec(t, db, `PRAGMA cache_size = 10`)
	exec(t, db, `PRAGMA temp_store = file`)
	exec(t, db, `PRAGMA cache_spill = 5`)
	var n int
	if err := db.QueryRow(`SELECT count(*) FROM (SELECT a.note || b.name || hex(zeroblob(200)) AS x FROM customer a, customer b WHERE a.id < 50 ORDER BY x LIMIT 90000)`).Scan(&n); codeOf(err) != sqlite3.SQLITE_CANTOPEN {
		t.Errorf("a sort that spills: %d, %v", n, err)
	}
	if _, err := db.Exec(`VACUUM`); codeOf(err) != sqlite3.SQLITE_CANTOPEN {
		t.Errorf("VACUUM with temporary files: %v", err)
	}
	exec(t, db, `PRAGMA temp_store = memory`)
	exec(t, db, sorts)
	exec(t, db, `VACUUM`)
	closeAll(t, db, v)
}

func TestGuard(t *testing.T) {
	dir := t.TempDir()
	v := mount(t, newKey(t))
	db := open(t, filepath.Join(dir, "a.db"), v)
	exec(t, db, table)
	insert(t, db, 0, 10)
	conn, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Raw(Guard); err != nil {
		t.Fatal(err)
	}
	closeAll(t, conn)
	for _, query := range []string{
		`VACUUM INTO 'file:` + filepath.ToSlash(dir) + `/plain.db?vfs=unix'`,
		`ATTACH 'FILE:` + filepath.ToSlash(dir) + `/plain.db?vfs=unix' AS p`,
	} {
		if _, err := db.Exec(query); err == nil {
			t.Errorf("%s: taken", query)
		}
	}
	exec(t, db, `VACUUM`)
	exec(t, db, `VACUUM INTO ?`, filepath.Join(dir, "copy.db"))
	if _, err := os.Stat(filepath.Join(dir, "plain.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("there is a plain copy")
	}
	closeAll(t, db, v)
}

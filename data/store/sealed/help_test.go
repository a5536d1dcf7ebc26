package sealed

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func mount(t testing.TB, key Key) *VFS {
	t.Helper()
	v, err := Mount(key)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func newKey(t testing.TB) Key {
	t.Helper()
	k, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// dsn names a database with the pragmas that every sealed connection has.
func dsn(path, vfs string, pragmas ...string) string {
	// Not in the order given: the driver sorts them.
	defaults := []string{"temp_store(memory)", "busy_timeout(10000)"}
	if !slices.Contains(pragmas, "secure_delete(off)") {
		defaults = append(defaults, "secure_delete(on)")
	}
	q := url.Values{"_pragma": append(defaults, pragmas...)}
	if vfs != "" {
		q.Set("vfs", vfs)
	}
	return "file:" + filepath.ToSlash(path) + "?" + q.Encode()
}

// open answers a handle with one connection.
func open(t testing.TB, path string, v *VFS, pragmas ...string) *sql.DB {
	t.Helper()
	name := ""
	if v != nil {
		name = v.Name()
	}
	db, err := sql.Open("sqlite", dsn(path, name, pragmas...))
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

func exec(t testing.TB, db *sql.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(context.Background(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func ask(t testing.TB, db *sql.DB, query string, args ...any) string {
	t.Helper()
	var s string
	if err := db.QueryRowContext(context.Background(), query, args...).Scan(&s); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return s
}

func closeAll(t testing.TB, things ...interface{ Close() error }) {
	t.Helper()
	for _, c := range things {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A row of the tests: values that are easily found again in a file's bytes.
func nameOf(i int) string { return fmt.Sprintf("Customer-%07d Asha", i) }
func phoneOf(i int) int64 { return 919800000000 + int64(i) }
func noteOf(i int) string { return fmt.Sprintf("Note-%07d likes the blue one", i) }

const table = `CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, phone INTEGER UNIQUE, note TEXT)`

func insert(t testing.TB, db *sql.DB, from, to int) {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for i := from; i < to; i++ {
		if _, err := tx.Exec(`INSERT INTO customer VALUES (?,?,?,?)`, i, nameOf(i), phoneOf(i), noteOf(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

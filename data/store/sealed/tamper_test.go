package sealed

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// readings read all rows of a sample, from the tables and from the index.
var readings = []string{
	`SELECT id || name || phone || note FROM customer NOT INDEXED ORDER BY id`,
	`SELECT phone FROM customer ORDER BY phone`,
	`SELECT hex(b) FROM big ORDER BY id`,
}

// everything answers all rows, read from the table and from the index, or the
// first error. It never fails the test.
func everything(path string, v *VFS) (string, error) {
	db, err := sql.Open("sqlite", dsn(path, v.Name()))
	if err != nil {
		return "", err
	}
	defer db.Close()
	var all strings.Builder
	for _, query := range readings {
		if err := collect(db, query, &all); err != nil {
			return "", err
		}
	}
	var check strings.Builder
	if err := collect(db, `PRAGMA integrity_check`, &check); err != nil || check.String() != "ok\n" {
		return "", fmt.Errorf("integrity: %w, %s", err, check.String())
	}
	return all.String(), nil
}

func collect(db *sql.DB, query string, into *strings.Builder) error {
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return err
		}
		fmt.Fprintln(into, s)
	}
	return rows.Err()
}

// sample makes a small database with pages of every kind and answers its path.
func sample(t *testing.T, v *VFS) string {
	path := filepath.Join(t.TempDir(), "sample.db")
	db := open(t, path, v, "journal_mode(delete)")
	exec(t, db, table)
	exec(t, db, `CREATE TABLE big (id INTEGER PRIMARY KEY, b BLOB)`)
	insert(t, db, 0, 400)
	exec(t, db, `INSERT INTO big VALUES (1, randomblob(9000)), (2, randomblob(20000)), (3, randomblob(9000))`)
	exec(t, db, `DELETE FROM big WHERE id = 2`)
	closeAll(t, db)
	return path
}

func TestFlippedByte(t *testing.T) {
	key := newKey(t)
	v := mount(t, key)
	path := sample(t, v)
	whole := readFile(t, path)
	want, err := everything(path, v)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[uint32]PageKind{}
	if err := Pages(context.Background(), path, key, func(p Page) error {
		kinds[p.Number] = p.Kind
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	seen := map[PageKind]bool{}
	offsets := []int{0, 1, 8, 15, 16, 17, 20, 24, 28, 32, 36, 52, 60, 92, 99, 100, 101, 2048, 4055, 4056, 4071, 4072, 4095}
	for n, kind := range kinds {
		seen[kind] = true
		for _, off := range append(offsets, rand.IntN(PageSize), rand.IntN(PageSize)) {
			damaged := append([]byte(nil), whole...)
			damaged[int(n-1)*PageSize+off] ^= 1 << rand.IntN(8)
			if err := os.WriteFile(path, damaged, 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := everything(path, v)
			switch {
			case err == nil && got != want:
				t.Fatalf("page %d (%v), byte %d: wrong rows", n, kind, off)
			case err == nil && kind != FreeLeaf:
				t.Fatalf("page %d (%v), byte %d: no error", n, kind, off)
			}
			if err := Pages(context.Background(), path, key, func(Page) error { return nil }); err == nil {
				t.Fatalf("page %d (%v), byte %d: Pages saw nothing", n, kind, off)
			}
		}
	}
	for _, k := range []PageKind{LeafTable, LeafIndex, InteriorTable, InteriorIndex, Overflow, FreeTrunk, FreeLeaf} {
		if !seen[k] {
			t.Errorf("the sample has no page of kind %v", k)
		}
	}
	closeAll(t, v)
}

func TestMovedAndMissingPages(t *testing.T) {
	key := newKey(t)
	v := mount(t, key)
	path := sample(t, v)
	whole := readFile(t, path)
	want, err := everything(path, v)
	if err != nil {
		t.Fatal(err)
	}
	page := func(b []byte, n int) []byte { return b[n*PageSize : (n+1)*PageSize] }
	for name, damaged := range map[string][]byte{
		"swapped": func() []byte {
			b := append([]byte(nil), whole...)
			copy(page(b, 2), page(whole, 3))
			copy(page(b, 3), page(whole, 2))
			return b
		}(),
		"zeroed": func() []byte {
			b := append([]byte(nil), whole...)
			clear(page(b, 4))
			return b
		}(),
		"cut off": whole[:len(whole)-PageSize],
		"cut in":  whole[:len(whole)-100],
	} {
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := everything(path, v)
		if err == nil && (name != "cut in" || got != want) { // cut in: the last page is a free one
			t.Errorf("%s: no error", name)
		}
		if err := Pages(context.Background(), path, key, func(Page) error { return nil }); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: Pages: %v", name, err)
		}
	}
	closeAll(t, v)
}

// snapshot copies a database and what lies beside it, as a crash would leave
// them, into a new folder.
func snapshot(t *testing.T, path string) string {
	to := filepath.Join(t.TempDir(), "copy.db")
	for _, suffix := range []string{"", walSuffix, journalSuffix} {
		b, err := os.ReadFile(path + suffix)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(to+suffix, b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// A damaged WAL gives the rows of a transaction that was committed, never
// others; and the loss is reported when later frames still open.
func TestFlippedByteInWAL(t *testing.T) {
	key := newKey(t)
	v := mount(t, key)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, v, "journal_mode(wal)", "wal_autocheckpoint(0)")
	exec(t, db, table)
	const commits = 20
	for i := range commits {
		insert(t, db, i*10, i*10+10)
	}
	crashed := snapshot(t, path)
	closeAll(t, db, v)
	wal := readFile(t, crashed+walSuffix)
	whole := readFile(t, crashed)
	frames := (len(wal) - walHeaderSize) / frameSize
	lost := 0
	for i := range 150 {
		frame := i % frames
		off := walHeaderSize + frame*frameSize + []int{0, 3, 4, 8, 15, 16, 23, 24, 2000, 4079, 4080, 4119}[i%12]
		if i == 0 {
			off = 17 // the header's salt
		}
		damaged := append([]byte(nil), wal...)
		damaged[off] ^= 0x10
		for name, b := range map[string][]byte{crashed: whole, crashed + walSuffix: damaged} {
			if err := os.WriteFile(name, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		v := mount(t, key)
		db := open(t, crashed, v)
		var n, sum int
		err := db.QueryRow(`SELECT count(*), coalesce(sum(id), 0) FROM customer`).Scan(&n, &sum)
		if err == nil && (n%10 != 0 || sum != n*(n-1)/2) {
			t.Fatalf("frame %d, byte %d: %d rows, sum %d", frame, off, n, sum)
		}
		if err == nil && n == commits*10 {
			t.Fatalf("frame %d, byte %d: no effect", frame, off)
		}
		closeAll(t, db)
		if got := len(v.LogLosses()); got > 1 || got == 0 && frame < frames-1 {
			t.Fatalf("frame %d, byte %d: %d losses reported", frame, off, got)
		} else {
			lost += got
		}
		closeAll(t, v)
	}
	if lost == 0 {
		t.Fatal("no loss was reported")
	}
}

// A hot journal with a page that does not open is an error, not half a
// rollback.
func TestFlippedByteInJournal(t *testing.T) {
	key := newKey(t)
	v := mount(t, key)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, v, "journal_mode(delete)", "cache_size(5)")
	exec(t, db, table)
	exec(t, db, `CREATE TABLE big (id INTEGER PRIMARY KEY, b BLOB)`)
	insert(t, db, 0, 300)
	want, err := everything(snapshot(t, path), v)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`UPDATE customer SET note = 'changed', name = name || 'changed'`); err != nil {
		t.Fatal(err)
	}
	if got, err := everything(snapshot(t, path), v); err != nil || got != want {
		t.Fatalf("rolling back an untouched journal: %v", err)
	}
	crashed := snapshot(t, path)
	plain := open(t, crashed, nil)
	if _, err := plain.Exec(`SELECT * FROM customer`); err == nil {
		t.Fatal("opened without the VFS")
	}
	closeAll(t, plain)
	if got, err := everything(crashed, v); err != nil || got != want {
		t.Fatalf("rolling back after an attempt without the VFS: %v", err)
	}
	for i := range 60 {
		crashed := snapshot(t, path)
		journal := readFile(t, crashed+journalSuffix)
		journal[journalSector+4+i*(len(journal)-journalSector-4104)/60] ^= 1
		if err := os.WriteFile(crashed+journalSuffix, journal, 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := everything(crashed, v); err == nil && got != want {
			t.Fatalf("flip %d: wrong rows", i)
		}
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	closeAll(t, db, v)
}

package sealed

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Numbers are found in rows, keys and what is in the log, however many bytes
// SQLite writes them with, and no longer once their row is gone.
func TestIntegersOfLiveRows(t *testing.T) {
	ctx, key := context.Background(), newKey(t)
	path := filepath.Join(t.TempDir(), "a.db")
	v := mount(t, key)
	db := open(t, path, v)
	exec(t, db, `CREATE TABLE a (id INTEGER PRIMARY KEY, text TEXT, number INTEGER UNIQUE, note TEXT)`)
	exec(t, db, `CREATE TABLE b (text TEXT, number INTEGER, ratio REAL, PRIMARY KEY (text, number)) WITHOUT ROWID`)
	var numbers []int64
	for _, magnitude := range []uint{0, 1, 6, 7, 8, 14, 15, 16, 22, 23, 24, 30, 31, 32, 37, 46, 47, 48, 55, 62} {
		numbers = append(numbers, 1<<magnitude, -1<<magnitude, 1<<magnitude-1)
	}
	numbers = append(numbers, 1<<63-1, -1<<63, 919820012345)
	seen := map[int64]bool{}
	for i, n := range numbers {
		if seen[n] {
			continue
		}
		seen[n] = true
		// Long notes go on in overflow pages; the number stands in front of them.
		exec(t, db, `INSERT INTO a VALUES (?, ?, ?, ?)`, 1000+i, strings.Repeat("x", i), n, strings.Repeat("note ", 80*i))
		exec(t, db, `INSERT INTO b VALUES (?, ?, 0.5)`, strings.Repeat("y", i), n)
	}
	for i := range 3000 { // so that the keys' trees have inner pages
		exec(t, db, `INSERT INTO a (number) VALUES (?)`, 5_000_000_000+i)
	}
	search := func(numbers ...int64) int {
		t.Helper()
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		n := NewNeedles()
		n.SetIntegers(len(numbers), slices.Values(numbers), func(v int64) bool { return slices.Contains(numbers, v) })
		r, err := Search(ctx, path, key, n, 1)
		if err != nil {
			t.Fatal(err)
		}
		if r.Found != 0 {
			t.Errorf("%d found among bytes", r.Found)
		}
		db = open(t, path, v)
		return r.Integers
	}
	for n := range seen {
		want := 3 // the row, its key, the row of the other table
		if n >= 0 && n <= 3003 {
			continue // others have it too: SQLite's own numbers
		}
		if got := search(n); got != want {
			t.Errorf("%d: %d places", n, got)
		}
	}
	if got := search(0, 1); got < 6 {
		t.Errorf("0 and 1: %d places", got)
	}
	for _, i := range []int{0, 1500, 2999} {
		if got := search(5_000_000_000 + int64(i)); got != 2 {
			t.Errorf("number %d of the many: %d places", i, got)
		}
	}
	all := make([]int64, 0, 3000)
	for i := range 3000 {
		all = append(all, 5_000_000_000+int64(i))
	}
	if got := search(all...); got != 6000 {
		t.Errorf("all of the many: %d places", got)
	}
	exec(t, db, `DELETE FROM a WHERE number = 919820012345`)
	if got := search(919820012345); got != 1 {
		t.Errorf("gone from one table: %d places", got)
	}
	exec(t, db, `DELETE FROM b WHERE number = 919820012345`)
	if got := search(919820012345, 919820012346); got != 0 {
		t.Errorf("gone: %d places", got)
	}
	closeAll(t, db, v)
}

// In a page of whatever bytes, looking for numbers ends and stays within it.
func TestIntegersOfAnyPage(t *testing.T) {
	all := []int64{0, 7, 300, 70_000, 1 << 25, 1 << 40, 1 << 60}
	n := newIntegers(len(all), slices.Values(all), func(int64) bool { return true })
	page := make([]byte, PageSize)
	for seed := range 5000 {
		fill := uint32(seed*2654435761 + 1)
		for i := range page {
			fill = fill*1664525 + 1013904223
			page[i] = byte(fill >> 24)
		}
		for _, kind := range []byte{interiorIndex, leafIndex, leafTable} {
			page[0], page[3], page[5] = kind, 0, byte(seed%16)
			n.count(describe(2, btreeKind(kind), page, 0))
		}
	}
}

func TestLower(t *testing.T) {
	for c := range 256 {
		small := byte(c)
		if 'A' <= c && c <= 'Z' {
			small += 'a' - 'A'
		}
		for length := range 20 {
			got := lower(bytes.Repeat([]byte{byte(c)}, length))
			if !bytes.Equal(got, bytes.Repeat([]byte{small}, length)) {
				t.Fatalf("%d times %d: %v", length, c, got)
			}
		}
	}
}

package sealed

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/data/store/internal/proof"
)

// hostile is a database as a crash left it, with its log or journal, and what
// it held after each commit.
type hostile struct {
	key    Key
	files  map[string][]byte // by the suffix
	states map[string]bool
	lines  map[string]bool // of all states, and of the transaction that is not committed
}

// newHostile makes one with a WAL of several commits, or with the journal of a
// transaction that was not committed.
func newHostile(t testing.TB, mode string) *hostile {
	h := &hostile{key: newKey(t), files: map[string][]byte{}, states: map[string]bool{}, lines: map[string]bool{}}
	v := mount(t, h.key)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, v, "journal_mode("+mode+")", "wal_autocheckpoint(0)", "cache_size(5)")
	exec(t, db, table)
	exec(t, db, `CREATE TABLE big (id INTEGER PRIMARY KEY, b BLOB)`)
	exec(t, db, `INSERT INTO big VALUES (1, randomblob(9000)), (2, randomblob(9000))`)
	note := func() {
		t.Helper()
		state, err := everything(snapshotTo(t, path), v)
		if err != nil {
			t.Fatal(err)
		}
		h.states[state] = true
	}
	note()
	for i := range 6 {
		insert(t, db, i*40, i*40+40)
		if i == 1 && mode == "wal" {
			exec(t, db, `PRAGMA wal_checkpoint(FULL)`)
		}
		note()
	}
	if mode == "wal" {
		// The states before the tables, of a log that is lost in part.
		h.states[""] = true
	} else {
		exec(t, db, `BEGIN`)
		exec(t, db, `UPDATE customer SET note = 'changed', name = name || 'x'`)
		var within strings.Builder
		for _, query := range readings {
			if err := collect(db, query, &within); err != nil {
				t.Fatal(err)
			}
		}
		h.states[within.String()] = false
	}
	for state := range h.states {
		for line := range strings.Lines(state) {
			h.lines[line] = true
		}
	}
	for _, suffix := range []string{"", walSuffix, journalSuffix} {
		if b, err := os.ReadFile(path + suffix); err == nil {
			h.files[suffix] = b
		}
	}
	if mode != "wal" {
		exec(t, db, `ROLLBACK`)
	}
	closeAll(t, db, v)
	return h
}

func snapshotTo(t testing.TB, path string) string {
	to := filepath.Join(t.TempDir(), "copy.db")
	for _, suffix := range []string{"", walSuffix, journalSuffix} {
		if b, err := os.ReadFile(path + suffix); err == nil {
			if err := os.WriteFile(to+suffix, b, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return to
}

// harm changes b in one of the ways in which a file is damaged or tampered with.
func harm(b, other []byte, how uint8, at, n uint32, value byte) []byte {
	b = bytes.Clone(b)
	if len(b) == 0 {
		return []byte{value}
	}
	off := int(at) % len(b)
	end := min(len(b), off+1+int(n%9000))
	const unit = PageSize
	switch how % 8 {
	case 0:
		b[off] ^= value | 1
	case 1:
		return b[:off]
	case 2:
		clear(b[off:end])
	case 3:
		for i := off; i < end; i++ {
			b[i] = byte(i*7) ^ value
		}
	case 4: // two pages change places
		p, q := off/unit*unit, int(n)%len(b)/unit*unit
		if p+unit <= len(b) && q+unit <= len(b) {
			tmp := bytes.Clone(b[p : p+unit])
			copy(b[p:], b[q:q+unit])
			copy(b[q:], tmp)
		}
	case 5: // two frames change places
		p, q := walHeaderSize+off/frameSize*frameSize, walHeaderSize+int(n)%len(b)/frameSize*frameSize
		if p+frameSize <= len(b) && q+frameSize <= len(b) {
			tmp := bytes.Clone(b[p : p+frameSize])
			copy(b[p:], b[q:q+frameSize])
			copy(b[q:], tmp)
		}
	case 6:
		return append(b, b[off:end]...)
	case 7:
		return bytes.Clone(other)
	}
	return b
}

// try opens the database with one file changed; it answers whether it opened.
func (h *hostile) try(t testing.TB, file, how uint8, at, n uint32, value byte) bool {
	t.Helper()
	suffixes := []string{"", walSuffix, journalSuffix}
	suffix := suffixes[int(file)%len(suffixes)]
	if h.files[suffix] == nil {
		suffix = ""
	}
	dir, err := os.MkdirTemp("", "hostile")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "a.db")
	for s, b := range h.files {
		if s == suffix {
			b = harm(b, h.files[walSuffix], how, at, n, value)
		}
		if err := os.WriteFile(path+s, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	v := mount(t, h.key)
	got, err := everything(path, v)
	good := h.states[got]
	if suffix == journalSuffix && !good {
		// That a journal was removed, cut or emptied can't be told from one that
		// was never there (see the package comment), so pages of the unfinished
		// transaction may stay; but no row is made up.
		good = true
		for line := range strings.Lines(got) {
			good = good && h.lines[line]
		}
	}
	if err == nil && !good {
		t.Fatalf("file %q, harm %d at %d, %d, %d: rows that were never committed: %.200q", suffix, how%8, at, n, value, got)
	}
	closeAll(t, v)
	_, _ = Search(context.Background(), path, h.key, NewNeedles(), 1) // an error or a report
	return err == nil
}

// FuzzOpen damages a file and opens the database: an error, or rows that were
// committed once.
func FuzzOpen(f *testing.F) {
	for how := range uint8(8) {
		f.Add(false, uint8(0), how, uint32(5000), uint32(9000), byte(7))
		f.Add(false, uint8(1), how, uint32(9000), uint32(4120), byte(7))
		f.Add(true, uint8(2), how, uint32(600), uint32(900), byte(7))
	}
	wal, journal := newHostile(f, "wal"), newHostile(f, "delete")
	f.Fuzz(func(t *testing.T, rollback bool, file, how uint8, at, n uint32, value byte) {
		h := wal
		if rollback {
			h = journal
		}
		h.try(t, file, how, at, n, value)
	})
}

// The same by chance, so often that each file is hit everywhere.
func TestTortureDamagedFiles(t *testing.T) {
	r := rand.New(rand.NewPCG(proof.Seed(t), 4))
	all := proof.N(120, 6000)
	opened := 0
	for mode, files := range map[string][]uint8{"wal": {0, 1}, "delete": {0, 2}} {
		h := newHostile(t, mode)
		for i := range all / 2 {
			if h.try(t, files[i%2], uint8(r.IntN(8)), r.Uint32(), r.Uint32(), byte(r.Uint32())) {
				opened++
			}
			proof.Progress(t, i+1, all/2, "damaged files, "+mode)
		}
	}
	proof.Figure(t, "%d damaged files: %d refused, %d opened with rows that had been committed", all/2*2, all/2*2-opened, opened)
}

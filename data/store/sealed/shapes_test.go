package sealed

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// openFile answers an open file of a kind.
func openFile(t *testing.T, kind byte) *file {
	t.Helper()
	registerMu.RLock()
	defer registerMu.RUnlock()
	for _, f := range files {
		if f.kind == kind {
			return f
		}
	}
	t.Fatalf("no file of kind %c is open", kind)
	return nil
}

// What SQLite is not known to do is refused, and leaves the file as it is:
// neither could it be sealed, nor would what was read be a page.
func TestShapesOutsideTheListAreRefused(t *testing.T) {
	v := mount(t, newKey(t))
	dir := t.TempDir()
	db := open(t, filepath.Join(dir, "a.db"), v, "journal_mode(wal)", "wal_autocheckpoint(0)")
	exec(t, db, table)
	insert(t, db, 0, 300)
	exec(t, db, `PRAGMA wal_checkpoint(PASSIVE)`)
	other := open(t, filepath.Join(dir, "b.db"), v, "journal_mode(delete)")
	exec(t, other, table)
	tx, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(`INSERT INTO customer VALUES (1, 'a', 1, '')`); err != nil {
		t.Fatal(err)
	}
	tls := libc.NewTLS()
	defer tls.Close()
	buf := alloc(tls, 2*frameSize)
	defer sqlite3.Xsqlite3_free(tls, buf)

	type shape struct {
		n   int32
		off int64
	}
	const frame = walHeaderSize
	for kind, shapes := range map[byte]struct{ reads, writes []shape }{
		inDatabase: {
			reads: []shape{
				{PageSize, 1},
				{PageSize, 512},
				{512, 0},
				{headerSize, PageSize},
				{headerSize, 16},
				{16, 0},
				{16, 25},
				{16, PageSize + 24},
				{2 * PageSize, 0},
				{1, 0},
				{99, 0},
				{usable, 0},
			},
			writes: []shape{{1, 0}, {16, 24}, {100, 0}, {512, 0}, {usable, 0}, {PageSize, 100}, {PageSize, 2048}, {2 * PageSize, 0}, {0, 0}},
		},
		inWAL: {
			reads: []shape{
				{PageSize, frame},
				{PageSize, 0},
				{frameHeaderSize, frame},
				{8, frame},
				{8, frame + 8},
				{8, 0},
				{32, frame},
				{16, 0},
				{frameSize, frame + 1},
				{2 * frameSize, frame},
			},
			writes: []shape{
				{PageSize, frame},
				{frameSize, frame},
				{8, frame + 16},
				{8, 24},
				{16, 0},
				{walHeaderSize, frame},
				{frameHeaderSize, frame + 24},
				{frameHeaderSize, 0},
				{PageSize, 0},
				{512, frame + 24},
				{2048, frame + 24 + 2048},
			},
		},
		inJournal: {
			reads:  []shape{{PageSize, 0}, {PageSize, 3}},
			writes: []shape{{PageSize, 0}, {PageSize, 1 << 20}, {512, 0}, {100, 0}, {12, 0}, {8, 0}, {1, 0}, {28, 0}, {2 * PageSize, 512}},
		},
	} {
		f := openFile(t, kind)
		before := readFile(t, f.path)
		for _, s := range shapes.reads {
			read := map[byte]func(*libc.TLS, uintptr, int32, int64) int32{inDatabase: f.readDatabase, inWAL: f.readWAL, inJournal: f.readJournal}[kind]
			if rc := read(tls, buf, s.n, s.off); rc == sqlite3.SQLITE_OK || rc == sqlite3.SQLITE_IOERR_SHORT_READ {
				t.Errorf("%c: %d bytes at %d were read", kind, s.n, s.off)
			}
		}
		content := bytesAt(buf, 2*frameSize)
		for i := range content {
			content[i] = 0x41
		}
		for _, s := range shapes.writes {
			write := map[byte]func(*libc.TLS, uintptr, int32, int64) int32{inDatabase: f.writeDatabase, inWAL: f.writeWAL, inJournal: f.writeJournal}[kind]
			if rc := write(tls, buf, s.n, s.off); rc == sqlite3.SQLITE_OK {
				t.Errorf("%c: %d bytes at %d were written", kind, s.n, s.off)
			}
		}
		// The right shape, but the tail where tag and nonce go is not empty.
		if kind != inJournal {
			write, off := f.writeDatabase, int64(PageSize)
			if kind == inWAL {
				write, off = f.writeWAL, frame+frameHeaderSize
			}
			if rc := write(tls, buf, PageSize, off); rc == sqlite3.SQLITE_OK {
				t.Errorf("%c: a page with a full tail was written", kind)
			}
		}
		clear(content)
		if string(readFile(t, f.path)) != string(before) {
			t.Errorf("%c: the file has changed", kind)
		}
	}

	f := openFile(t, inDatabase)
	before, err := os.Stat(f.path)
	if err != nil {
		t.Fatal(err)
	}
	page := bytesAt(buf, PageSize)
	for name, change := range map[string]func(){
		"no header":     func() { clear(page) },
		"another size":  func() { page[16], page[17] = 0x20, 0 },
		"no reserve":    func() { page[20] = 0 },
		"auto-vacuum":   func() { binary.BigEndian.PutUint32(page[52:], 3) },
		"incremental":   func() { binary.BigEndian.PutUint32(page[64:], 1) },
		"another magic": func() { page[0] = 's' },
	} {
		clear(page)
		copy(page, magic)
		page[16], page[17], page[20] = PageSize>>8, PageSize&0xff, Reserved
		change()
		if rc := f.writeDatabase(tls, buf, PageSize, 0); rc == sqlite3.SQLITE_OK {
			t.Errorf("page 1 with %s was written", name)
		}
	}
	clear(page)
	if rc := f.writeDatabase(tls, buf, PageSize, (pendingPage-1)*PageSize); rc == sqlite3.SQLITE_OK {
		t.Error("the page that SQLite locks was written")
	}
	if rc := f.writeDatabase(tls, buf, PageSize, maxPages*PageSize); rc != sqlite3.SQLITE_FULL {
		t.Errorf("a page too far: %d", rc)
	}
	if rc := f.truncateDatabase(tls, PageSize+1); rc == sqlite3.SQLITE_OK {
		t.Error("cut within a page")
	}
	if after, err := os.Stat(f.path); err != nil || after.Size() != before.Size() {
		t.Errorf("%d bytes, were %d, %v", after.Size(), before.Size(), err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	closeAll(t, db, other, v)
}

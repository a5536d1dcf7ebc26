package sealed

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"lethe/data/store/internal/proof"
)

// Each byte of the database, changed, and each two pages, swapped, leave a page
// that does not open.
func TestTortureDamagedEveryByteOfTheDatabase(t *testing.T) {
	key := newKey(t)
	v := mount(t, key)
	whole := readFile(t, sample(t, v))
	closeAll(t, v)
	s, err := newSuite(key)
	if err != nil {
		t.Fatal(err)
	}
	seal := newSealer(s)
	pages := len(whole) / PageSize
	page := make([]byte, PageSize)
	at := func(n int) []byte { return whole[n*PageSize : (n+1)*PageSize] }
	opens := func(n int) bool { return seal.openPage(uint32(n)+1, page) }
	every := proof.N(7, 1) // bytes, in short runs
	flips := 0
	for n := range pages {
		if copy(page, at(n)); !opens(n) {
			t.Fatalf("page %d does not open", n+1)
		}
		for off := n % every; off < PageSize; off += every {
			copy(page, at(n))
			page[off] ^= 1 << (off % 8)
			if opens(n) {
				t.Errorf("page %d, byte %d: not noticed", n+1, off)
			}
			flips++
		}
		for other := range pages {
			if copy(page, at(other)); other != n && opens(n) {
				t.Errorf("page %d in the place of page %d: not noticed", other+1, n+1)
			}
		}
	}
	proof.Figure(t, "%d bytes of %d changed, %d pairs of pages swapped: all noticed", flips, len(whole), pages*(pages-1))
}

// Each byte of a frame that a later commit follows, changed, ends the log there
// and is reported; no row is made up.
func TestTortureDamagedEveryByteOfTheLog(t *testing.T) {
	key := newKey(t)
	v := mount(t, key)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, v, "journal_mode(wal)", "wal_autocheckpoint(0)")
	exec(t, db, table)
	const commits = 3
	for i := range commits {
		insert(t, db, i*10, i*10+10)
	}
	crashed := snapshot(t, path)
	closeAll(t, db, v)
	wal, whole := readFile(t, crashed+walSuffix), readFile(t, crashed)
	last := (len(wal) - walHeaderSize) / frameSize // of the last commit, a frame or more: see the package comment
	s, err := newSuite(key)
	if err != nil {
		t.Fatal(err)
	}
	for last > 1 && !endsCommit(s, wal, last-1) {
		last--
	}
	end := walHeaderSize + (last-1)*frameSize
	every := proof.N(53, 1)
	flips := 0
	for off := 0; off < end; off += every {
		damaged := bytes.Clone(wal)
		damaged[off] ^= 1 << (off % 8)
		if err := errors.Join(os.WriteFile(crashed, whole, 0o600), os.WriteFile(crashed+walSuffix, damaged, 0o600)); err != nil {
			t.Fatal(err)
		}
		v := mount(t, key)
		db := open(t, crashed, v)
		var n, sum int
		err := db.QueryRow(`SELECT count(*), coalesce(sum(id), 0) FROM customer`).Scan(&n, &sum)
		if err == nil && (n%10 != 0 || sum != n*(n-1)/2 || n == commits*10) {
			t.Fatalf("byte %d: %d rows, sum %d", off, n, sum)
		}
		closeAll(t, db)
		if len(v.LogLosses()) != 1 {
			t.Fatalf("byte %d: losses %+v", off, v.LogLosses())
		}
		closeAll(t, v)
		flips++
		proof.Progress(t, off, end, "bytes")
	}
	proof.Figure(t, "%d bytes of %d changed: all noticed and reported", flips, end)
}

// endsCommit tells whether a frame, counted from 1, is the last of a commit.
func endsCommit(s *suite, wal []byte, frame int) bool {
	off := walHeaderSize + (frame-1)*frameSize
	header := bytes.Clone(wal[off : off+frameHeaderSize])
	s.openFrameHeader(int64(off), header)
	return !isZero(header[4:8])
}

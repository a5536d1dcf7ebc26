package sealed

import (
	"bytes"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

const (
	// pendingPage holds the bytes that SQLite locks (at 1 GiB). It is never
	// written, and on Windows must not be.
	pendingPage = 0x40000000/PageSize + 1

	// maxPages ends a database at 137 GB, so that the first byte of a page, its
	// type, cannot be that of a page number in an overflow or freelist page.
	maxPages = 1<<25 - 1
)

// checkKey refuses to open a database that is not sealed under the VFS's key.
// A WAL lies beside it perhaps, and SQLite would recover nothing from it and
// remove it when it closes. Less than a page is what a crash can leave of a new
// database, which a journal may take back.
func (f *file) checkKey(tls *libc.TLS) int32 {
	size, rc := f.size(tls)
	if rc != sqlite3.SQLITE_OK || size == 0 {
		return rc
	}
	n := min(size, checkSize)
	if rc := f.real.read(tls, f.work, int32(n), 0); rc != sqlite3.SQLITE_OK {
		return rc
	}
	if !bytes.Equal(f.workBytes(int(n)), f.check[:n]) {
		return sqlite3.SQLITE_NOTADB
	}
	return sqlite3.SQLITE_OK
}

// readDatabase answers the shapes in which SQLite reads a database: whole
// pages, the header when it opens the file, the change counter and what follows
// it, without a lock, before it trusts its cache.
func (f *file) readDatabase(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	switch {
	case n == PageSize && off%PageSize == 0:
		return f.readPage(tls, buf, off)
	case n == headerSize && off == 0:
		return f.readHeader(tls, buf)
	case n == 16 && off == 24:
		return f.real.read(tls, buf, n, off)
	}
	return sqlite3.SQLITE_IOERR_READ
}

// readPage opens a page. A page that is missing is as wrong as one that is
// altered. Only an empty database may be read past its end, and one that is
// being written, where it has grown: with secure_delete off SQLite writes no
// page that was new and freed again in one transaction, and reads it where it
// takes it up once more. (That the database was whole to begin with, SQLite has
// checked by its header.)
func (f *file) readPage(tls *libc.TLS, buf uintptr, off int64) int32 {
	rc := f.real.read(tls, buf, PageSize, off)
	if rc == sqlite3.SQLITE_IOERR_SHORT_READ {
		size, rc2 := f.size(tls)
		if rc2 == sqlite3.SQLITE_OK && size <= off && (size == 0 && off == 0 || f.writing && off >= f.begun) {
			clear(bytesAt(buf, PageSize))
			return rc
		}
		return sqlite3.SQLITE_IOERR_DATA
	}
	if rc != sqlite3.SQLITE_OK {
		return rc
	}
	page := bytesAt(buf, PageSize)
	if off == 0 && !f.ours(page) {
		return sqlite3.SQLITE_NOTADB
	}
	if !f.openPage(uint32(off/PageSize)+1, page) {
		clear(page)
		return sqlite3.SQLITE_IOERR_DATA
	}
	return sqlite3.SQLITE_OK
}

// beginWriting notes how long the database is.
func (f *file) beginWriting(tls *libc.TLS) {
	if f.kind != inDatabase || f.writing {
		return
	}
	size, rc := f.size(tls)
	f.writing, f.begun = rc == sqlite3.SQLITE_OK, size
}

// readHeader answers SQLite's first look at a database. From one without a whole
// page it learns the size of a page and how much of it is reserved.
func (f *file) readHeader(tls *libc.TLS, buf uintptr) int32 {
	rc := f.real.read(tls, buf, headerSize, 0)
	head := bytesAt(buf, headerSize)
	switch {
	case rc == sqlite3.SQLITE_OK && f.ours(head):
		copy(head, magic)
	case rc == sqlite3.SQLITE_OK:
		return sqlite3.SQLITE_NOTADB
	case rc == sqlite3.SQLITE_IOERR_SHORT_READ:
		clear(head)
		head[16], head[17] = PageSize>>8, PageSize&0xff
		head[20] = Reserved
		return sqlite3.SQLITE_OK
	}
	return rc
}

// writeDatabase seals a page on its way to the database. On that way the gap of
// a b-tree page is zeroed, where SQLite leaves what was deleted.
func (f *file) writeDatabase(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	if n != PageSize || off%PageSize != 0 {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	if off/PageSize >= maxPages {
		return sqlite3.SQLITE_FULL
	}
	pgno := uint32(off/PageSize) + 1
	if pgno == pendingPage || pgno == 1 && !goodHeader(bytesAt(buf, PageSize)) {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	if rc := f.fill(tls, off); rc != sqlite3.SQLITE_OK {
		return rc
	}
	page, ok := f.fetch(buf)
	if !ok {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	if !f.vfs.keepGap {
		zeroGap(pgno, page)
	}
	if f.sealPage(pgno, page) != nil {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	return f.put(tls, f.work, PageSize, off)
}

// goodHeader tells whether page 1 describes a database that can be sealed: with
// our sizes, and without auto-vacuum, whose pointer-map pages would look like
// b-tree pages.
func goodHeader(page []byte) bool {
	return bytes.HasPrefix(page, []byte(magic)) &&
		page[16] == PageSize>>8 && page[17] == PageSize&0xff && page[20] == Reserved &&
		isZero(page[52:56]) && isZero(page[64:68])
}

// fill writes sealed pages of zeros from the end of the file up to end, so that
// there is never a page in it that does not open. SQLite leaves such holes
// where a page was new and freed again in one transaction.
func (f *file) fill(tls *libc.TLS, end int64) int32 {
	size, rc := f.size(tls)
	for off := size / PageSize * PageSize; rc == sqlite3.SQLITE_OK && off < end; off += PageSize {
		pgno := uint32(off/PageSize) + 1
		if pgno == pendingPage {
			continue
		}
		page := f.workBytes(PageSize)
		clear(page)
		if f.sealPage(pgno, page) != nil {
			return sqlite3.SQLITE_IOERR_WRITE
		}
		rc = f.put(tls, f.work, PageSize, off)
	}
	return rc
}

// truncateDatabase cuts the database to size, or extends it with sealed pages.
func (f *file) truncateDatabase(tls *libc.TLS, size int64) int32 {
	if size%PageSize != 0 {
		return sqlite3.SQLITE_IOERR_TRUNCATE
	}
	if rc := f.fill(tls, size); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return f.cut(tls, size)
}

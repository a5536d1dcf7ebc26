package sealed

import (
	"bytes"
	"encoding/binary"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Sizes in a rollback journal (SQLite file format, section 3). A header fills a
// sector, which is taken to be 512 bytes since the VFS promises that a write
// harms no neighbours.
const (
	journalMagic      = "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"
	journalSector     = 512
	journalCountSize  = 12 // magic and number of records
	journalFields     = 28 // of a header, zeros after them
	superJournalPgno  = pendingPage
	maxSuperName      = 1 << 16
	recordPageNumbers = 4
)

// journalState is what a journal's file remembers between two calls of SQLite,
// which writes and reads a record in three steps: the page's number, the page,
// its checksum.
type journalState struct {
	pgno   uint32 // the number written last
	pageAt int64  // where its page goes
	sumAt  int64  // where the checksum of the page written or read last stands
	mask   [4]byte
}

// A journal's magic number begins with a zero byte on the disk: SQLite takes
// such a journal for a finished one. Any SQLite without this VFS, a database
// browser say, therefore leaves it alone; it would else take the records for
// torn ones, and remove the journal without rolling back.
func showMagic(head []byte) {
	if len(head) >= len(journalMagic) && head[0] == 0 && string(head[1:len(journalMagic)]) == journalMagic[1:] {
		head[0] = journalMagic[0]
	}
}

// readMagic answers the first n of the eight bytes at off.
func (f *file) readMagic(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	rc := f.real.read(tls, f.work, int32(len(journalMagic)), off)
	head := f.workBytes(len(journalMagic))
	showMagic(head)
	copy(bytesAt(buf, int(n)), head)
	if size, rc2 := f.size(tls); rc == sqlite3.SQLITE_IOERR_SHORT_READ && rc2 == sqlite3.SQLITE_OK && off+int64(n) <= size {
		return sqlite3.SQLITE_OK
	}
	return rc
}

func (f *file) readJournal(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	switch {
	case n == int32(len(journalMagic)) || n == 1:
		return f.readMagic(tls, buf, n, off)
	case n == PageSize:
		return f.readRecord(tls, buf, off)
	case n == 4 && off == f.journal.sumAt && off != 0:
		rc := f.real.read(tls, buf, n, off)
		f.maskChecksum(bytesAt(buf, 4))
		return rc
	}
	return f.real.read(tls, buf, n, off)
}

func (f *file) maskChecksum(sum []byte) {
	for i := range sum {
		sum[i] ^= f.journal.mask[i]
	}
}

// readRecord opens the page whose record begins four bytes before off.
func (f *file) readRecord(tls *libc.TLS, buf uintptr, off int64) int32 {
	if off < recordPageNumbers {
		return sqlite3.SQLITE_IOERR_READ
	}
	rc := f.real.read(tls, f.work, recordPageNumbers+PageSize, off-recordPageNumbers)
	if rc != sqlite3.SQLITE_OK {
		return rc
	}
	b := f.workBytes(recordPageNumbers + PageSize)
	page := b[recordPageNumbers:]
	f.journal.sumAt = off + PageSize
	f.journal.mask = f.checksumMask(page[nonceAt:])
	if !f.open(f.log, page, 0, f.journalAAD(binary.BigEndian.Uint32(b))) {
		return sqlite3.SQLITE_IOERR_DATA
	}
	copy(bytesAt(buf, PageSize), page)
	clear(page)
	return sqlite3.SQLITE_OK
}

// writeJournal knows everything that SQLite writes into a journal, and lets
// pass in the clear only what holds nothing of a page.
func (f *file) writeJournal(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	b := bytesAt(buf, int(n))
	j := &f.journal
	switch {
	case n == PageSize && off == j.pageAt && off != 0:
		return f.writeRecord(tls, buf, off)
	case n == 4 && off == j.sumAt && off != 0:
		sum := f.workBytes(4)
		copy(sum, b)
		f.maskChecksum(sum)
		j.sumAt = 0
		return f.put(tls, f.work, n, off)
	case n == 4: // a page's number, or length or checksum of the super-journal's name
		j.pgno, j.pageAt = binary.BigEndian.Uint32(b), off+4
		return f.put(tls, buf, n, off)
	case clearInJournal(b):
		// Where the records before it stood no longer tells what comes next.
		*j = journalState{}
		head := f.workBytes(int(n))
		copy(head, b)
		if headed(head) {
			head[0] = 0
		}
		return f.put(tls, f.work, n, off)
	case j.pgno == superJournalPgno && off == j.pageAt && n < maxSuperName && bytes.IndexByte(b, 0) < 0:
		j.pageAt = 0
		return f.put(tls, buf, n, off) // the super-journal's name
	}
	return sqlite3.SQLITE_IOERR_WRITE
}

// clearInJournal knows the writes that hold nothing of a page: a header, whose
// magic and number of records are zero until its records are synced, these two
// alone, the magic alone, and the zeros that end a journal.
func clearInJournal(b []byte) bool {
	switch len(b) {
	case 1, journalFields:
		return isZero(b)
	case len(journalMagic), journalCountSize:
		return headed(b)
	case journalSector:
		return (headed(b) || isZero(b[:journalCountSize])) && isZero(b[journalFields:])
	}
	return false
}

func headed(b []byte) bool { return bytes.HasPrefix(b, []byte(journalMagic)) }

// writeRecord seals the page whose number was written just before it.
func (f *file) writeRecord(tls *libc.TLS, buf uintptr, off int64) int32 {
	page, ok := f.fetch(buf)
	if !ok || f.seal(f.log, page, 0, f.journalAAD(f.journal.pgno)) != nil {
		return sqlite3.SQLITE_IOERR_WRITE
	}
	f.journal.pageAt = 0
	f.journal.sumAt = off + PageSize
	f.journal.mask = f.checksumMask(page[nonceAt:])
	return f.put(tls, f.work, PageSize, off)
}

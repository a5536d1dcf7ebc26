package sealed

import (
	"path/filepath"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"

	"lethe/data/store/internal/disk"
)

// file is an open file of SQLite. SQLite calls its methods under the mutex of
// the connection that opened it, so never two at once.
type file struct {
	vfs  *VFS
	kind byte // inDatabase, inWAL, inJournal, or superJournal
	path string
	real real
	*sealer

	// work holds a frame on its way to or from the disk: workSize bytes of
	// SQLite's memory, from xOpen to xClose. It ends with the eight bytes that
	// xFileSize answers into.
	work uintptr

	wal     walState
	journal journalState

	// While the connection holds the lock that writing a database with a rollback
	// journal takes: how long the database was when it got it.
	writing bool
	begun   int64
}

// superJournal is the kind of the file that names the journals of a
// transaction over several databases. It holds paths only and stays clear.
const superJournal = 'S'

const workSize = frameSize + 8

func (f *file) workBytes(n int) []byte { return bytesAt(f.work, n) }

func (f *file) size(tls *libc.TLS) (int64, int32) {
	return f.real.size(tls, f.work+frameSize)
}

// kindOf answers what a file that SQLite opens with these flags is for, or 0 if
// it may not be opened: temporary files would hold plaintext.
func kindOf(flags int32) byte {
	switch {
	case flags&(sqlite3.SQLITE_OPEN_TEMP_DB|sqlite3.SQLITE_OPEN_TRANSIENT_DB|sqlite3.SQLITE_OPEN_TEMP_JOURNAL|sqlite3.SQLITE_OPEN_SUBJOURNAL) != 0:
		return 0
	case flags&sqlite3.SQLITE_OPEN_MAIN_DB != 0:
		return inDatabase
	case flags&sqlite3.SQLITE_OPEN_WAL != 0:
		return inWAL
	case flags&sqlite3.SQLITE_OPEN_MAIN_JOURNAL != 0:
		return inJournal
	case flags&sqlite3.SQLITE_OPEN_SUPER_JOURNAL != 0:
		return superJournal
	}
	return 0
}

func xOpen(tls *libc.TLS, pVFS, name, pFile uintptr, flags int32, outFlags uintptr) int32 {
	sh := shimAt(pFile)
	sh.base.FpMethods = 0
	v, kind := vfsOf(pVFS), kindOf(flags)
	if v == nil || kind == 0 || name == 0 {
		return sqlite3.SQLITE_CANTOPEN
	}
	if kind == inDatabase && (uriTrue(tls, name, "nolock") || uriTrue(tls, name, "immutable")) {
		return sqlite3.SQLITE_CANTOPEN
	}
	f := &file{vfs: v, kind: kind, path: libc.GoString(name), real: realOf(pFile), sealer: newSealer(v.suite)}
	if f.work = alloc(tls, workSize); f.work == 0 {
		return sqlite3.SQLITE_NOMEM
	}
	rc := openReal(tls, v.base, name, f.real, flags, outFlags)
	if rc == sqlite3.SQLITE_OK && kind == inDatabase {
		if rc = f.checkKey(tls); rc != sqlite3.SQLITE_OK {
			f.real.close(tls)
		}
	}
	if rc != sqlite3.SQLITE_OK {
		f.release(tls)
		return rc
	}
	disk.Tell(disk.Change{Kind: disk.Create, Path: f.path})
	v.open.Add(1)
	sh.handle = register(f)
	sh.base.FpMethods = methodsFor(f.real)
	return sqlite3.SQLITE_OK
}

// uriTrue tells whether a parameter of the database's URI is set.
func uriTrue(tls *libc.TLS, name uintptr, parameter string) bool {
	p := allocString(tls, parameter)
	defer sqlite3.Xsqlite3_free(tls, p)
	return p == 0 || sqlite3.Xsqlite3_uri_boolean(tls, name, p, 0) != 0
}

func xClose(tls *libc.TLS, pFile uintptr) int32 {
	f := fileOf(pFile)
	rc := f.real.close(tls)
	f.release(tls)
	registerMu.Lock()
	delete(files, shimAt(pFile).handle)
	registerMu.Unlock()
	f.vfs.open.Add(-1)
	return rc
}

// release gives the work area back, without the rows that passed through it.
func (f *file) release(tls *libc.TLS) {
	clear(f.workBytes(workSize))
	sqlite3.Xsqlite3_free(tls, f.work)
	f.work = 0
}

func xRead(tls *libc.TLS, pFile, buf uintptr, n int32, off int64) int32 {
	f := fileOf(pFile)
	switch f.kind {
	case inDatabase:
		return f.readDatabase(tls, buf, n, off)
	case inWAL:
		return f.readWAL(tls, buf, n, off)
	case inJournal:
		return f.readJournal(tls, buf, n, off)
	}
	if n == int32(len(journalMagic)) {
		// SQLite opens a journal that a super-journal names as if it were one,
		// to see whether it names it in turn.
		return f.readMagic(tls, buf, n, off)
	}
	return f.real.read(tls, buf, n, off)
}

func xWrite(tls *libc.TLS, pFile, buf uintptr, n int32, off int64) int32 {
	f := fileOf(pFile)
	switch f.kind {
	case inDatabase:
		return f.writeDatabase(tls, buf, n, off)
	case inWAL:
		return f.writeWAL(tls, buf, n, off)
	case inJournal:
		return f.writeJournal(tls, buf, n, off)
	}
	return f.put(tls, buf, n, off)
}

func xTruncate(tls *libc.TLS, pFile uintptr, size int64) int32 {
	f := fileOf(pFile)
	if f.kind == inDatabase {
		return f.truncateDatabase(tls, size)
	}
	return f.cut(tls, size)
}

// put writes to the file underneath, cut sets its length.
func (f *file) put(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	rc := f.real.write(tls, buf, n, off)
	if rc == sqlite3.SQLITE_OK && disk.Observed() {
		disk.Tell(disk.Change{Kind: disk.Write, Path: f.path, Offset: off, Data: bytesAt(buf, int(n))})
	}
	return rc
}

func (f *file) cut(tls *libc.TLS, size int64) int32 {
	rc := f.real.truncate(tls, size)
	if rc == sqlite3.SQLITE_OK {
		disk.Tell(disk.Change{Kind: disk.Truncate, Path: f.path, Offset: size})
	}
	return rc
}

func xSync(tls *libc.TLS, pFile uintptr, flags int32) int32 {
	f := fileOf(pFile)
	rc := f.real.sync(tls, flags)
	if rc == sqlite3.SQLITE_OK {
		disk.Tell(disk.Change{Kind: disk.Sync, Path: f.path})
	}
	return rc
}

// xDelete is a method of the VFS: SQLite removes a log or journal.
func xDelete(tls *libc.TLS, pVFS, name uintptr, syncDir int32) int32 {
	v := vfsOf(pVFS)
	if v == nil {
		return sqlite3.SQLITE_IOERR_DELETE
	}
	rc := deleteReal(tls, v.base, name, syncDir)
	if rc == sqlite3.SQLITE_OK && disk.Observed() {
		path := libc.GoString(name)
		disk.Tell(disk.Change{Kind: disk.Remove, Path: path})
		if syncDir != 0 {
			disk.Tell(disk.Change{Kind: disk.SyncDir, Path: filepath.Dir(path)})
		}
	}
	return rc
}

// fetch copies a page of SQLite's into the work area, to be sealed there:
// SQLite's own page must not change. It answers false if the tail of the page,
// where tag and nonce go, is not empty.
func (f *file) fetch(buf uintptr) ([]byte, bool) {
	page := f.workBytes(PageSize)
	copy(page, bytesAt(buf, PageSize))
	return page, isZero(page[usable:])
}

package sealed

import (
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// real is the sqlite3_file of the VFS underneath. Its methods call that VFS and
// answer SQLite's result codes.
type real uintptr

func realOf(pFile uintptr) real { return real(pFile + shimSize) }

func (r real) read(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	return goFunction[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](methodsOf(uintptr(r)).FxRead)(tls, uintptr(r), buf, n, off)
}

func (r real) write(tls *libc.TLS, buf uintptr, n int32, off int64) int32 {
	return goFunction[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](methodsOf(uintptr(r)).FxWrite)(tls, uintptr(r), buf, n, off)
}

func (r real) truncate(tls *libc.TLS, size int64) int32 {
	return goFunction[func(*libc.TLS, uintptr, int64) int32](methodsOf(uintptr(r)).FxTruncate)(tls, uintptr(r), size)
}

// size needs eight bytes of SQLite's memory for the answer.
func (r real) size(tls *libc.TLS, answer uintptr) (int64, int32) {
	rc := xFileSizeOf(tls, r, answer)
	return *int64At(answer), rc
}

func xFileSizeOf(tls *libc.TLS, r real, answer uintptr) int32 {
	return goFunction[func(*libc.TLS, uintptr, uintptr) int32](methodsOf(uintptr(r)).FxFileSize)(tls, uintptr(r), answer)
}

func (r real) close(tls *libc.TLS) int32 {
	return goFunction[func(*libc.TLS, uintptr) int32](methodsOf(uintptr(r)).FxClose)(tls, uintptr(r))
}

func (r real) control(tls *libc.TLS, op int32, arg uintptr) int32 {
	return goFunction[func(*libc.TLS, uintptr, int32, uintptr) int32](methodsOf(uintptr(r)).FxFileControl)(tls, uintptr(r), op, arg)
}

func (r real) sync(tls *libc.TLS, flags int32) int32 {
	return goFunction[func(*libc.TLS, uintptr, int32) int32](methodsOf(uintptr(r)).FxSync)(tls, uintptr(r), flags)
}

// deleteReal removes a file by the VFS underneath.
func deleteReal(tls *libc.TLS, base, name uintptr, syncDir int32) int32 {
	return goFunction[func(*libc.TLS, uintptr, uintptr, int32) int32](vfsAt(base).FxDelete)(tls, base, name, syncDir)
}

// openReal opens the file of the VFS underneath. If that fails nothing is left
// open.
func openReal(tls *libc.TLS, base, name uintptr, r real, flags int32, outFlags uintptr) int32 {
	fileAt(uintptr(r)).FpMethods = 0
	xOpen := goFunction[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](vfsAt(base).FxOpen)
	rc := xOpen(tls, base, name, uintptr(r), flags, outFlags)
	if rc != sqlite3.SQLITE_OK && fileAt(uintptr(r)).FpMethods != 0 {
		r.close(tls)
	}
	return rc
}

// What follows is passed on as it is: locks and shared memory. None of it
// sees the content of a page. The lock for writing is noted.

func xFileSize(tls *libc.TLS, pFile, answer uintptr) int32 {
	return xFileSizeOf(tls, realOf(pFile), answer)
}

func xLock(tls *libc.TLS, pFile uintptr, level int32) int32 {
	r := realOf(pFile)
	rc := goFunction[func(*libc.TLS, uintptr, int32) int32](methodsOf(uintptr(r)).FxLock)(tls, uintptr(r), level)
	if rc == sqlite3.SQLITE_OK && level >= sqlite3.SQLITE_LOCK_RESERVED {
		fileOf(pFile).beginWriting(tls)
	}
	return rc
}

func xUnlock(tls *libc.TLS, pFile uintptr, level int32) int32 {
	r := realOf(pFile)
	if level < sqlite3.SQLITE_LOCK_RESERVED {
		fileOf(pFile).writing = false
	}
	return goFunction[func(*libc.TLS, uintptr, int32) int32](methodsOf(uintptr(r)).FxUnlock)(tls, uintptr(r), level)
}

func xCheckReservedLock(tls *libc.TLS, pFile, answer uintptr) int32 {
	r := realOf(pFile)
	return goFunction[func(*libc.TLS, uintptr, uintptr) int32](methodsOf(uintptr(r)).FxCheckReservedLock)(tls, uintptr(r), answer)
}

func xSectorSize(tls *libc.TLS, pFile uintptr) int32 {
	r := realOf(pFile)
	return goFunction[func(*libc.TLS, uintptr) int32](methodsOf(uintptr(r)).FxSectorSize)(tls, uintptr(r))
}

func xShmMap(tls *libc.TLS, pFile uintptr, region, size, extend int32, answer uintptr) int32 {
	r := realOf(pFile)
	return goFunction[func(*libc.TLS, uintptr, int32, int32, int32, uintptr) int32](methodsOf(uintptr(r)).FxShmMap)(tls, uintptr(r), region, size, extend, answer)
}

func xShmLock(tls *libc.TLS, pFile uintptr, offset, n, flags int32) int32 {
	r := realOf(pFile)
	return goFunction[func(*libc.TLS, uintptr, int32, int32, int32) int32](methodsOf(uintptr(r)).FxShmLock)(tls, uintptr(r), offset, n, flags)
}

func xShmBarrier(tls *libc.TLS, pFile uintptr) {
	r := realOf(pFile)
	goFunction[func(*libc.TLS, uintptr)](methodsOf(uintptr(r)).FxShmBarrier)(tls, uintptr(r))
}

func xShmUnmap(tls *libc.TLS, pFile uintptr, remove int32) int32 {
	r := realOf(pFile)
	return goFunction[func(*libc.TLS, uintptr, int32) int32](methodsOf(uintptr(r)).FxShmUnmap)(tls, uintptr(r), remove)
}

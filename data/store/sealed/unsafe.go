package sealed

// The border to the transpiled SQLite. All uses of unsafe of this package stand
// in this file, each with the rule that makes it right.
//
// Rules they share:
//
//   - An address that SQLite hands over (a file, a buffer, a name) is memory of
//     SQLite's own allocator or of the libc.TLS stack, outside the Go heap: the
//     collector neither moves nor frees it. It is valid until the callback that
//     received it returns, a sqlite3_file until its xClose returns.
//   - An address that goes to SQLite is either memory of SQLite's allocator or
//     that of a Go package variable, which never moves.
//   - No Go pointer is ever stored in SQLite's memory; a file is found again by
//     a number.

import (
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// shim is what stands at the front of each sqlite3_file of ours; the file of
// the VFS underneath stands right behind it.
type shim struct {
	base   sqlite3.Tsqlite3_file
	handle uintptr
}

// shimSize keeps the file behind aligned to 8 bytes.
const shimSize = (unsafe.Sizeof(shim{}) + 7) &^ 7

// pointer turns an address of SQLite's memory into a pointer. Reading the bits
// of the variable, instead of converting them, is for go vet, which cannot know
// that the address is not one of the Go heap; see the shared rules.
func pointer(p uintptr) unsafe.Pointer { return *(*unsafe.Pointer)(unsafe.Pointer(&p)) }

// bytesAt shows n bytes of SQLite's memory as a slice. The caller must not keep
// it longer than the memory lives. Not inlined: Go 1.26 can fail to compile a
// small copy from such a slice where it is.
//
//go:noinline
func bytesAt(p uintptr, n int) []byte { return unsafe.Slice((*byte)(pointer(p)), n) }

// cFunction gives the C function pointer of f, which the transpiled code
// represents by the address of a Go function value. f must be a top-level
// function: its function value is static data that never moves, where the one
// of a closure would be on the heap. Its signature must be the one SQLite calls.
func cFunction[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// goFunction is the reverse of cFunction, for a function pointer that SQLite or
// the VFS underneath made in the same way. F must be its exact signature.
func goFunction[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&p)) }

// The structs below have the layout of the C ones, and addresses given here are
// always those of such structs, allocated in full by SQLite or in mountVFS.
func shimAt(p uintptr) *shim                  { return (*shim)(pointer(p)) }
func vfsAt(p uintptr) *sqlite3.Tsqlite3_vfs   { return (*sqlite3.Tsqlite3_vfs)(pointer(p)) }
func fileAt(p uintptr) *sqlite3.Tsqlite3_file { return (*sqlite3.Tsqlite3_file)(pointer(p)) }

func methodsOf(file uintptr) *sqlite3.Tsqlite3_io_methods {
	return (*sqlite3.Tsqlite3_io_methods)(pointer(fileAt(file).FpMethods))
}

// int64At and stringsAt read and write arguments of xFileControl, whose types
// are fixed by its opcode.
func int64At(p uintptr) *int64        { return (*int64)(pointer(p)) }
func stringsAt(p uintptr) *[3]uintptr { return (*[3]uintptr)(pointer(p)) }

const vfsSize = unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})

// methods are our sqlite3_io_methods. Version 2: with shared memory for the
// WAL, without xFetch, so that SQLite never maps a sealed file. A package
// variable never moves, and these are never written again.
var methods = sqlite3.Tsqlite3_io_methods{
	FiVersion:               2,
	FxClose:                 cFunction(xClose),
	FxRead:                  cFunction(xRead),
	FxWrite:                 cFunction(xWrite),
	FxTruncate:              cFunction(xTruncate),
	FxSync:                  cFunction(xSync),
	FxFileSize:              cFunction(xFileSize),
	FxLock:                  cFunction(xLock),
	FxUnlock:                cFunction(xUnlock),
	FxCheckReservedLock:     cFunction(xCheckReservedLock),
	FxFileControl:           cFunction(xFileControl),
	FxSectorSize:            cFunction(xSectorSize),
	FxDeviceCharacteristics: cFunction(xDeviceCharacteristics),
	FxShmMap:                cFunction(xShmMap),
	FxShmLock:               cFunction(xShmLock),
	FxShmBarrier:            cFunction(xShmBarrier),
	FxShmUnmap:              cFunction(xShmUnmap),
}

// loneMethods are those of a file whose VFS has no shared memory (on a network
// drive of macOS, say). SQLite sees by the version that there can't be a WAL.
var loneMethods = func() sqlite3.Tsqlite3_io_methods {
	m := methods
	m.FiVersion = 1
	m.FxShmMap, m.FxShmLock, m.FxShmBarrier, m.FxShmUnmap = 0, 0, 0, 0
	return m
}()

// methodsFor answers the address of the methods that fit the file underneath.
func methodsFor(r real) uintptr {
	if m := methodsOf(uintptr(r)); m.FiVersion < 2 || m.FxShmMap == 0 {
		return uintptr(unsafe.Pointer(&loneMethods))
	}
	return uintptr(unsafe.Pointer(&methods))
}

// alloc answers n zeroed bytes of SQLite's allocator, or 0.
func alloc(tls *libc.TLS, n int) uintptr {
	p := sqlite3.Xsqlite3_malloc64(tls, uint64(n))
	if p != 0 {
		clear(bytesAt(p, n))
	}
	return p
}

// allocString answers a copy of s as a C string of SQLite's allocator, or 0.
func allocString(tls *libc.TLS, s string) uintptr {
	p := alloc(tls, len(s)+1)
	if p != 0 {
		copy(bytesAt(p, len(s)), s)
	}
	return p
}

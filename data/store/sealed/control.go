package sealed

import (
	"strings"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Promises of the VFS underneath that hold for its files but not for ours:
// parts of a page can't be read or written, and a page is more than one block.
const brokenPromises = sqlite3.SQLITE_IOCAP_ATOMIC |
	sqlite3.SQLITE_IOCAP_ATOMIC512 | sqlite3.SQLITE_IOCAP_ATOMIC1K |
	sqlite3.SQLITE_IOCAP_ATOMIC2K | sqlite3.SQLITE_IOCAP_ATOMIC4K |
	sqlite3.SQLITE_IOCAP_ATOMIC8K | sqlite3.SQLITE_IOCAP_ATOMIC16K |
	sqlite3.SQLITE_IOCAP_ATOMIC32K | sqlite3.SQLITE_IOCAP_ATOMIC64K |
	sqlite3.SQLITE_IOCAP_BATCH_ATOMIC | sqlite3.SQLITE_IOCAP_SAFE_APPEND |
	sqlite3.SQLITE_IOCAP_SUBPAGE_READ | sqlite3.SQLITE_IOCAP_IMMUTABLE

// xDeviceCharacteristics always promises POWERSAFE_OVERWRITE: else SQLite would
// split frames at sectors and fill up the last sector of a transaction.
func xDeviceCharacteristics(tls *libc.TLS, pFile uintptr) int32 {
	r := realOf(pFile)
	c := goFunction[func(*libc.TLS, uintptr) int32](methodsOf(uintptr(r)).FxDeviceCharacteristics)(tls, uintptr(r))
	return c&^brokenPromises | sqlite3.SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

func xFileControl(tls *libc.TLS, pFile uintptr, op int32, arg uintptr) int32 {
	switch op {
	case sqlite3.SQLITE_FCNTL_PRAGMA:
		if !pragmaAllowed(arg) {
			stringsAt(arg)[0] = allocString(tls, "a sealed database refuses this setting")
			return sqlite3.SQLITE_ERROR
		}
	case sqlite3.SQLITE_FCNTL_MMAP_SIZE:
		if *int64At(arg) > 0 {
			return sqlite3.SQLITE_PERM
		}
		*int64At(arg) = 0
		return sqlite3.SQLITE_OK
	case sqlite3.SQLITE_FCNTL_SIZE_HINT:
		return sqlite3.SQLITE_OK // a hint; the pages come sealed when they come
	case sqlite3.SQLITE_FCNTL_CHUNK_SIZE, sqlite3.SQLITE_FCNTL_POWERSAFE_OVERWRITE,
		sqlite3.SQLITE_FCNTL_BEGIN_ATOMIC_WRITE, sqlite3.SQLITE_FCNTL_COMMIT_ATOMIC_WRITE,
		sqlite3.SQLITE_FCNTL_ROLLBACK_ATOMIC_WRITE:
		return sqlite3.SQLITE_NOTFOUND
	}
	return realOf(pFile).control(tls, op, arg)
}

// What a pragma may be set to, where not everything is allowed: pages of
// another size or layout can't be sealed, a mapped file can't be opened, and
// without journal or syncs a crash would damage pages for good.
var allowedSettings = map[string][]string{
	"page_size":    {"4096"},
	"auto_vacuum":  {"0", "none"},
	"mmap_size":    {"0"},
	"synchronous":  {"1", "2", "3", "normal", "full", "extra"},
	"journal_mode": {"wal", "delete", "truncate", "persist"},
}

// pragmaAllowed looks at the argument of SQLITE_FCNTL_PRAGMA: an array of a
// place for a message, the pragma's name, and its value or null.
func pragmaAllowed(arg uintptr) bool {
	a := stringsAt(arg)
	allowed, limited := allowedSettings[strings.ToLower(libc.GoString(a[1]))]
	if !limited || a[2] == 0 {
		return true
	}
	value := strings.ToLower(libc.GoString(a[2]))
	for _, s := range allowed {
		if value == s {
			return true
		}
	}
	return false
}

package sealed

import (
	"fmt"
	"sync"
	"sync/atomic"

	"modernc.org/libc"
	_ "modernc.org/sqlite" // sets the library up before the first VFS is registered
	sqlite3 "modernc.org/sqlite/lib"
)

// VFS seals every file that SQLite opens through it under one key. Its methods
// may be called from any goroutine.
type VFS struct {
	name  string
	suite *suite
	base  uintptr // the sqlite3_vfs underneath
	self  uintptr // ours, registered under name
	open  atomic.Int64

	// keepGap leaves the gap of b-tree pages as it is: the positive control of
	// the tests, never set otherwise.
	keepGap bool

	mu     sync.Mutex
	closed bool
	losses []LogLoss
}

// SQLite's list of VFSes is one for the process, and its files are found again
// by a number that stands in its memory; so these registers are the process's.
var (
	registerMu sync.RWMutex
	vfses      = map[uintptr]*VFS{}
	files      = map[uintptr]*file{}
	lastHandle uintptr
	lastName   uint64
)

// Mount registers a VFS that seals every file under key. Open databases with
// the DSN "file:…?vfs=" + Name(), temp_store=MEMORY and secure_delete=ON on each
// connection. It keeps no copy of key itself.
func Mount(key Key) (*VFS, error) {
	s, err := newSuite(key)
	if err != nil {
		return nil, err
	}
	tls := libc.NewTLS()
	defer tls.Close()
	base := sqlite3.Xsqlite3_vfs_find(tls, 0)
	if base == 0 {
		return nil, fmt.Errorf("sealed: SQLite has no default VFS")
	}
	registerMu.Lock()
	defer registerMu.Unlock()
	lastName++
	v := &VFS{name: fmt.Sprintf("sealed-%d", lastName), suite: s, base: base}
	name := allocString(tls, v.name)
	v.self = alloc(tls, int(vfsSize))
	if name == 0 || v.self == 0 {
		sqlite3.Xsqlite3_free(tls, name)
		sqlite3.Xsqlite3_free(tls, v.self)
		return nil, fmt.Errorf("sealed: out of memory")
	}
	c := vfsAt(v.self)
	*c = *vfsAt(base)
	c.FpNext = 0
	c.FzName = name
	c.FszOsFile += int32(shimSize)
	c.FxOpen = cFunction(xOpen)
	c.FxDelete = cFunction(xDelete)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, v.self, 0); rc != sqlite3.SQLITE_OK {
		sqlite3.Xsqlite3_free(tls, name)
		sqlite3.Xsqlite3_free(tls, v.self)
		return nil, fmt.Errorf("sealed: registering the VFS: code %d", rc)
	}
	vfses[v.self] = v
	return v, nil
}

// Name is the name under which SQLite knows this VFS, unlike that of any other
// Mount of this process.
func (v *VFS) Name() string { return v.name }

// Close takes the VFS out of SQLite's list and drops its keys. While a file is
// open through it, it does nothing and answers ErrInUse. It must not run beside
// the opening of a connection through it.
func (v *VFS) Close() error {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closed {
		return ErrClosed
	}
	if n := v.open.Load(); n != 0 {
		return fmt.Errorf("%w: %d", ErrInUse, n)
	}
	v.closed = true
	tls := libc.NewTLS()
	defer tls.Close()
	rc := sqlite3.Xsqlite3_vfs_unregister(tls, v.self)
	registerMu.Lock()
	delete(vfses, v.self)
	registerMu.Unlock()
	sqlite3.Xsqlite3_free(tls, vfsAt(v.self).FzName)
	sqlite3.Xsqlite3_free(tls, v.self)
	v.self, v.suite = 0, nil
	if rc != sqlite3.SQLITE_OK {
		return fmt.Errorf("sealed: unregistering the VFS: code %d", rc)
	}
	return nil
}

// LogLoss tells that a recovery of a WAL stopped at a frame (counted from 1; 0
// is the log's own header) that does not open, although a later frame of the
// same log does. After a power failure that may be an unfinished transaction;
// otherwise the log was damaged or altered, and what it held from there on is
// lost.
type LogLoss struct {
	Path         string
	Frame, Later uint32
}

// LogLosses answers what recoveries through this VFS have met so far.
func (v *VFS) LogLosses() []LogLoss {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]LogLoss(nil), v.losses...)
}

func (v *VFS) lost(l LogLoss) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.losses = append(v.losses, l)
}

func register(f *file) uintptr {
	registerMu.Lock()
	defer registerMu.Unlock()
	for {
		lastHandle++
		if _, taken := files[lastHandle]; lastHandle != 0 && !taken {
			files[lastHandle] = f
			return lastHandle
		}
	}
}

func vfsOf(pVFS uintptr) *VFS {
	registerMu.RLock()
	defer registerMu.RUnlock()
	return vfses[pVFS]
}

func fileOf(pFile uintptr) *file {
	registerMu.RLock()
	defer registerMu.RUnlock()
	return files[shimAt(pFile).handle]
}

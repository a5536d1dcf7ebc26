//go:build unix

package sealed

import (
	"path/filepath"
	"testing"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Where the system's files have no shared memory, as on network drives of
// macOS, SQLite is told so and keeps to a rollback journal.
func TestNoSharedMemoryUnderneath(t *testing.T) {
	v := mount(t, newKey(t))
	tls := libc.NewTLS()
	defer tls.Close()
	name := allocString(tls, "unix-none")
	v.base = sqlite3.Xsqlite3_vfs_find(tls, name)
	sqlite3.Xsqlite3_free(tls, name)
	if v.base == 0 {
		t.Fatal("there is no unix-none")
	}
	db := open(t, filepath.Join(t.TempDir(), "a.db"), v)
	exec(t, db, table)
	if got := ask(t, db, `PRAGMA journal_mode = wal`); got != "delete" {
		t.Errorf("journal mode %s", got)
	}
	insert(t, db, 0, 100)
	if got := ask(t, db, `SELECT count(*) FROM customer`); got != "100" {
		t.Error(got)
	}
	closeAll(t, db, v)
}

package sealed

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A page that was new and freed again in one transaction, and never written, is
// taken up once more in it.
func TestPagesNewAndFreedAndNew(t *testing.T) {
	key := newKey(t)
	v := mount(t, key)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, v, "journal_mode(delete)", "secure_delete(off)", "cache_size(10)", "synchronous(normal)")
	exec(t, db, `CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, data BLOB)`)
	exec(t, db, `CREATE INDEX a_name ON a (name)`)
	exec(t, db, `BEGIN IMMEDIATE`)
	exec(t, db, `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 21)
		INSERT INTO a (name, data) SELECT 'name ' || x % 50, zeroblob(900 * (x % 3)) FROM c`)
	exec(t, db, `DELETE FROM a WHERE id % 10 < 9`)
	exec(t, db, `INSERT INTO a (name, data) VALUES ('one', zeroblob(13000))`)
	exec(t, db, `COMMIT`)
	if got := ask(t, db, `PRAGMA integrity_check`); got != "ok" {
		t.Error(got)
	}
	if got := ask(t, db, `SELECT group_concat(id || ':' || length(data), ' ') FROM a`); got != "9:0 19:900 20:13000" {
		t.Error(got)
	}
	closeAll(t, db, v)
}

// A page that is missing is wrong for whoever writes too.
func TestPageMissingForTheWriter(t *testing.T) {
	key := newKey(t)
	v := mount(t, key)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, v, "journal_mode(delete)", "secure_delete(off)")
	exec(t, db, table)
	insert(t, db, 0, 500)
	closeAll(t, db)
	info, err := os.Stat(path)
	if err = errors.Join(err, os.Truncate(path, info.Size()-PageSize)); err != nil {
		t.Fatal(err)
	}
	db = open(t, path, v, "journal_mode(delete)", "secure_delete(off)")
	for _, query := range []string{`BEGIN IMMEDIATE`, `INSERT INTO customer SELECT id + 1000, name, city, note FROM customer`, `PRAGMA integrity_check`} {
		if _, err := db.Exec(query); err == nil {
			t.Errorf("%s: no error", query)
		}
	}
	closeAll(t, db, v)
}

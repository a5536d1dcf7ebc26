package sealed

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
)

// One writer moves amounts between rows; four readers see the same sum in each
// of their transactions.
func TestOneWriterFourReaders(t *testing.T) {
	const rows, moves = 300, 60
	v := mount(t, newKey(t))
	path := filepath.Join(t.TempDir(), "a.db")
	writer := open(t, path, v, "journal_mode(wal)", "wal_autocheckpoint(30)", "cache_size(10)")
	exec(t, writer, `CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER, filler BLOB)`)
	exec(t, writer, `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < ?) INSERT INTO account SELECT x, 100, zeroblob(500) FROM c`, rows)

	done := make(chan struct{})
	failed := make(chan error, 5)
	var readers sync.WaitGroup
	for range 4 {
		reader := open(t, path, v, "query_only(on)", "cache_size(10)")
		readers.Go(func() {
			if err := watch(reader, done, rows*100); err != nil {
				failed <- err
			}
			if err := reader.Close(); err != nil {
				failed <- err
			}
		})
	}
	for i := range moves {
		tx, err := writer.Begin()
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{
			`UPDATE account SET amount = amount - 7, filler = randomblob(500) WHERE id % 3 = ?1 % 3`,
			`UPDATE account SET amount = amount + 7 WHERE id % 3 = (?1 + 1) % 3`,
		} {
			if _, err := tx.Exec(s, i); err != nil {
				t.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	readers.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	if got := ask(t, writer, `PRAGMA integrity_check`); got != "ok" {
		t.Error(got)
	}
	closeAll(t, writer, v)
}

func watch(db *sql.DB, done <-chan struct{}, want int) error {
	for {
		var sum int
		if err := db.QueryRowContext(context.Background(), `SELECT sum(amount) FROM account`).Scan(&sum); err != nil {
			return err
		}
		if sum != want {
			return fmt.Errorf("sum %d, not %d", sum, want)
		}
		select {
		case <-done:
			return nil
		default:
		}
	}
}

// Mounts have names and keys of their own, also when made at once.
func TestManyMounts(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			key, err := NewKey()
			if err != nil {
				t.Error(err)
				return
			}
			v, err := Mount(key)
			if err != nil {
				t.Error(err)
				return
			}
			path := filepath.Join(dir, fmt.Sprint(i))
			db, err := sql.Open("sqlite", dsn(path, v.Name()))
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := db.Exec(table); err != nil {
				t.Error(err)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
			if err := v.Close(); err != nil {
				t.Error(err)
			}
			if err := Check(path, key); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// A transaction that fails or is rolled back while rows are being read.
func TestRollbackWhileReading(t *testing.T) {
	for _, mode := range []string{"wal", "delete"} {
		v := mount(t, newKey(t))
		db := open(t, filepath.Join(t.TempDir(), "a.db"), v, "journal_mode("+mode+")", "cache_size(5)", "secure_delete(off)")
		exec(t, db, table)
		insert(t, db, 0, 1000)
		conn, err := db.Conn(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		tx, err := conn.BeginTx(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(`INSERT INTO customer SELECT id + 5000, name, NULL, note FROM customer`); err != nil {
			t.Fatal(err)
		}
		rows, err := tx.Query(`SELECT id FROM customer ORDER BY id DESC`)
		if err != nil {
			t.Fatal(err)
		}
		if !rows.Next() {
			t.Fatal("no rows")
		}
		if _, err := tx.Exec(`DELETE FROM customer WHERE id % 2 = 0`); err != nil {
			t.Fatal(err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		closeAll(t, rows, conn)
		if got := ask(t, db, `SELECT count(*) FROM customer`); got != "1000" {
			t.Errorf("%s rows", got)
		}
		if got := ask(t, db, `PRAGMA integrity_check`); got != "ok" {
			t.Error(got)
		}
		closeAll(t, db, v)
	}
}

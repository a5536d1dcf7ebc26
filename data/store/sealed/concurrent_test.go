package sealed

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	osexec "os/exec"
	"path/filepath"
	"sync"
	"testing"

	"lethe/data/store/internal/proof"
)

const (
	accounts = 90
	amount   = 100
)

// Two processes have a database open at once. In each one writer moves amounts
// between rows, both at the same time in each round, and four readers see the
// same sum in each of their transactions.
func TestOneWriterFourReadersTwoProcesses(t *testing.T) {
	const rounds = 30
	key := newKey(t)
	v := mount(t, key)
	path := filepath.Join(t.TempDir(), "a.db")
	db := open(t, path, v, together...)
	exec(t, db, `CREATE TABLE account (id INTEGER PRIMARY KEY, amount INTEGER, filler BLOB)`)
	exec(t, db, `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < ?) INSERT INTO account SELECT x, ?, zeroblob(500) FROM c`, accounts, amount)

	other := osexec.Command(os.Args[0])
	other.Env = append(os.Environ(), childPath+"="+path, childKey+"="+hex.EncodeToString(key[:]), childMode+"=together")
	other.Stderr = os.Stderr
	in, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewReader(out)
	round := 0
	err = moveAndWatch(path, v.Name(), func() (more bool, err error) {
		if round > 0 {
			if _, err := said.ReadString('\n'); err != nil {
				return false, fmt.Errorf("the other process: %w", err)
			}
		}
		if round++; round > rounds {
			return false, nil
		}
		_, err = in.Write([]byte{1})
		return true, err
	})
	if err := errors.Join(err, in.Close(), other.Wait()); err != nil {
		t.Error(err)
	}
	if got := ask(t, db, `PRAGMA integrity_check`); got != "ok" {
		t.Error(got)
	}
	closeAll(t, db, v)
	if losses := v.LogLosses(); len(losses) > 0 {
		t.Errorf("%+v", losses)
	}
	proof.Figure(t, "%d rounds, every sum right", rounds)
}

// otherProcess moves once for each byte of its standard input, and prints a line
// after each.
func otherProcess(path, vfs string) error {
	moved := 0
	return moveAndWatch(path, vfs, func() (more bool, err error) {
		if moved++; moved > 1 {
			fmt.Println("moved")
		}
		var b [1]byte
		switch _, err := os.Stdin.Read(b[:]); {
		case errors.Is(err, io.EOF):
			return false, nil
		case err != nil:
			return false, err
		}
		return true, nil
	})
}

var together = []string{"journal_mode(wal)", "wal_autocheckpoint(30)", "cache_size(10)"}

// moveAndWatch moves amounts as long as more says so, before each move, while
// four readers watch.
func moveAndWatch(path, vfs string, more func() (bool, error)) (err error) {
	var all []*sql.DB
	defer func() {
		for _, db := range all {
			err = errors.Join(err, db.Close())
		}
	}()
	connect := func(pragmas ...string) (*sql.DB, error) {
		db, err := sql.Open("sqlite", dsn(path, vfs, pragmas...)+"&_txlock=immediate")
		if err == nil {
			db.SetMaxOpenConns(1)
			all = append(all, db)
		}
		return db, err
	}
	writer, err := connect(together...)
	if err != nil {
		return err
	}
	done := make(chan struct{})
	failed := make(chan error, 4)
	var readers sync.WaitGroup
	for range 4 {
		reader, err := connect("query_only(on)", "cache_size(10)")
		if err != nil {
			return err
		}
		readers.Go(func() { failed <- watch(reader, done, accounts*amount) })
	}
	for i := 0; ; i++ {
		var again bool
		if again, err = more(); err != nil || !again {
			break
		}
		if err = move(writer, i); err != nil {
			break
		}
	}
	close(done)
	readers.Wait()
	for range 4 {
		err = errors.Join(err, <-failed)
	}
	return err
}

func move(db *sql.DB, i int) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	for _, s := range []string{
		`UPDATE account SET amount = amount - 7, filler = randomblob(500) WHERE id % 3 = ?1 % 3`,
		`UPDATE account SET amount = amount + 7 WHERE id % 3 = (?1 + 1) % 3`,
	} {
		if _, err := tx.Exec(s, i); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
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

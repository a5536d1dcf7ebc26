package sealed

import (
	"bufio"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"lethe/data/store/internal/proof"
)

// What the child of a kill test gets to know.
const (
	childPath = "SEALED_TEST_PATH"
	childKey  = "SEALED_TEST_KEY"
	childMode = "SEALED_TEST_MODE"
)

// childFailed is how it ends after an error: not as one that was killed does, on
// Windows with 1.
const childFailed = 7

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		if err := child(path, os.Getenv(childKey), os.Getenv(childMode)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(childFailed)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child is what the other process does: otherProcess, or it commits
// transactions until it is killed, and says on its standard output which one is
// committed. Transaction i replaces one row by another of number i, grows and
// shrinks a table, and every row of that says i.
func child(path, hexKey, mode string) error {
	b, err := hex.DecodeString(hexKey)
	if err != nil {
		return err
	}
	v, err := Mount(Key(b))
	if err != nil {
		return err
	}
	if mode == "together" {
		return errors.Join(otherProcess(path, v.Name()), v.Close())
	}
	journal := mode
	if mode == "attach" {
		journal = "delete"
	}
	db, err := sql.Open("sqlite", dsn(path, v.Name(), "journal_mode("+journal+")", "synchronous(full)", "cache_size(10)", "wal_autocheckpoint(50)"))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if mode == "attach" {
		if _, err := db.Exec(`ATTACH ? AS other`, path+"-other"); err != nil {
			return err
		}
	}
	var done int
	if err := db.QueryRow(`SELECT n FROM counter`).Scan(&done); err != nil {
		return err
	}
	for i := done + 1; ; i++ {
		if err := step(db, i, mode == "attach"); err != nil {
			return err
		}
		fmt.Println(i)
	}
}

func step(db *sql.DB, i int, attached bool) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	statements := []string{
		`UPDATE counter SET n = ?1`,
		`DELETE FROM filler WHERE rowid % 7 = ?1 % 7`,
		`INSERT INTO filler SELECT ?1, hex(randomblob(40 + ?1 % 300)) FROM (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < 100) SELECT x FROM c)`,
		`UPDATE filler SET n = ?1`,
		`DELETE FROM filler WHERE ?1 % 50 = 0`,
	}
	if attached {
		statements = append(statements, `UPDATE other.counter SET n = ?1`)
	}
	for _, s := range statements {
		if _, err := tx.Exec(s, i); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func TestTortureKill(t *testing.T) {
	for mode, kills := range map[string]int{"wal": proof.N(50, 300), "delete": proof.N(20, 100), "attach": proof.N(10, 50)} {
		t.Run(mode, func(t *testing.T) { killLoop(t, mode, kills) })
	}
}

func killLoop(t *testing.T, mode string, kills int) {
	path := filepath.Join(t.TempDir(), "a.db")
	key := newKey(t)
	v := mount(t, key)
	for _, p := range []string{path, path + "-other"} {
		db := open(t, p, v)
		exec(t, db, `CREATE TABLE counter (n INTEGER)`)
		exec(t, db, `INSERT INTO counter VALUES (0)`)
		exec(t, db, `CREATE TABLE filler (n INTEGER, text TEXT)`)
		exec(t, db, `CREATE INDEX filler_text ON filler (text)`)
		closeAll(t, db)
	}
	for range kills {
		told := runAndKill(t, path, key, mode)
		db := open(t, path, v)
		if got := ask(t, db, `PRAGMA integrity_check`); got != "ok" {
			t.Fatalf("after %d: %s", told, got)
		}
		n, err := strconv.Atoi(ask(t, db, `SELECT n FROM counter`))
		if err != nil || n < told {
			t.Fatalf("transaction %d was committed, %d is there: %v", told, n, err)
		}
		if got := ask(t, db, `SELECT count(*) FROM filler WHERE n <> ?`, n); got != "0" {
			t.Fatalf("after %d: %s rows of other transactions", n, got)
		}
		closeAll(t, db)
		if mode == "attach" {
			db := open(t, path+"-other", v)
			if got := ask(t, db, `SELECT n FROM counter`); got != strconv.Itoa(n) {
				t.Fatalf("the databases are at %d and %s", n, got)
			}
			closeAll(t, db)
		}
	}
	closeAll(t, v)
	proof.Figure(t, "%d SIGKILLs, 0 damaged, 0 commits lost", kills)
}

// runAndKill answers the last transaction that the child said it committed.
func runAndKill(t *testing.T, path string, key Key, mode string) (told int) {
	cmd := osexec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childPath+"="+path, childKey+"="+hex.EncodeToString(key[:]), childMode+"="+mode)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	killAfter := 1 + rand.IntN(8)
	for n := 0; lines.Scan(); n++ {
		if told, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(err)
		}
		if n == killAfter {
			// A random moment within the transactions that follow.
			time.AfterFunc(time.Duration(rand.IntN(10_000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		}
	}
	if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() == childFailed {
		t.Fatalf("the child ended by itself: %v", err)
	}
	return told
}

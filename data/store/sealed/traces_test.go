package sealed

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"lethe/data/store/internal/proof"
)

// traces are byte strings of every row's values, in the forms in which SQLite
// stores them.
func traces(t *testing.T) [][]byte {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(phoneOf(0)))
	return [][]byte{[]byte("Customer-0"), []byte("Note-0"), []byte("CREATE TABLE"), b[2:6]}
}

// lookIntoFiles fails the test if a trace stands in a file of the folder, or,
// for the positive control, none does. The files are read while SQLite has them
// open; only this process does, with one connection, so no lock is missed.
func lookIntoFiles(t *testing.T, dir string, expected bool) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, e := range entries {
		b := readFile(t, filepath.Join(dir, e.Name()))
		for _, trace := range traces(t) {
			if bytes.Contains(b, trace) {
				found = true
				if !expected {
					t.Fatalf("%q stands in %s", trace, e.Name())
				}
			}
		}
	}
	if expected && !found {
		t.Fatal("the search finds nothing in a plain database")
	}
}

func TestNoPlaintextInFiles(t *testing.T) {
	for _, mode := range []string{"wal", "delete", "persist"} {
		for _, sealed := range []bool{true, false} {
			dir := t.TempDir()
			var v *VFS
			if sealed {
				v = mount(t, newKey(t))
			}
			// A small cache: pages go out in the middle of a transaction.
			db := open(t, filepath.Join(dir, "a.db"), v, "journal_mode("+mode+")", "cache_size(5)")
			look := func() { t.Helper(); lookIntoFiles(t, dir, !sealed) }
			exec(t, db, table)
			insert(t, db, 0, 1500)
			look()
			tx, err := db.Begin()
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range []string{
				`UPDATE customer SET name = name || 'x'`, `SAVEPOINT s`,
				`DELETE FROM customer WHERE id % 2 = 0`, `ROLLBACK TO s`,
				`INSERT INTO customer SELECT id + 100000, name, phone + 1000000, note FROM customer`,
			} {
				if _, err := tx.Exec(s); err != nil {
					t.Fatal(err)
				}
				look()
			}
			if err := tx.Rollback(); err != nil {
				t.Fatal(err)
			}
			look()
			exec(t, db, `DELETE FROM customer WHERE id % 3 = 0`)
			exec(t, db, `VACUUM`)
			look()
			exec(t, db, `VACUUM INTO ?`, filepath.Join(dir, "copy.db"))
			look()
			if got := ask(t, db, `PRAGMA integrity_check`); got != "ok" {
				t.Fatal(got)
			}
			closeAll(t, db)
			look()
			if sealed {
				copied := open(t, filepath.Join(dir, "copy.db"), v)
				if got := ask(t, copied, `SELECT count(*) || min(name) FROM customer`); got != "1000"+nameOf(1) {
					t.Fatal(got)
				}
				closeAll(t, copied, v)
			}
		}
	}
}

// valuesOf answers the byte strings that a customer's row leaves, those that it
// had at last before those of earlier.
func valuesOf(i, edits int) (last, earlier [][]byte) {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(phoneOf(i)))
	last = [][]byte{[]byte(nameOf(i)), []byte(noteOf(i)), b[2:], []byte(editOf(i, edits-1))}
	for e := range edits - 1 {
		earlier = append(earlier, []byte(editOf(i, e)))
	}
	return last, earlier
}

// editOf has another length at each edit, so that cells move.
func editOf(i, e int) string {
	return noteOf(i) + " " + nameOf(i*10 + e)[9:] + strings.Repeat("~", (i*7+e*31)%90)
}

// churn inserts, edits and deletes, and answers the needles of what is gone, and
// which of them the rows had at last.
func churn(t *testing.T, db *sql.DB) (needles *Needles, isLast map[int]bool) {
	const edits = 4
	rows := proof.N(3000, 10_000)
	exec(t, db, table)
	exec(t, db, `CREATE INDEX customer_note ON customer (note)`)
	insert(t, db, 0, rows)
	random := rand.New(rand.NewPCG(1, 2))
	for e := range edits {
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range random.Perm(rows) {
			if _, err := tx.Exec(`UPDATE customer SET note = ? WHERE id = ?`, editOf(i, e), i); err != nil {
				t.Fatal(err)
			}
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	needles, isLast = NewNeedles(), map[int]bool{}
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range random.Perm(rows)[:rows*191/1000] {
		if _, err := tx.Exec(`DELETE FROM customer WHERE id = ?`, i); err != nil {
			t.Fatal(err)
		}
		last, earlier := valuesOf(i, edits)
		for _, value := range last {
			isLast[needles.Add(value, Unallocated)] = true
		}
		for _, value := range earlier {
			needles.Add(value, Unallocated)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return needles, isLast
}

// After random edits and deletions no value of the deleted, present or earlier,
// is left; without zeroed gaps some are, and without secure_delete too nearly
// all that the deleted had at last. (Of earlier values SQLite overwrites many by
// itself.)
func TestForensicDeletedIsGone(t *testing.T) {
	for _, c := range []struct {
		name    string
		keepGap bool
		secure  string
		good    func(last, lastOf, earlier int) bool
	}{
		{"gaps zeroed", false, "on", func(last, _, earlier int) bool { return last+earlier == 0 }},
		{"control: gaps kept", true, "on", func(last, _, earlier int) bool { return last+earlier > 0 }},
		{"control: secure_delete off", false, "off", func(last, _, earlier int) bool { return last+earlier > 0 }},
		{"control: neither", true, "off", func(last, lastOf, _ int) bool { return last*100 >= lastOf*99 }},
	} {
		for _, mode := range []string{"wal", "delete"} {
			t.Run(c.name+", "+mode, func(t *testing.T) {
				key := newKey(t)
				path := filepath.Join(t.TempDir(), "a.db")
				v := mount(t, key)
				v.keepGap = c.keepGap
				db := open(t, path, v, "journal_mode("+mode+")", "secure_delete("+c.secure+")", "cache_size(50)")
				needles, isLast := churn(t, db)
				if got := ask(t, db, `PRAGMA integrity_check`); got != "ok" {
					t.Fatal(got)
				}
				closeAll(t, db, v)
				report, err := Search(context.Background(), path, key, needles, 1<<24)
				if err != nil {
					t.Fatal(err)
				}
				seen, last, earlier := map[int]bool{}, 0, 0
				for _, f := range report.Findings {
					if f.Live || f.Page == 0 || f.Needle < 0 || f.Needle >= needles.Len() {
						t.Errorf("%+v", f)
					}
					if seen[f.Needle] {
						continue
					}
					if seen[f.Needle] = true; isLast[f.Needle] {
						last++
					} else {
						earlier++
					}
				}
				lastOf := len(isLast)
				if !c.good(last, lastOf, earlier) {
					t.Errorf("%d of %d last values, %d earlier ones", last, lastOf, earlier)
				}
				proof.Figure(t, "%d of %d last values found (%.1f %%), %d of %d earlier ones, in %d unallocated bytes of %d pages",
					last, lastOf, 100*float64(last)/float64(lastOf), earlier, needles.Len()-lastOf, report.UnallocatedBytes, report.Pages)
			})
		}
	}
}

// What lives is found live, with Anywhere only; in the WAL too.
func TestSearchLive(t *testing.T) {
	ctx, key := context.Background(), newKey(t)
	path := filepath.Join(t.TempDir(), "a.db")
	v := mount(t, key)
	db := open(t, path, v, "journal_mode(wal)", "wal_autocheckpoint(0)")
	exec(t, db, table)
	insert(t, db, 0, 500)
	long := bytes.Repeat([]byte("0123456789abcdef"), 600)
	copy(long[8000:], "the end of a long one")
	exec(t, db, `UPDATE customer SET note = ? WHERE id = 7`, string(long))
	exec(t, db, `PRAGMA wal_checkpoint(FULL)`)
	exec(t, db, `INSERT INTO customer VALUES (1000, 'only in the log', 7, '')`)
	crashed := snapshot(t, path)
	closeAll(t, db, v)

	live, logged, free, tooShort := NewNeedles(), NewNeedles(), NewNeedles(), NewNeedles()
	live.Add([]byte(nameOf(3)), Anywhere)
	live.Add([]byte("the end of a long one"), Anywhere)
	logged.Add([]byte("only in the log"), Anywhere)
	free.Add([]byte(nameOf(3)), Unallocated)
	free.Add(long, Unallocated)
	if tooShort.Add([]byte("abc"), Anywhere) != -1 || tooShort.Len() != 0 {
		t.Error("a value of three bytes was taken")
	}
	search := func(n *Needles) Report {
		t.Helper()
		if err := os.Rename(crashed+walSuffix, crashed+"-away"); err != nil {
			t.Fatal(err)
		}
		r, err := Search(ctx, crashed, key, n, 100)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(crashed+"-away", crashed+walSuffix); err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := search(live)
	if r.Found != 2 || !r.Findings[0].Live || !r.Findings[1].Live || r.Findings[0].Kind == r.Findings[1].Kind {
		t.Errorf("live: %+v", r)
	}
	if r := search(free); r.Found != 0 {
		t.Errorf("live values in unallocated bytes: %+v", r)
	}
	if r := search(logged); r.Found != 0 || r.Frames != 0 {
		t.Errorf("logged: %+v", r)
	}
	r, err := Search(ctx, crashed, key, logged, 1)
	if err != nil || r.Found != 1 || !r.Findings[0].InWAL || !r.Findings[0].Live || r.Frames == 0 || r.UnreadableFrames != 0 {
		t.Errorf("logged: %+v, %v", r, err)
	}
	if err := Overwrite(crashed + walSuffix); err != nil {
		t.Fatal(err)
	}
	if r, err := Search(ctx, crashed, key, logged, 1); err != nil || r.Found+r.Frames != 0 {
		t.Errorf("overwritten: %+v, %v", r, err)
	}
	if err := os.WriteFile(crashed+journalSuffix, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Search(ctx, crashed, key, live, 1); !errors.Is(err, ErrUnsettled) {
		t.Errorf("beside a journal: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := Search(cancelled, path, key, live, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

package sealed

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"lethe/data/store/internal/proof"
)

// pair is a sealed database and a plain one that get the same statements.
type pair struct {
	key           Key
	v             *VFS
	dir           string
	pragmas       []string
	sealed, plain *sql.DB
}

func (p *pair) open(t testing.TB) {
	p.sealed = open(t, filepath.Join(p.dir, "sealed.db"), p.v, p.pragmas...)
	p.plain = open(t, filepath.Join(p.dir, "plain.db"), nil, p.pragmas...)
}

func (p *pair) exec(t *rapid.T, query string, args ...any) {
	_, err1 := p.sealed.Exec(query, args...)
	_, err2 := p.plain.Exec(query, args...)
	if fmt.Sprint(err1) != fmt.Sprint(err2) {
		t.Fatalf("%s: sealed %v, plain %v", query, err1, err2)
	}
}

func (p *pair) compare(t *rapid.T) {
	for _, query := range []string{
		`SELECT id || ':' || name || ':' || length(data) || ':' || substr(hex(data), 1, 80) FROM a ORDER BY id`,
		`SELECT name || ':' || count(*) FROM a GROUP BY name ORDER BY name`,
		`SELECT k || ':' || v FROM b ORDER BY k`,
		`SELECT type || name FROM sqlite_master ORDER BY name`,
		`PRAGMA integrity_check`,
	} {
		var s1, s2 strings.Builder
		err1, err2 := collect(p.sealed, query, &s1), collect(p.plain, query, &s2)
		if s1.String() != s2.String() || err1 != nil || err2 != nil {
			t.Fatalf("%s: sealed %q %v, plain %q %v", query, s1.String(), err1, s2.String(), err2)
		}
	}
}

// reopen closes both databases, reads the sealed one page by page, and opens
// them again.
func (p *pair) reopen(t testing.TB, rt *rapid.T) {
	if err := errors.Join(p.sealed.Close(), p.plain.Close()); err != nil {
		rt.Fatal(err)
	}
	path := filepath.Join(p.dir, "sealed.db")
	if err := os.Remove(path + journalSuffix); err != nil && !errors.Is(err, os.ErrNotExist) {
		rt.Fatal(err)
	}
	var previous uint32
	if err := Pages(context.Background(), path, p.key, func(page Page) error {
		if previous++; page.Number != previous || page.Kind == Unused {
			return fmt.Errorf("page %d is %v", page.Number, page.Kind)
		}
		return nil
	}); err != nil {
		rt.Fatal(err)
	}
	p.open(t)
}

// checks sets how many sequences rapid draws.
func checks(t *testing.T, n int) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if f == nil {
		t.Fatal("rapid has no such flag")
	}
	before := f.Value.String()
	if err := f.Value.Set(strconv.Itoa(n)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Value.Set(before) })
}

func TestTortureSealedIsLikePlain(t *testing.T) {
	if proof.Long() {
		checks(t, proof.N(100, 2000))
	}
	for name, pragmas := range map[string][]string{
		"wal":                {"journal_mode(wal)", "cache_size(10)", "wal_autocheckpoint(20)"},
		"delete":             {"journal_mode(delete)", "cache_size(10)"},
		"persist":            {"journal_mode(persist)"},
		"wal, secure off":    {"journal_mode(wal)", "secure_delete(off)", "cache_size(10)"},
		"delete, secure off": {"journal_mode(delete)", "secure_delete(off)", "cache_size(10)"},
	} {
		t.Run(name, func(t *testing.T) {
			key := newKey(t)
			v := mount(t, key)
			sequences := 0
			rapid.Check(t, func(rt *rapid.T) {
				dir, err := os.MkdirTemp("", "like-plain")
				if err != nil {
					rt.Fatal(err)
				}
				defer os.RemoveAll(dir)
				p := &pair{key: key, v: v, dir: dir, pragmas: append(pragmas, "synchronous(normal)")}
				p.open(t)
				defer func() { _ = errors.Join(p.sealed.Close(), p.plain.Close()) }()
				p.exec(rt, `CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT, data BLOB)`)
				p.exec(rt, `CREATE TABLE b (k TEXT PRIMARY KEY, v INTEGER) WITHOUT ROWID`)
				p.exec(rt, `CREATE INDEX a_name ON a (name)`)
				for range rapid.IntRange(1, 12).Draw(rt, "steps") {
					p.step(t, rt)
				}
				p.exec(rt, `COMMIT`) // of the transaction that is open, if one is
				p.compare(rt)
				p.reopen(t, rt)
				p.compare(rt)
				if sequences++; proof.Long() {
					proof.Progress(t, sequences, proof.N(100, 2000), "sequences")
				}
			})
			proof.Figure(t, "%d sequences, equal and whole", sequences)
			closeAll(t, v)
		})
	}
}

func (p *pair) step(t testing.TB, rt *rapid.T) {
	const series = `WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < ?1) `
	n, m := rapid.IntRange(1, 200).Draw(rt, "n"), rapid.IntRange(0, 9).Draw(rt, "m")
	size := rapid.SampledFrom([]int{0, 10, 300, 1000, 4000, 4100, 13000}).Draw(rt, "size")
	switch rapid.IntRange(0, 15).Draw(rt, "what") {
	case 0, 1, 2:
		p.exec(rt, series+`INSERT INTO a (name, data) SELECT 'name ' || (x * ?2 % 50), zeroblob(?3 * (x % 3)) FROM c`, n, m, size/10)
	case 3:
		p.exec(rt, `INSERT INTO a (name, data) VALUES ('one', zeroblob(?))`, size)
	case 4:
		p.exec(rt, series+`INSERT OR REPLACE INTO b SELECT 'key ' || (x * 7 % 97) || substr('-----------', 1, ?2), x FROM c`, n, m)
	case 5:
		p.exec(rt, `UPDATE a SET name = name || ?, data = data || zeroblob(?) WHERE id % 10 = ?`, strings.Repeat("x", m), size, m)
	case 6:
		p.exec(rt, `UPDATE b SET v = v + ? WHERE k > ?`, n, fmt.Sprint("key ", m))
	case 7:
		p.exec(rt, `DELETE FROM a WHERE id % 10 < ?`, m)
	case 8:
		p.exec(rt, `DELETE FROM b WHERE v % 10 = ?`, m)
	case 9:
		p.exec(rt, `BEGIN IMMEDIATE`)
	case 10:
		p.exec(rt, rapid.SampledFrom([]string{`COMMIT`, `ROLLBACK`}).Draw(rt, "end"))
	case 11:
		p.exec(rt, rapid.SampledFrom([]string{`SAVEPOINT s`, `ROLLBACK TO s`, `RELEASE s`}).Draw(rt, "savepoint"))
	case 12:
		p.exec(rt, rapid.SampledFrom([]string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`, `PRAGMA wal_checkpoint(PASSIVE)`}).Draw(rt, "clean"))
	case 13:
		p.exec(rt, rapid.SampledFrom([]string{`DROP INDEX a_name`, `CREATE INDEX a_name ON a (name)`, `REINDEX`}).Draw(rt, "index"))
	case 14:
		p.reopen(t, rt)
	case 15:
		p.compare(rt)
	}
}

package store_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// attacks are what SQL could do to the list besides reading it; %s is a path
// outside the folder.
var attacks = []string{
	"DELETE FROM customers",
	"DELETE FROM customers WHERE id = 1",
	"UPDATE customers SET name = ''",
	"UPDATE users SET role_id = 1",
	"INSERT INTO role_permissions VALUES (5, 'delete_customers')",
	"REPLACE INTO customers (id, version, phone, created, by_owner, added_by) VALUES (1, 1, 1, 1, 1, 1)",
	"INSERT OR REPLACE INTO audit SELECT seq, at, 9, kind, facts, prev, hash FROM audit",
	"WITH gone AS (SELECT id FROM customers) DELETE FROM customers WHERE id IN gone",
	"DELETE FROM customers RETURNING id",
	"DROP TABLE customers",
	"DROP TRIGGER audit_no_delete",
	"DROP INDEX sqlite_autoindex_customers_1",
	"ALTER TABLE customers RENAME TO old",
	"ALTER TABLE customers DROP COLUMN name",
	"CREATE TABLE mine (a)",
	"CREATE TABLE copy AS SELECT * FROM customers",
	"CREATE INDEX names ON customers (name)",
	"CREATE VIEW v AS SELECT * FROM customers",
	"CREATE TRIGGER t AFTER UPDATE ON store BEGIN DELETE FROM customers; END",
	"CREATE TEMP TRIGGER t AFTER UPDATE ON main.store BEGIN DELETE FROM main.customers; END",
	"CREATE TEMP TABLE t AS SELECT * FROM customers",
	"CREATE TEMP VIEW customers AS SELECT 1 AS id",
	"CREATE VIRTUAL TABLE f USING fts5 (name)",
	"CREATE VIRTUAL TABLE d USING dbpage",
	"UPDATE sqlite_dbpage SET data = zeroblob(4096)",
	"UPDATE sqlite_master SET sql = ''",
	"DELETE FROM sqlite_sequence",
	"ATTACH ':memory:' AS other",
	"ATTACH '%s' AS other",
	"ATTACH 'file:%s?vfs=unix' AS other",
	"DETACH main",
	"VACUUM",
	"VACUUM INTO '%s'",
	"VACUUM INTO 'file:%s?vfs=unix'",
	"REINDEX",
	"ANALYZE",
	"PRAGMA writable_schema = ON",
	"PRAGMA writable_schema = RESET",
	"PRAGMA query_only = OFF",
	"PRAGMA query_only(0)",
	"PRAGMA user_version = 99",
	"PRAGMA journal_mode = DELETE",
	"PRAGMA secure_delete = OFF",
	"PRAGMA foreign_keys = OFF",
	"PRAGMA trusted_schema = ON",
	"PRAGMA temp_store = FILE",
	"PRAGMA temp_store_directory = '%s'",
	"PRAGMA wal_checkpoint(TRUNCATE)",
	"PRAGMA incremental_vacuum",
	"PRAGMA optimize",
	"PRAGMA shrink_memory",
	"PRAGMA cache_spill = 1",
	"PRAGMA mmap_size = 268435456",
	"SELECT * FROM pragma_journal_mode('DELETE')",
	"SELECT load_extension('%s')",
	"SELECT writefile('%s', 'x')",
	"SELECT fts3_tokenizer('simple', x'00')",
	"SELECT edit('x', 'sh')",
	"SELECT 1; DELETE FROM customers",
	"SELECT 1; PRAGMA query_only = OFF; DELETE FROM customers",
	"COMMIT; DELETE FROM customers",
	"BEGIN IMMEDIATE; DELETE FROM customers; COMMIT",
	"SAVEPOINT a; UPDATE store SET changes = 0; RELEASE a",
	"EXPLAIN DELETE FROM customers; DELETE FROM customers",
}

// contentOf is a hash of all that the list holds, and of its schema.
func contentOf(t *testing.T, s *storetest.Store) string {
	t.Helper()
	w, _ := store.Connections(s.Store)
	names := column(t, w, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
	h := sha256.New()
	for _, q := range append([]string{"PRAGMA user_version", "SELECT group_concat(sql) FROM sqlite_schema"}, names...) {
		if !strings.Contains(q, " ") {
			q = "SELECT * FROM " + q
		}
		rows, err := w.Query(q)
		if err != nil {
			t.Fatal(err)
		}
		cols, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			row := make([]any, len(cols))
			to := make([]any, len(cols))
			for i := range row {
				to[i] = &row[i]
			}
			if err := rows.Scan(to...); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(h, "%s %q\n", q, row)
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		rows.Close()
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

func column(t *testing.T, db *sql.DB, q string) []string {
	t.Helper()
	rows, err := db.Query(q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var v string
		if err := rows.Scan(&v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

// drain reads all that a query with several statements answers.
func drain(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() || rows.NextResultSet() {
	}
	return rows.Err()
}

// On the connections that pages read through, nothing but reading is done,
// however it is put: as a statement, as a query, in a transaction, prepared.
func TestReadersRefuseEveryAttack(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	s.Add(t, "Ravi", s.Role(t, "Support"))
	before := contentOf(t, s)
	_, readers := store.Connections(s.Store)
	outside := t.TempDir()
	ctx := t.Context()
	refused := 0
	for i, attack := range attacks {
		q := attack
		if strings.Contains(q, "%s") {
			q = fmt.Sprintf(q, filepath.Join(outside, fmt.Sprint("taken-", i)))
		}
		for how, do := range map[string]func(*sql.Conn) error{
			"exec":  func(c *sql.Conn) error { _, err := c.ExecContext(ctx, q); return err },
			"query": func(c *sql.Conn) error { return drain(c.QueryContext(ctx, q)) },
			"prepared": func(c *sql.Conn) error {
				stmt, err := c.PrepareContext(ctx, q)
				if err != nil {
					return err
				}
				defer stmt.Close()
				_, err = stmt.ExecContext(ctx)
				return err
			},
			"in a transaction": func(c *sql.Conn) error {
				tx, err := c.BeginTx(ctx, nil)
				if err != nil {
					return err
				}
				defer tx.Rollback()
				if _, err = tx.ExecContext(ctx, q); err != nil {
					return err
				}
				return tx.Commit()
			},
		} {
			conn, err := readers.Conn(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if do(conn) == nil {
				t.Errorf("%s: taken: %s", how, q)
			} else {
				refused++
			}
			// It may be in the middle of a transaction now: the next takes a new one.
			_ = conn.Raw(func(any) error { return driver.ErrBadConn })
		}
		if after := contentOf(t, s); after != before {
			t.Fatalf("changed by %s", q)
		}
	}
	// A path that is a bound parameter can't be seen while it is compiled.
	for _, q := range []string{"ATTACH ? AS other", "VACUUM INTO ?"} {
		if _, err := readers.ExecContext(ctx, q, filepath.Join(outside, "bound")); err == nil {
			t.Errorf("taken: %s", q)
		}
	}
	for range 10 { // each connection of the pool reads as before
		if n := len(s.IDs(t)); n != 30 {
			t.Errorf("%d read", n)
		}
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) != 0 {
		t.Errorf("files were made: %v, %v", left, err)
	}
	t.Logf("%d attacks, refused %d times", len(attacks), refused)
}

// filler makes arguments of a method with an attack in every text of them.
type filler struct {
	t    *testing.T
	s    *storetest.Store
	a    *store.Actor
	text string
}

func (f *filler) fill(v reflect.Value, deep int) {
	switch v.Type() {
	case reflect.TypeFor[context.Context]():
		v.Set(reflect.ValueOf(f.t.Context()))
		return
	case reflect.TypeFor[*store.Actor]():
		v.Set(reflect.ValueOf(f.a))
		return
	case reflect.TypeFor[store.DeleteTexts]():
		v.Set(reflect.ValueOf(store.DeleteTexts(texts)))
		return
	}
	if deep > 4 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.text)
	case reflect.Slice:
		s := reflect.MakeSlice(v.Type(), 2, 2)
		for i := range 2 {
			f.fill(s.Index(i), deep+1)
		}
		v.Set(s)
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		key, elem := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(key, deep+1)
		f.fill(elem, deep+1)
		m.SetMapIndex(key, elem)
		v.Set(m)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.fill(v.Field(i), deep+1)
			}
		}
	case reflect.Func:
		f.function(v, deep)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Int32:
		v.SetInt(1)
	case reflect.Uint64, reflect.Uint32, reflect.Uint8:
		v.SetUint(1)
	}
}

// function makes a callback that is called without an error; one that yields
// rows yields one with attacks in it.
func (f *filler) function(v reflect.Value, deep int) {
	typ := v.Type()
	v.Set(reflect.MakeFunc(typ, func(args []reflect.Value) []reflect.Value {
		for _, arg := range args {
			if arg.Kind() == reflect.Func && arg.Type().NumIn() == 1 && !arg.IsNil() {
				row := reflect.New(arg.Type().In(0)).Elem()
				if row.Kind() == reflect.Pointer {
					row.Set(reflect.New(row.Type().Elem()))
					f.fill(row.Elem(), deep+1)
				}
				out := arg.Call([]reflect.Value{row})
				if len(out) == 1 && typ.NumOut() == 1 && out[0].Type() == typ.Out(0) {
					return out
				}
			}
		}
		var out []reflect.Value
		for i := range typ.NumOut() {
			out = append(out, reflect.Zero(typ.Out(i)))
		}
		return out
	}))
}

// Every exported method that takes an actor is called with each attack in
// every text that it takes. Whoever may do nothing changes nothing; with all
// rights a text is a text: no customer goes and no table changes.
func TestMethodsTakeAttacksAsTexts(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	nothing := s.Add(t, "Nothing", s.Role(t, "Nothing"))
	outside := t.TempDir()
	typ, actor := reflect.TypeFor[*store.Store](), reflect.TypeFor[*store.Actor]()
	var quoted []string
	for i, a := range attacks {
		if i%6 != 0 && !testing.Short() && !strings.HasPrefix(a, "DELETE") { // each costs all methods
			continue
		}
		if strings.Contains(a, "%s") {
			a = fmt.Sprintf(a, filepath.Join(outside, "taken"))
		}
		quoted = append(quoted, a, "x'; "+a+"; --", "1); "+a+"; --", "x\" OR 1; "+a)
	}
	tables := func() string {
		w, _ := store.Connections(s.Store)
		return strings.Join(column(t, w, "SELECT coalesce(sql, '') FROM sqlite_schema ORDER BY name"), "\n")
	}
	schema, calls := tables(), 0
	for _, who := range []*store.Actor{nothing, s.Owner} {
		for i := range typ.NumMethod() {
			m := typ.Method(i)
			takes := false
			for j := range m.Type.NumIn() {
				takes = takes || m.Type.In(j) == actor
			}
			if !takes || m.Name == "SignOut" {
				continue
			}
			for n, text := range quoted {
				if slices.Contains(slow, m.Name) && n > 0 {
					break // each asks for a password, which costs
				}
				before := ""
				if who == nothing && n%8 == 0 {
					before = customersOf(t, s)
				}
				f := &filler{t: t, s: s, a: who, text: text}
				args := []reflect.Value{reflect.ValueOf(s.Store)}
				for j := 1; j < m.Type.NumIn(); j++ {
					v := reflect.New(m.Type.In(j)).Elem()
					f.fill(v, 0)
					args = append(args, v)
				}
				m.Func.Call(args)
				calls++
				if before != "" && customersOf(t, s) != before {
					t.Fatalf("%s by somebody with no right changed the list: %s", m.Name, text)
				}
			}
			if got := tables(); got != schema {
				t.Fatalf("%s changed the schema: %s", m.Name, got)
			}
			if n := len(s.IDs(t)); n < 30 {
				t.Fatalf("%s: %d customers are left", m.Name, n)
			}
		}
	}
	if left, err := os.ReadDir(outside); err != nil || len(left) != 0 {
		t.Errorf("files were made: %v, %v", left, err)
	}
	if err := s.QuickCheck(t.Context(), s.Owner); err != nil {
		t.Error(err)
	}
	t.Logf("%d calls", calls)
}

var slow = []string{"CheckPassword", "ChangePassword", "EnrolOTP", "RecoverOTP", "ResetOTPClock", "NewRecoveryKey", "QuickCheck"}

func customersOf(t *testing.T, s *storetest.Store) string {
	t.Helper()
	var b strings.Builder
	if err := s.Customers(t.Context(), s.Owner, func(r *data.Row) error {
		fmt.Fprintln(&b, *r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// What comes from outside the package is worth nothing.
func TestForgedTypes(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	s.Enrol(t)
	ctx := t.Context()
	for name, a := range map[string]*store.Actor{"none": nil, "empty": {}} {
		if err := s.Customers(ctx, a, nobody); !errors.Is(err, data.ErrSignedOut) {
			t.Errorf("actor: %s: %v", name, err)
		}
		if _, err := s.Seal(ctx, a, store.SealRequest{Way: data.WayAll}); !errors.Is(err, data.ErrSignedOut) {
			t.Errorf("actor: %s: %v", name, err)
		}
	}
	for name, p := range map[string]*store.Plan{"none": nil, "empty": {}} {
		if _, err := s.Authorise(ctx, s.Owner, p, s.Code()); !errors.Is(err, data.ErrAuthorisation) {
			t.Errorf("plan: %s: %v", name, err)
		}
		if _, _, err := s.Store.Delete(ctx, s.Owner, p, nil, texts, nil); !errors.Is(err, data.ErrAuthorisation) {
			t.Errorf("plan: %s: %v", name, err)
		}
	}
	for name, of := range map[string]store.Sealed{"none": nil, "empty": &store.Change{}, "typed nil": (*store.Change)(nil)} {
		if _, err := s.Authorise(ctx, s.Owner, of, s.Code()); !errors.Is(err, data.ErrAuthorisation) {
			t.Errorf("change: %s: %v", name, err)
		}
	}
	// What is handed out is a copy.
	p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:3])
	ids := p.IDs()
	ids[0], ids[1] = 20, 21
	mustDelete(t, s, s.Owner, p, nil)
	if left := s.IDs(t); !slices.Contains(left, 20) || slices.Contains(left, 1) {
		t.Errorf("left %v", left)
	}
}

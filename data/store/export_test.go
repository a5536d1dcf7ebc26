package store

import (
	"context"
	"database/sql"
	"strings"

	"lethe/data"
)

// What tests reach past the rules of the package with.

// Exec runs a statement on the writing connection.
func Exec(s *Store, query string, args ...any) error {
	s.writes.Lock()
	defer s.writes.Unlock()
	s.gate.RLock()
	defer s.gate.RUnlock()
	_, err := s.files.writer.Exec(query, args...)
	return plain(err)
}

// ExecReader runs a statement on a reading connection.
func ExecReader(s *Store, query string) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	_, err := s.files.readers.Exec(query)
	return plain(err)
}

// Ask reads one row.
func Ask(s *Store, query string, into ...any) error {
	s.gate.RLock()
	defer s.gate.RUnlock()
	return plain(s.files.readers.QueryRow(query).Scan(into...))
}

// Connections are the pools of a store.
func Connections(s *Store) (writer, readers *sql.DB) { return s.files.writer, s.files.readers }

// MigrateBy brings the schema up by these steps.
func MigrateBy(ctx context.Context, s *Store, steps []string) error {
	return s.files.migrateBy(ctx, steps)
}

// Migrations are the steps of this version.
var Migrations = migrations

// Names of files in a folder.
const (
	FirstVersion    = firstVersion
	UnfinishedExt   = unfinishedExt
	BeforeMigration = beforeMigration
)

// SetFreeRoom has every folder's file system tell that it has n bytes left.
func SetFreeRoom(t interface{ Cleanup(func()) }, n int64) {
	before := freeRoom
	t.Cleanup(func() { freeRoom = before })
	freeRoom = func(string) (int64, error) { return n, nil }
}

// Dump reads every value of a table as text.
func Dump(s *Store, table string) (string, error) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	rows, err := s.files.readers.Query("SELECT * FROM " + table)
	if err != nil {
		return "", plain(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var out strings.Builder
	for rows.Next() {
		values := make([]sql.NullString, len(columns))
		into := make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return "", err
		}
		for _, v := range values {
			out.WriteString(v.String + "\n")
		}
	}
	return out.String(), rows.Err()
}

// Write runs fn in a writing transaction as a, with the right for op and none of
// the store's other rules.
func Write(ctx context.Context, s *Store, a *Actor, op data.Operation, fn func(*sql.Tx) error) error {
	return s.write(ctx, a, op, func(t *tx) error { return fn(t.Tx) })
}

// Remove runs a statement in a transaction that tells the rule of n customers.
func Remove(ctx context.Context, s *Store, a *Actor, n int, query string) error {
	return s.write(ctx, a, data.OpDelete, func(t *tx) error {
		if _, err := t.ExecContext(ctx, query); err != nil {
			return err
		}
		_, err := t.takeAway(ctx, a, data.Removal{Customers: n, Counted: n}, nil, nil)
		return err
	})
}

// Replace writes the list into a new file, does query there, and puts it in
// place.
func Replace(ctx context.Context, s *Store, a *Actor, query string) error {
	s.keysMu.Lock()
	defer s.keysMu.Unlock()
	s.writes.Lock()
	defer s.writes.Unlock()
	old, err := s.swap(ctx, a, swap{
		look: func(*tx) error { return nil },
		fill: func(t *tx) error {
			if err := t.copyAll(ctx, func(int) {}); err != nil {
				return err
			}
			_, err := t.ExecContext(ctx, query)
			return err
		},
	})
	if err != nil {
		return err
	}
	return s.removeOld(old)
}

// ErrUncounted is the error of a transaction that goes around the rule.
var ErrUncounted = errUncounted

// RunBy has a plan carried out by a new file, or in place, however much of the
// list it takes.
func (p *Plan) RunBy(newFile bool) { p.most = newFile }

// Has tells whether a text was taken in; Numbers counts the phone numbers.
func (r *Residue) Has(text string) bool {
	_, ok := r.texts[text]
	return ok
}

func (r *Residue) Numbers() int { return len(r.phones) }

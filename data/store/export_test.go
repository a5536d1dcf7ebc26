package store

import (
	"context"
	"database/sql"

	"lethe/data/store/sealed"
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

// CopyPrefix begins the names of copies.
const CopyPrefix = copyPrefix

// Where tables come from in a restore.
var (
	RestoredTables = restoredTables
	StayingTables  = stayingTables
)

// Tables are those of the schema.
func Tables(ctx context.Context, s *Store) (names []string, err error) {
	err = s.writeSystem(ctx, func(t *tx) error {
		names, err = t.tableNames(ctx)
		return err
	})
	return names, err
}

// PageOf is a page of the file in the midst of a table's rows, and the size of
// pages. The list is written to its file by that.
func PageOf(ctx context.Context, s *Store, table string) (page, size int64, err error) {
	s.gate.RLock()
	defer s.gate.RUnlock()
	if _, err := s.files.writer.ExecContext(ctx, "PRAGMA wal_checkpoint(FULL)"); err != nil {
		return 0, 0, err
	}
	err = s.files.readers.QueryRowContext(ctx, "SELECT rootpage FROM sqlite_schema WHERE name = ?", table).Scan(&page)
	return page, sealed.PageSize, err
}

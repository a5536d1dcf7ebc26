package store

import (
	"context"

	"lethe/data/store/sealed"
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

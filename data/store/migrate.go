package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"lethe/data"
	"lethe/data/store/sealed"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations are the SQL files in the order of their names; the n-th brings
// user_version from n-1 to n.
func migrations() ([]string, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, n := range names {
		b, err := migrationFiles.ReadFile(n)
		if err != nil {
			return nil, err
		}
		out = append(out, string(b))
	}
	return out, nil
}

// Schema is the SQL that makes an empty list, all migrations in their order:
// for the benchmark, which gives its peer the same tables.
func Schema() (string, error) {
	steps, err := migrations()
	return strings.Join(steps, "\n"), err
}

const beforeMigration = ".before-migration"

// migrate brings the schema up to date, each step in its own transaction. A
// list that holds something is copied first; the copy is overwritten and
// removed once all steps are through and the database is sound, and put back
// by hand if they are not. It answers data.ErrNewer for a schema of a newer
// Lethe.
func (f *files) migrate(ctx context.Context) error {
	steps, err := migrations()
	if err != nil {
		return err
	}
	return f.migrateBy(ctx, steps)
}

func (f *files) migrateBy(ctx context.Context, steps []string) error {
	var at int
	if err := f.writer.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil {
		return plain(err)
	}
	copyPath := f.path + beforeMigration
	switch {
	case at > len(steps):
		return data.ErrNewer
	case at == len(steps):
		return removeCopy(copyPath)
	case at > 0:
		if err := removeCopy(copyPath); err != nil {
			return err
		}
		if err := newPrivate(copyPath); err != nil {
			return plain(err)
		}
		if _, err := f.writer.ExecContext(ctx, "VACUUM INTO ?", copyPath); err != nil {
			return plain(err)
		}
	}
	for ; at < len(steps); at++ {
		if err := f.step(ctx, steps[at], at+1); err != nil {
			return fmt.Errorf("migration %d: %w", at+1, err)
		}
	}
	return removeCopy(copyPath)
}

// step runs one migration and checks the database before it commits.
func (f *files) step(ctx context.Context, text string, version int) error {
	tx, err := f.writer.BeginTx(ctx, nil)
	if err != nil {
		return plain(err)
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, text); err != nil {
		return plain(err)
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return plain(err)
	}
	var verdict string
	if err := tx.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return plain(err)
	}
	if verdict != "ok" {
		return data.ErrDamaged
	}
	return plain(tx.Commit())
}

// removeCopy overwrites and removes what a migration left, if anything.
func removeCopy(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return sealed.OverwriteAndRemove(path)
}

package store

import (
	"context"
	"database/sql"
	"errors"

	"lethe/data"
)

// ImportMapping is what the columns of a file of that shape became the last
// time, "" where there was none. It needs ImportCustomers.
func (s *Store) ImportMapping(ctx context.Context, a *Actor, shape []byte) (mapping string, err error) {
	err = s.read(ctx, a, data.OpImportMapping, func(t *tx) error {
		err := t.QueryRowContext(ctx, "SELECT mapping FROM import_mappings WHERE shape = ?", shape).Scan(&mapping)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return mapping, err
}

// mostMappings is how many shapes of files are remembered, those used last.
const mostMappings = 200

func (t *tx) keepMapping(ctx context.Context, shape []byte, mapping string) error {
	if len(shape) == 0 {
		return nil
	}
	if _, err := t.ExecContext(ctx, `INSERT INTO import_mappings (shape, mapping, used) VALUES (?, ?, ?)
		ON CONFLICT (shape) DO UPDATE SET mapping = excluded.mapping, used = excluded.used`,
		shape, mapping, t.now.Unix()); err != nil {
		return err
	}
	_, err := t.ExecContext(ctx, `DELETE FROM import_mappings WHERE shape NOT IN
		(SELECT shape FROM import_mappings ORDER BY used DESC, shape LIMIT ?)`, mostMappings)
	return err
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"lethe/data"
)

// Digest tells what others did between the actor's last act and their present
// sign-in. It needs ViewAuditLog.
func (s *Store) Digest(ctx context.Context, a *Actor) (data.Digest, error) {
	var d data.Digest
	err := s.read(ctx, a, data.OpDigest, func(t *tx) error {
		var now, before, at int64
		if err := t.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM audit WHERE actor = ? AND kind = ?",
			int64(a.user), string(data.AuditSignIn)).Scan(&now); err != nil {
			return err
		}
		err := t.QueryRowContext(ctx, "SELECT seq, at FROM audit WHERE actor = ? AND seq < ? AND kind <> ? ORDER BY seq DESC LIMIT 1",
			int64(a.user), now, string(data.AuditSignInFailed)).Scan(&before, &at)
		if errors.Is(err, sql.ErrNoRows) {
			return nil // never here before: the log tells the rest
		}
		if err != nil {
			return err
		}
		rows, err := t.QueryContext(ctx, "SELECT seq, at, actor, kind, facts, prev, hash FROM audit WHERE seq > ? AND seq < ? ORDER BY seq",
			before, now)
		if err != nil {
			return err
		}
		defer rows.Close()
		var entries []data.Entry
		for rows.Next() {
			e, err := scanEntry(rows)
			if err != nil {
				return err
			}
			entries = append(entries, e)
		}
		d = data.DigestOf(a.user, entries)
		d.Since = time.Unix(at, 0).UTC()
		return rows.Err()
	})
	return d, err
}

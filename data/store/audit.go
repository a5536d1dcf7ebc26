package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"lethe/data"
)

type facts = map[string]string

// audit writes one entry behind the last. Facts hold no customer's data.
func (t *tx) audit(ctx context.Context, kind data.AuditKind, f facts) error {
	_, err := t.auditEntry(ctx, kind, f)
	return err
}

func (t *tx) auditEntry(ctx context.Context, kind data.AuditKind, f facts) (data.Entry, error) {
	w, err := t.witness(ctx)
	if err != nil {
		return data.Entry{}, err
	}
	e := data.Entry{
		Seq: w.Entries + 1, At: t.now.Truncate(time.Second),
		Actor: t.actor, Kind: kind, Facts: f, Prev: w.Head,
	}
	e.Hash = e.ChainHash()
	text, err := json.Marshal(f)
	if err != nil {
		return data.Entry{}, err
	}
	_, err = t.ExecContext(ctx,
		"INSERT INTO audit (seq, at, actor, kind, facts, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
		e.Seq, e.At.Unix(), e.Actor, string(kind), string(text), e.Prev[:], e.Hash[:])
	return e, err
}

// witness reads the size and the head of the log.
func (t *tx) witness(ctx context.Context) (data.Witness, error) {
	var w data.Witness
	var head []byte
	err := t.QueryRowContext(ctx, "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").Scan(&w.Entries, &head)
	if errors.Is(err, sql.ErrNoRows) {
		return w, nil
	}
	copy(w.Head[:], head)
	return w, err
}

// Audit reads the newest entries, the latest first; limit 0 reads all. It
// needs ViewAuditLog.
func (s *Store) Audit(ctx context.Context, a *Actor, limit int) ([]data.Entry, error) {
	var out []data.Entry
	if limit <= 0 {
		limit = -1
	}
	err := s.read(ctx, a, data.OpAudit, func(t *tx) error {
		rows, err := t.QueryContext(ctx,
			"SELECT seq, at, actor, kind, facts, prev, hash FROM audit ORDER BY seq DESC LIMIT ?", limit)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scanEntry(rows)
			if err != nil {
				return err
			}
			out = append(out, e)
		}
		return rows.Err()
	})
	return out, err
}

func scanEntry(rows *sql.Rows) (data.Entry, error) {
	var e data.Entry
	var at int64
	var text string
	var prev, hash []byte
	if err := rows.Scan(&e.Seq, &at, &e.Actor, &e.Kind, &text, &prev, &hash); err != nil {
		return e, err
	}
	e.At = time.Unix(at, 0).UTC()
	copy(e.Prev[:], prev)
	copy(e.Hash[:], hash)
	return e, json.Unmarshal([]byte(text), &e.Facts)
}

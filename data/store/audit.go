package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"
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
	if err != nil {
		return e, err
	}
	if err := t.countersign(ctx, &e); err != nil {
		return e, err
	}
	return e, t.tellApproved(ctx, &e)
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

// eachEntry yields the entries from the first to the last; what it is given is
// good until it returns.
func (t *tx) eachEntry(ctx context.Context, yield func(*data.Entry) error) error {
	rows, err := t.QueryContext(ctx, "SELECT seq, at, actor, kind, facts, prev, hash FROM audit ORDER BY seq")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return err
		}
		if err := yield(&e); err != nil {
			return err
		}
	}
	return rows.Err()
}

// ExportAudit yields every entry, from the first to the last, with its
// countersignature where it has one, and writes down that the log went out. It
// needs ViewAuditLog.
func (s *Store) ExportAudit(ctx context.Context, a *Actor, yield func(*data.Entry, *data.Countersign) error) error {
	n := 0
	err := s.read(ctx, a, data.OpExportAudit, func(t *tx) error {
		all, err := t.countersigns(ctx)
		if err != nil {
			return err
		}
		return t.eachEntry(ctx, func(e *data.Entry) error {
			n++
			var sign *data.Countersign
			for len(all) > 0 && all[0].Seq <= e.Seq {
				if all[0].Seq == e.Seq {
					sign = &all[0]
				}
				all = all[1:]
			}
			return yield(e, sign)
		})
	})
	if err != nil {
		return err
	}
	return s.write(ctx, a, data.OpExportAudit, func(t *tx) error {
		return t.audit(ctx, data.AuditLogExported, facts{"entries": strconv.Itoa(n)})
	})
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
	// What no entry was written with is shown all the same, and doesn't hold.
	if len(prev) == len(e.Prev) && len(hash) == len(e.Hash) {
		copy(e.Prev[:], prev)
		copy(e.Hash[:], hash)
	}
	if json.Unmarshal([]byte(text), &e.Facts) != nil {
		e.Facts = facts{"unreadable": data.FlagYes}
	}
	return e, nil
}

package store

import (
	"context"
	"strings"

	"lethe/data"
)

// Segments reads the named filters in the order of their making, without those
// that ask about what the actor's role hides, and with what may be a hidden
// phone number masked.
func (s *Store) Segments(ctx context.Context, a *Actor) ([]data.Segment, error) {
	var out []data.Segment
	err := s.read(ctx, a, data.OpSegments, func(t *tx) error {
		rows, err := t.QueryContext(ctx,
			"SELECT id, name, description, filter, created, author, edited, editor FROM segments ORDER BY id")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var g data.Segment
			var filter string
			if err := rows.Scan(&g.ID, &g.Name, &g.Description, &filter, &g.Created, &g.Author, &g.Edited, &g.Editor); err != nil {
				return err
			}
			if g.Filter, err = data.DecodeFilter(filter); err != nil {
				return err
			}
			if visible(g.Filter, t.rights) {
				maskSegment(&g, t.rights)
				out = append(out, g)
			}
		}
		return rows.Err()
	})
	return out, err
}

// visible tells whether the person may see everything that f asks about: else
// its count would tell what is hidden.
func visible(f data.Filter, rights data.Rights) bool {
	for _, field := range f.Fields() {
		if _, custom := field.CustomID(); custom && !rights.Can(data.ViewCustomData) {
			return false
		}
		if field == data.FieldPhone && !rights.SeesPhones() {
			return false
		}
	}
	return true
}

// AddSegment keeps a filter under a name. It needs ManageSegments; a name that
// is taken is data.ErrConflict.
func (s *Store) AddSegment(ctx context.Context, a *Actor, g data.Segment) (int64, error) {
	var id int64
	err := s.write(ctx, a, data.OpAddSegment, func(t *tx) error {
		if err := g.Filter.Check(); err != nil {
			return err
		}
		name := strings.TrimSpace(g.Name)
		var taken bool
		if err := t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM segments WHERE name = ?)", name).Scan(&taken); err != nil {
			return err
		}
		if taken || name == "" {
			return data.ErrConflict
		}
		res, err := t.ExecContext(ctx,
			"INSERT INTO segments (name, description, filter, created, author) VALUES (?, ?, ?, ?, ?)",
			name, g.Description, g.Filter.Encode(), t.now.Unix(), int64(t.actor))
		if err != nil {
			return err
		}
		if id, err = res.LastInsertId(); err != nil {
			return err
		}
		if _, err := t.change(ctx); err != nil { // Delete All takes segments along
			return err
		}
		t.publish(data.Event{Kind: data.SegmentsChanged})
		return t.audit(ctx, data.AuditSegment, facts{"done": "added", "filter": strings.Join(g.Filter.Kinds(), ",")})
	})
	return id, err
}

// DeleteSegment removes a named filter, not its customers. It needs
// ManageSegments.
func (s *Store) DeleteSegment(ctx context.Context, a *Actor, id int64) error {
	return s.write(ctx, a, data.OpDeleteSegment, func(t *tx) error {
		res, err := t.ExecContext(ctx, "DELETE FROM segments WHERE id = ?", id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return data.ErrNotFound
		}
		if _, err := t.change(ctx); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.SegmentsChanged})
		return t.audit(ctx, data.AuditSegment, facts{"done": "removed"})
	})
}

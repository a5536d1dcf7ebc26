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
		all, err := t.segments(ctx)
		if err != nil {
			return err
		}
		for _, g := range all {
			if visible(g.Filter, t.rights) {
				maskSegment(&g, t.rights)
				out = append(out, g)
			}
		}
		return nil
	})
	return out, err
}

func (t *tx) segments(ctx context.Context) ([]data.Segment, error) {
	rows, err := t.QueryContext(ctx,
		"SELECT id, name, description, filter, created, author, edited, editor FROM segments ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []data.Segment
	for rows.Next() {
		var g data.Segment
		var filter string
		if err := rows.Scan(&g.ID, &g.Name, &g.Description, &filter, &g.Created, &g.Author, &g.Edited, &g.Editor); err != nil {
			return nil, err
		}
		if g.Filter, err = data.DecodeFilter(filter); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, rows.Err()
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
// is taken, whatever its case, is data.ErrConflict.
func (s *Store) AddSegment(ctx context.Context, a *Actor, g data.Segment) (int64, error) {
	var id int64
	err := s.write(ctx, a, data.OpAddSegment, func(t *tx) error {
		g.ID = 0
		if err := t.checkSegment(ctx, &g); err != nil {
			return err
		}
		var err error
		if id, err = t.insertSegment(ctx, g); err != nil {
			return err
		}
		if _, err := t.change(ctx); err != nil { // Delete All takes segments along
			return err
		}
		t.publish(data.Event{Kind: data.SegmentsChanged})
		return t.audit(ctx, data.AuditSegment, facts{"done": string(data.DoneAdded), "filter": strings.Join(g.Filter.Kinds(), ",")})
	})
	return id, err
}

func (t *tx) insertSegment(ctx context.Context, g data.Segment) (int64, error) {
	res, err := t.ExecContext(ctx,
		"INSERT INTO segments (name, description, filter, created, author) VALUES (?, ?, ?, ?, ?)",
		g.Name, g.Description, g.Filter.Encode(), t.now.Unix(), int64(t.actor))
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// checkSegment cleans the words of a segment and checks that it can be kept.
func (t *tx) checkSegment(ctx context.Context, g *data.Segment) error {
	g.Name, g.Description = data.CleanLine(g.Name), data.CleanLine(g.Description)
	// A name that holds a number, if it is taken, would tell that it is.
	if t.hides(g.Name) {
		return data.ErrDenied
	}
	if err := g.Filter.Check(); err != nil {
		return err
	}
	if !visible(g.Filter, t.rights) {
		return data.ErrDenied
	}
	all, err := t.segments(ctx)
	if err != nil {
		return err
	}
	for _, other := range all {
		if other.ID != g.ID && strings.EqualFold(other.Name, g.Name) {
			return data.ErrConflict
		}
	}
	if g.Name == "" {
		return data.ErrConflict
	}
	return nil
}

// EditSegment changes name, description and filter of a segment, and keeps who
// did and when. It needs ManageSegments. was is the segment as the person saw
// it: if it changed since, that is data.ErrStalePlan; if it is gone,
// data.ErrNotFound. A part that the role sees masked can't be replaced. A name
// that is taken is data.ErrConflict.
func (s *Store) EditSegment(ctx context.Context, a *Actor, was, next data.Segment) error {
	return s.write(ctx, a, data.OpEditSegment, func(t *tx) error {
		old, err := t.segmentToChange(ctx, was)
		if err != nil {
			return err
		}
		next.ID, next.Created, next.Author = old.ID, old.Created, old.Author
		if next.Name == was.Name {
			next.Name = old.Name
		} else if t.hides(old.Name) {
			return data.ErrDenied
		}
		if next.Description == was.Description {
			next.Description = old.Description
		} else if t.hides(old.Description) {
			return data.ErrDenied
		}
		if next.Filter.Encode() == was.Filter.Encode() {
			next.Filter = old.Filter
		}
		if err := t.checkSegment(ctx, &next); err != nil {
			return err
		}
		if next.Name == old.Name && next.Description == old.Description && next.Filter.Encode() == old.Filter.Encode() {
			return nil
		}
		if _, err := t.ExecContext(ctx,
			"UPDATE segments SET name = ?, description = ?, filter = ?, edited = ?, editor = ? WHERE id = ?",
			next.Name, next.Description, next.Filter.Encode(), t.now.Unix(), int64(t.actor), old.ID); err != nil {
			return err
		}
		if _, err := t.change(ctx); err != nil {
			return err
		}
		t.leaveSegment(old)
		t.publish(data.Event{Kind: data.SegmentsChanged})
		return t.auditEdit(ctx, data.AuditSegment, facts{"done": string(data.DoneChanged), "filter": strings.Join(next.Filter.Kinds(), ",")})
	})
}

// segmentToChange reads a segment and compares it, as the actor sees it, with
// what they saw.
func (t *tx) segmentToChange(ctx context.Context, was data.Segment) (data.Segment, error) {
	all, err := t.segments(ctx)
	if err != nil {
		return data.Segment{}, err
	}
	for _, g := range all {
		if g.ID != was.ID || !visible(g.Filter, t.rights) {
			continue
		}
		seen := g
		seen.Filter = g.Filter.Clone()
		maskSegment(&seen, t.rights)
		if seen.Name != was.Name || seen.Description != was.Description || seen.Filter.Encode() != was.Filter.Encode() {
			return g, data.ErrStalePlan
		}
		return g, nil
	}
	return data.Segment{}, data.ErrNotFound
}

// leaveSegment takes in the words of a segment that go: a filter's values and
// search may name customers.
func (t *tx) leaveSegment(g data.Segment) {
	t.leave(g.Name, g.Description, g.Filter.Search)
	for _, c := range g.Filter.Conditions {
		t.leave(c.Values...)
	}
}

// DeleteSegment removes a named filter, not its customers. It needs
// ManageSegments; one that is gone, or asks about what the role hides, is
// data.ErrNotFound.
func (s *Store) DeleteSegment(ctx context.Context, a *Actor, id int64) error {
	return s.write(ctx, a, data.OpDeleteSegment, func(t *tx) error {
		if err := t.deleteSegment(ctx, id); err != nil {
			return err
		}
		if err := setGone(ctx, t, goneSegments, goneDeleted, []int64{id}); err != nil {
			return err
		}
		if _, err := t.change(ctx); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.SegmentsChanged})
		return t.auditEdit(ctx, data.AuditSegment, facts{"done": string(data.DoneRemoved)})
	})
}

func (t *tx) deleteSegment(ctx context.Context, id int64) error {
	all, err := t.segments(ctx)
	if err != nil {
		return err
	}
	for _, g := range all {
		if g.ID == id && visible(g.Filter, t.rights) {
			t.leaveSegment(g)
			_, err := t.ExecContext(ctx, "DELETE FROM segments WHERE id = ?", id)
			return err
		}
	}
	return data.ErrNotFound
}

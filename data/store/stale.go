package store

import (
	"context"
	"slices"

	"lethe/data"
)

// stillAs answers a *data.StalePlan unless what the person confirmed is what
// is there.
func (t *tx) stillAs(ctx context.Context, p *Plan) error {
	way := p.summary.Way
	now, err := t.changes(ctx)
	if err != nil {
		return err
	}
	if now == p.changes && t.rights.Can(data.ViewAllCustomers) {
		return nil // every change of a customer is counted, so nothing changed
	}
	why, err := t.since(ctx, p)
	if err != nil {
		return err
	}
	// A filter may match others by now, which only the view can tell.
	wider := way == data.WayFiltered || way == data.WayAll
	if now != p.changes && wider || *why != (data.StalePlan{}) {
		return why
	}
	g := newGather(t.now, len(p.ids))
	if err := t.gather(ctx, g, p.ids, way == data.WayAll); err != nil {
		return err
	}
	again := &Plan{ids: g.ids, versions: g.versions}
	again.summary.Way, again.summary.Cascade = way, g.cascade
	again.summary.Cascade.Segments = p.summary.Cascade.Segments
	if again.print() != p.fingerprint {
		return why
	}
	return nil
}

// since compares the plan's customers, as the actor sees them, with what they
// are now.
func (t *tx) since(ctx context.Context, p *Plan) (*data.StalePlan, error) {
	scope, mine := "", []any(nil)
	if !t.rights.Can(data.ViewAllCustomers) {
		scope, mine = " AND agent = ?", []any{int64(t.rights.User)}
	}
	versions := make(map[data.CustomerID]int64, 500)
	why := &data.StalePlan{}
	next := 0
	for part := range slices.Chunk(p.ids, 500) {
		clear(versions)
		in, args := inList(part)
		if err := t.versionsInto(ctx, versions, "id IN "+in+scope, append(args, mine...)); err != nil {
			return nil, err
		}
		for _, id := range part {
			switch version, there := versions[id]; {
			case !there:
				why.Gone++
			case version != p.versions[next]:
				why.Changed++
			}
			next++
		}
	}
	if p.summary.Way == data.WayAll {
		held, err := t.held(ctx)
		if err != nil {
			return nil, err
		}
		why.New = held - (len(p.ids) - why.Gone)
	}
	return why, nil
}

func (t *tx) versionsInto(ctx context.Context, into map[data.CustomerID]int64, where string, args []any) error {
	rows, err := t.QueryContext(ctx, "SELECT id, version FROM customers WHERE "+where, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id data.CustomerID
		var version int64
		if err := rows.Scan(&id, &version); err != nil {
			return err
		}
		into[id] = version
	}
	return rows.Err()
}

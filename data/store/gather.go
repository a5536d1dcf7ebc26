package store

import (
	"context"
	"slices"

	"lethe/data"
)

// gather reads ids with their versions and what warns of them. ids are in
// order; one that is gone is simply not gathered, one outside the actor's
// scope is data.ErrDenied.
func (t *tx) gather(ctx context.Context, g *gather, ids []data.CustomerID, all bool) error {
	if all {
		return t.gatherWhere(ctx, g, "1", nil)
	}
	// A long list costs one walk of the table, a short one some look-ups.
	const walkFrom = 20_000
	if len(ids) >= walkFrom {
		return t.gatherWhere(ctx, g, "c.id BETWEEN ? AND ?", ids)
	}
	for part := range slices.Chunk(ids, 500) {
		in, args := inList(part)
		if err := t.gatherRows(ctx, g, "c.id IN "+in, args, nil); err != nil {
			return err
		}
		if err := t.countSides(ctx, g, " WHERE customer_id IN "+in, args, nil); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) gatherWhere(ctx context.Context, g *gather, where string, ids []data.CustomerID) error {
	var args []any
	sides := ""
	if ids != nil {
		args = []any{int64(ids[0]), int64(ids[len(ids)-1])}
		sides = " WHERE customer_id BETWEEN ? AND ?"
	}
	if err := t.gatherRows(ctx, g, where, args, ids); err != nil {
		return err
	}
	return t.countSides(ctx, g, sides, args, ids)
}

// gatherRows walks customers; only, if not nil, is the ordered list of those
// that count.
func (t *tx) gatherRows(ctx context.Context, g *gather, where string, args []any, only []data.CustomerID) error {
	rows, err := t.QueryContext(ctx, `SELECT c.id, c.version, c.agent, c.changed_at, c.changed_by, c.follow_up,
		max(c.first_received, c.first_sent, c.last_sent, c.last_received, c.last_template, c.last_logged)
		FROM customers c WHERE `+where+" ORDER BY c.id", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	recent := g.now.AddDate(0, 0, -recentDays).Unix()
	lately := g.now.AddDate(0, 0, -latelyDays).Unix()
	today := data.DateOf(g.now)
	mine := !t.rights.Can(data.ViewAllCustomers)
	for rows.Next() {
		var id data.CustomerID
		var agent, changedBy data.UserID
		var version, changedAt, last int64
		var followUp data.Date
		if err := rows.Scan(&id, &version, &agent, &changedAt, &changedBy, &followUp, &last); err != nil {
			return err
		}
		if only != nil {
			for len(only) > 0 && only[0] < id {
				only = only[1:]
			}
			if len(only) == 0 || only[0] != id {
				continue
			}
		}
		if mine && agent != t.rights.User {
			return data.ErrDenied
		}
		g.ids = append(g.ids, id)
		g.versions = append(g.versions, version)
		if last >= recent {
			g.warn.RecentlyInTouch++
		}
		if followUp != 0 && followUp >= today {
			g.warn.FollowUpsAhead++
		}
		if changedAt >= lately {
			g.warn.ChangedLately++
			g.changers[changedBy]++
		}
	}
	return rows.Err()
}

// countSides counts what hangs on the customers.
func (t *tx) countSides(ctx context.Context, g *gather, where string, args []any, only []data.CustomerID) error {
	for _, side := range []struct {
		table string
		count *int
	}{
		{"notes", &g.cascade.Notes},
		{"interactions", &g.cascade.Interactions},
		{"customer_tags", &g.cascade.Tags},
		{"custom_values", &g.cascade.CustomValues},
	} {
		n, err := t.countSide(ctx, side.table, where, args, only)
		if err != nil {
			return err
		}
		*side.count += n
	}
	return nil
}

func (t *tx) countSide(ctx context.Context, table, where string, args []any, only []data.CustomerID) (int, error) {
	if only == nil {
		n := 0
		err := t.QueryRowContext(ctx, "SELECT count(*) FROM "+table+where, args...).Scan(&n)
		return n, err
	}
	rows, err := t.QueryContext(ctx, "SELECT customer_id, count(*) FROM "+table+where+
		" GROUP BY customer_id ORDER BY customer_id", args...)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	sum := 0
	for rows.Next() {
		var id data.CustomerID
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return 0, err
		}
		for len(only) > 0 && only[0] < id {
			only = only[1:]
		}
		if len(only) > 0 && only[0] == id {
			sum += n
		}
	}
	return sum, rows.Err()
}

// nameChangers fills in who changed rows lately.
func (t *tx) nameChangers(ctx context.Context, list []data.ChangedBy) error {
	for i := range list {
		u, err := t.user(ctx, list[i].User)
		if err != nil {
			return err
		}
		list[i].Name = u.Name
	}
	return nil
}

package store

import (
	"context"
	"database/sql/driver"
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
		if err := t.gatherRows(ctx, g, "c.id IN "+in, args, part); err != nil {
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
	recent := g.now.AddDate(0, 0, -recentDays).Unix()
	lately := g.now.AddDate(0, 0, -latelyDays).Unix()
	today := data.DateOf(g.now)
	mine := !t.rights.Can(data.ViewAllCustomers)
	counts := listed(only)
	return takeRows(ctx, t.Tx, "SELECT 1 FROM customers c WHERE "+where+` AND %s, c.id, c.version, c.agent, c.changed_at,
		c.changed_by, c.follow_up, c.first_received, c.first_sent, c.last_sent, c.last_received, c.last_template,
		c.last_logged) ORDER BY c.id`, args, func(row []driver.Value) error {
		id := data.CustomerID(number(row[0]))
		if only != nil && !counts(id) {
			return nil
		}
		if mine && data.UserID(number(row[2])) != t.rights.User {
			return data.ErrDenied
		}
		g.ids = append(g.ids, id)
		g.versions = append(g.versions, number(row[1]))
		last := int64(0)
		for _, at := range row[6:] {
			last = max(last, number(at))
		}
		if last >= recent {
			g.warn.RecentlyInTouch++
		}
		if followUp := data.Date(number(row[5])); followUp != 0 && followUp >= today {
			g.warn.FollowUpsAhead++
		}
		if number(row[3]) >= lately {
			g.warn.ChangedLately++
			g.changers[data.UserID(number(row[4]))]++
		}
		return nil
	})
}

// listed tells of rising ids whether they are in a list, which is in order.
func listed(ids []data.CustomerID) func(data.CustomerID) bool {
	return func(id data.CustomerID) bool {
		for len(ids) > 0 && ids[0] < id {
			ids = ids[1:]
		}
		return len(ids) > 0 && ids[0] == id
	}
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
	condition := " WHERE "
	if where != "" {
		condition = where + " AND "
	}
	sum := 0
	counts := listed(only)
	err := takeRows(ctx, t.Tx, "SELECT 1 FROM "+table+condition+"%s, customer_id) ORDER BY customer_id", args, func(row []driver.Value) error {
		if counts(data.CustomerID(number(row[0]))) {
			sum++
		}
		return nil
	})
	return sum, err
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

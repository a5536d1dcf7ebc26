package view

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"lethe/data"
)

// Apply keeps the view in step with the store: it reads the changed customers
// again, drops the removed, and reads everything anew where the event says so.
// Events about other things than customers change nothing. Questions asked
// meanwhile are answered from the list as it was. After an error the view is
// as before; the event must be applied again.
func (v *View) Apply(ctx context.Context, e data.Event) error {
	ctx, done := v.alive(ctx)
	defer done()
	err := v.apply(ctx, e)
	if err != nil && v.dropped.Load() {
		return ErrDropped
	}
	return err
}

func (v *View) apply(ctx context.Context, e data.Event) error {
	v.change.Lock()
	defer v.change.Unlock()
	old, err := v.snapshot(ctx)
	switch {
	case err != nil:
		return err
	case e.Everything:
		s, err := load(ctx, v.source, old.len())
		if err != nil {
			return err
		}
		return v.replace(old, s)
	case len(e.Changed) == 0 && len(e.Removed) == 0:
		return nil
	}
	rows, err := v.read(ctx, e)
	if err != nil {
		return err
	}
	gone := slices.Concat(e.Changed, e.Removed)
	slices.Sort(gone)
	gone = slices.Compact(gone)
	s, err := v.merge(ctx, old, gone, rows)
	if err != nil {
		return err
	}
	return v.replace(old, s)
}

// read returns the changed customers, by rising id. Those that the source
// doesn't yield are gone, or out of sight by now.
func (v *View) read(ctx context.Context, e data.Event) ([]*data.Row, error) {
	if len(e.Changed) == 0 {
		return nil, nil
	}
	wanted := map[data.CustomerID]bool{}
	for _, id := range e.Changed {
		wanted[id] = true
	}
	for _, id := range e.Removed {
		delete(wanted, id)
	}
	var rows []*data.Row
	err := v.source.CustomersByID(ctx, e.Changed, func(r *data.Row) error {
		if wanted[r.ID] {
			delete(wanted, r.ID)
			kept := *r
			kept.Tags, kept.Custom = slices.Clone(r.Tags), maps.Clone(r.Custom)
			rows = append(rows, &kept)
		}
		return nil
	})
	slices.SortFunc(rows, func(a, b *data.Row) int { return cmp.Compare(a.ID, b.ID) })
	return rows, err
}

// merge makes the snapshot of old without those in gone (sorted) and with
// rows (sorted, all of them in gone).
func (v *View) merge(ctx context.Context, old *snapshot, gone []data.CustomerID, rows []*data.Row) (*snapshot, error) {
	b := newBuilder(old.tables)
	b.reserve(old)
	next := 0 // the first row of old that was not looked at yet
	upTo := func(id data.CustomerID) {
		at, found := slices.BinarySearch(old.ids[next:], id)
		b.take(old, next, next+at)
		next += at
		if found {
			next++
		}
	}
	for i, id := range gone {
		if i%chunk == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		upTo(id)
		if len(rows) > 0 && rows[0].ID == id {
			if err := b.add(rows[0]); err != nil {
				return nil, err
			}
			rows = rows[1:]
		}
	}
	upTo(math.MaxInt64)
	s := b.finish()
	moveOrders(old, s, gone)
	return s, ctx.Err()
}

// moveOrders brings the orders of old over into s, which has the same rows but
// for those in gone. Where sorting anew is quicker, that is left to who asks.
func moveOrders(old, s *snapshot, gone []data.CustomerID) {
	newRow, added := renumber(old, s, gone)
	if len(added) <= s.len()/8 {
		old.orders.mu.Lock()
		made := maps.Clone(old.orders.made)
		old.orders.mu.Unlock()
		for f, o := range made {
			moved := o.of(old, f).moved(s.len(), s.keys(f), newRow, added)
			s.orders.made[f] = &orderOnce{order: moved}
		}
	}
}

const noRow = math.MaxUint32

// renumber tells for each row of old where it is in s, noRow if nowhere, and
// which rows of s are new.
func renumber(old, s *snapshot, gone []data.CustomerID) (newRow []uint32, added []uint32) {
	newRow = make([]uint32, old.len())
	row := 0
	for i, id := range old.ids {
		for len(gone) > 0 && gone[0] < id {
			gone = gone[1:]
		}
		changed := len(gone) > 0 && gone[0] == id
		for row < s.len() && s.ids[row] < id {
			added = append(added, uint32(row))
			row++
		}
		newRow[i] = noRow
		if row < s.len() && s.ids[row] == id {
			if changed {
				added = append(added, uint32(row))
			} else {
				newRow[i] = uint32(row)
			}
			row++
		}
	}
	for ; row < s.len(); row++ {
		added = append(added, uint32(row))
	}
	return newRow, added
}

// moved is the order of a snapshot of n rows, in which the rows of o are
// numbered anew and those in added (rising) are new.
func (o *order) moved(n int, k keys, newRow, added []uint32) *order {
	out := &order{rows: make([]uint32, 0, n), first: newBitset(n)}
	var valued, missing []uint32
	for _, row := range added {
		if _, ok := k.key(int(row)); ok {
			valued = append(valued, row)
		} else {
			missing = append(missing, row)
		}
	}
	compare := func(a, b uint32) int {
		if c := k.compare(int(a), int(b)); c != 0 {
			return c
		}
		return int(a) - int(b)
	}
	slices.SortFunc(valued, compare)
	behindNew := true // the row last taken is a new one, or there is none
	take := func(row uint32, isNew, first bool) {
		if isNew || behindNew {
			last := len(out.rows) - 1
			first = last < 0 || k.compare(int(out.rows[last]), int(row)) != 0
		}
		if first {
			out.first.set(len(out.rows))
		}
		out.rows = append(out.rows, row)
		behindNew = isNew
	}
	first := false // a value began since the row last taken
	for i, was := range o.rows[:o.set] {
		first = first || o.first.has(i)
		row := newRow[was]
		if row == noRow {
			continue
		}
		for len(valued) > 0 && compare(valued[0], row) < 0 {
			take(valued[0], true, false)
			valued = valued[1:]
		}
		take(row, false, first)
		first = false
	}
	for _, row := range valued {
		take(row, true, false)
	}
	out.set = len(out.rows)
	for _, was := range o.rows[o.set:] {
		row := newRow[was]
		if row == noRow {
			continue
		}
		for len(missing) > 0 && missing[0] < row {
			out.rows = append(out.rows, missing[0])
			missing = missing[1:]
		}
		out.rows = append(out.rows, row)
	}
	out.rows = append(out.rows, missing...)
	return out
}

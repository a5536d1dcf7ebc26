package store

import (
	"context"

	"lethe/data"
)

// moves is what a restore would do: a backup held against the list.
type moves struct {
	customers, fields, segments moved
	held, now                   int // customers in the backup and in the list
	changed                     int // customers in both who were changed since
}

// moved is that of one kind of thing, by id.
type moved struct {
	kind goneKind
	come []int64 // that an earlier restore took away, and the backup holds
	goes []int64 // of the list, added since the backup
	stay int     // in both
	not  idSet   // of the backup, which don't come back: deleted since
	dead int     // how many those are
}

// compare holds the list in schema list against that of a backup in schema old.
// What was deleted since never comes back, by two independent rules: whoever is
// written down as deleted, and whoever is not in the list any more, unless it
// is written down that a restore took them away. So a way of deleting that
// forgets to write it down opens no door.
func (t *tx) compare(ctx context.Context, old, list string) (*moves, error) {
	m := &moves{customers: moved{kind: goneCustomers}, fields: moved{kind: goneFields}, segments: moved{kind: goneSegments}}
	for _, c := range []struct {
		*moved
		table, version string
	}{
		{&m.customers, "customers", "version"},
		{&m.fields, "custom_fields", "0"},
		{&m.segments, "segments", "0"},
	} {
		before, err := t.idsAndVersions(ctx, old, c.table, c.version)
		if err != nil {
			return nil, err
		}
		now, err := t.idsAndVersions(ctx, list, c.table, c.version)
		if err != nil {
			return nil, err
		}
		deleted, err := t.gone(ctx, list, c.kind, goneDeleted)
		if err != nil {
			return nil, err
		}
		aside, err := t.gone(ctx, list, c.kind, goneRestore)
		if err != nil {
			return nil, err
		}
		changed := c.compare(before, now, deleted, aside)
		if c.kind == goneCustomers {
			m.held, m.now, m.changed = len(before), len(now), changed
		}
	}
	return m, nil
}

// idAndVersion is a row, in the order of the ids.
type idAndVersion struct{ id, version int64 }

// compare walks both lists at once and answers how many of those that stay
// have another version.
func (m *moved) compare(before, now []idAndVersion, deleted, aside idSet) (changed int) {
	m.not = idSet{}
	for _, b := range before {
		for len(now) > 0 && now[0].id < b.id {
			m.goes = append(m.goes, now[0].id)
			now = now[1:]
		}
		here := len(now) > 0 && now[0].id == b.id
		switch {
		case deleted.has(b.id), !here && !aside.has(b.id):
			m.not.add(b.id)
			m.dead++
		case !here:
			m.come = append(m.come, b.id)
		default:
			m.stay++
			if now[0].version != b.version {
				changed++
			}
		}
		if here {
			now = now[1:]
		}
	}
	for _, n := range now {
		m.goes = append(m.goes, n.id)
	}
	return changed
}

func (t *tx) idsAndVersions(ctx context.Context, schema, table, version string) ([]idAndVersion, error) {
	rows, err := t.QueryContext(ctx, "SELECT id, "+version+" FROM "+schema+"."+table+" ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []idAndVersion
	for rows.Next() {
		var r idAndVersion
		if err := rows.Scan(&r.id, &r.version); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, rows.Err()
}

// preview is what is told of it.
func (m *moves) preview() data.RestorePreview {
	return data.RestorePreview{
		Held: m.held, Now: m.now, After: m.customers.stay + len(m.customers.come),
		Come: len(m.customers.come), Change: m.changed, Go: len(m.customers.goes), Deleted: m.customers.dead,
		Segments: data.Moved{Come: len(m.segments.come), Go: len(m.segments.goes)},
		Fields:   data.Moved{Come: len(m.fields.come), Go: len(m.fields.goes)},
	}
}

// settle writes down what the restore took away, and that what it brought back
// is no longer away. The database is that of the new list.
func (m *moves) settle(ctx context.Context, t *tx) error {
	for _, k := range []*moved{&m.customers, &m.fields, &m.segments} {
		aside, err := t.gone(ctx, "main", k.kind, goneRestore)
		if err != nil {
			return err
		}
		for _, id := range k.goes {
			aside.add(id)
		}
		for _, id := range k.come {
			aside.remove(id)
		}
		for block, bits := range aside {
			if err := t.putGone(ctx, k.kind, goneRestore, block, bits); err != nil {
				return err
			}
		}
		if err := t.addGone(ctx, k.kind, goneDeleted, k.not); err != nil {
			return err
		}
	}
	return nil
}

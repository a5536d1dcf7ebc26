package store

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"lethe/data"
)

// editTags gives a customer tags and takes others away. The name of a tag that
// nobody has any more goes with it.
func (t *tx) editTags(ctx context.Context, id data.CustomerID, add, remove []string) error {
	if len(add) == 0 && len(remove) == 0 {
		return nil
	}
	// A tag that the role sees masked is not to be named in full: whether it was
	// the right name would show in what becomes of it.
	for _, name := range slices.Concat(add, remove) {
		if t.hides(name) {
			return data.ErrDenied
		}
	}
	for _, name := range remove {
		tag, ok, err := t.tagNamed(ctx, name)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		n, err := changedRows(t.ExecContext(ctx, "DELETE FROM customer_tags WHERE customer_id = ? AND tag_id = ?", int64(id), tag))
		if err != nil {
			return err
		}
		if n > 0 {
			if err := t.dropUnused(ctx, tag, name); err != nil {
				return err
			}
		}
	}
	for _, name := range add {
		name = data.CleanLine(name)
		tag, ok, err := t.tagNamed(ctx, name)
		if err != nil {
			return err
		}
		if why := data.CheckTag(name); why != "" && !ok {
			return &data.ValueProblem{Field: data.FieldTags, Reason: why}
		}
		if !ok {
			res, err := t.ExecContext(ctx, "INSERT INTO tags (name) VALUES (?)", name)
			if err != nil {
				return err
			}
			if tag, err = res.LastInsertId(); err != nil {
				return err
			}
		}
		if _, err := t.ExecContext(ctx, "INSERT OR IGNORE INTO customer_tags (customer_id, tag_id) VALUES (?, ?)",
			int64(id), tag); err != nil {
			return err
		}
	}
	n := 0
	err := t.QueryRowContext(ctx, "SELECT count(*) FROM customer_tags WHERE customer_id = ?", int64(id)).Scan(&n)
	if err == nil && n > data.MaxTags && len(add) > 0 {
		return &data.ValueProblem{Field: data.FieldTags, Reason: data.ValueTooMany}
	}
	return err
}

func (t *tx) tagNamed(ctx context.Context, name string) (id int64, ok bool, err error) {
	ok, err = t.first(ctx, &id, "SELECT id FROM tags WHERE name = ?", name)
	return id, ok, err
}

// dropUnused removes a tag that nobody has any more.
func (t *tx) dropUnused(ctx context.Context, tag int64, name string) error {
	used := false
	err := t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM customer_tags WHERE tag_id = ?)", tag).Scan(&used)
	if err != nil || used {
		return err
	}
	t.leave(name)
	_, err = t.ExecContext(ctx, "DELETE FROM tags WHERE id = ?", tag)
	return err
}

// Tags lists all tags with how many customers have each, by name. It needs
// EditCustomers and ViewAllCustomers: a tag is renamed and removed for all of
// them.
func (s *Store) Tags(ctx context.Context, a *Actor) ([]data.TagUse, error) {
	var out []data.TagUse
	err := s.read(ctx, a, data.OpTags, func(t *tx) error {
		rows, err := t.QueryContext(ctx, `SELECT t.id, t.name, coalesce(n.n, 0) FROM tags t
			LEFT JOIN (SELECT tag_id, count(*) AS n FROM customer_tags GROUP BY tag_id) n ON n.tag_id = t.id
			ORDER BY t.name COLLATE NOCASE, t.id`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var u data.TagUse
			if err := rows.Scan(&u.ID, &u.Name, &u.Customers); err != nil {
				return err
			}
			u.Name = t.shown(u.Name)
			out = append(out, u)
		}
		if !t.rights.SeesPhones() { // their order would tell of what is hidden
			slices.SortStableFunc(out, func(a, b data.TagUse) int {
				return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.ID, b.ID))
			})
		}
		return rows.Err()
	})
	return out, err
}

// tagToChange reads a tag's name and checks that it is the one the person saw,
// whole.
func (t *tx) tagToChange(ctx context.Context, tag data.TagUse) (string, error) {
	var name string
	ok, err := t.first(ctx, &name, "SELECT name FROM tags WHERE id = ?", tag.ID)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "", data.ErrNotFound
	case t.hides(name):
		return "", data.ErrDenied
	case name != tag.Name:
		return "", data.ErrConflict
	}
	return name, nil
}

// RenameTag calls a tag otherwise, for every customer who has it and in every
// segment that asks for it. It needs EditCustomers and ViewAllCustomers. Where
// there is a tag of that name already, it is a *data.ValueProblem unless merge
// is set, which makes one of both. tag is as Tags told it; if it changed since,
// that is data.ErrConflict.
func (s *Store) RenameTag(ctx context.Context, a *Actor, tag data.TagUse, name string, merge bool) error {
	return s.write(ctx, a, data.OpRenameTag, func(t *tx) error {
		old, err := t.tagToChange(ctx, tag)
		if err != nil {
			return err
		}
		name = data.CleanLine(name)
		if why := data.CheckTag(name); why != "" {
			return &data.ValueProblem{Field: data.FieldTags, Reason: why}
		}
		if t.hides(name) {
			return data.ErrDenied
		}
		if name == old {
			return nil
		}
		other, taken, err := t.tagNamed(ctx, name)
		if err != nil {
			return err
		}
		if taken && !merge {
			return &data.ValueProblem{Field: data.FieldTags, Reason: data.ValueNameTaken}
		}
		ids, err := t.touchTagged(ctx, tag.ID)
		if err != nil {
			return err
		}
		if taken {
			if _, err := t.ExecContext(ctx, "UPDATE OR IGNORE customer_tags SET tag_id = ? WHERE tag_id = ?", other, tag.ID); err != nil {
				return err
			}
			if err := t.removeTag(ctx, tag.ID, old); err != nil {
				return err
			}
		} else {
			if _, err := t.ExecContext(ctx, "UPDATE tags SET name = ? WHERE id = ?", name, tag.ID); err != nil {
				return err
			}
			t.leave(old)
		}
		if err := t.renameInSegments(ctx, old, name); err != nil {
			return err
		}
		t.announceTagged(ids)
		return t.auditEdit(ctx, data.AuditTag, facts{
			"done": string(data.DoneRenamed), "customers": strconv.Itoa(len(ids)), "merged": yes(taken),
		})
	})
}

// RemoveTag takes a tag away from every customer who has it. It needs
// EditCustomers and ViewAllCustomers. tag is as Tags told it; if its name or
// how many have it changed since, that is data.ErrConflict.
func (s *Store) RemoveTag(ctx context.Context, a *Actor, tag data.TagUse) error {
	return s.write(ctx, a, data.OpRemoveTag, func(t *tx) error {
		name, err := t.tagToChange(ctx, tag)
		if err != nil {
			return err
		}
		ids, err := t.touchTagged(ctx, tag.ID)
		if err != nil {
			return err
		}
		if len(ids) != tag.Customers {
			return data.ErrConflict
		}
		if err := t.removeTag(ctx, tag.ID, name); err != nil {
			return err
		}
		t.announceTagged(ids)
		return t.auditEdit(ctx, data.AuditTag, facts{"done": string(data.DoneRemoved), "customers": strconv.Itoa(len(ids))})
	})
}

func (t *tx) removeTag(ctx context.Context, id int64, name string) error {
	if _, err := t.ExecContext(ctx, "DELETE FROM customer_tags WHERE tag_id = ?", id); err != nil {
		return err
	}
	t.leave(name)
	_, err := t.ExecContext(ctx, "DELETE FROM tags WHERE id = ?", id)
	return err
}

// touchTagged gives those with a tag another row version and returns them.
func (t *tx) touchTagged(ctx context.Context, tag int64) ([]data.CustomerID, error) {
	version, err := t.change(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := t.QueryContext(ctx, `UPDATE customers SET version = ?, changed_at = ?, changed_by = ?
		WHERE id IN (SELECT customer_id FROM customer_tags WHERE tag_id = ?) RETURNING id`,
		version, t.now.Unix(), int64(t.actor), tag)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []data.CustomerID
	for rows.Next() {
		var id data.CustomerID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids, rows.Err()
}

// fewChanged is up to how many customers an event names them one by one.
const fewChanged = 1000

func (t *tx) announceTagged(ids []data.CustomerID) {
	e := data.Event{Kind: data.CustomersChanged, Changed: ids}
	if len(ids) > fewChanged {
		e.Changed, e.Everything = nil, true
	}
	t.publish(e)
	t.publish(data.Event{Kind: data.FieldsChanged})
}

package store

import (
	"context"
	"database/sql"
	"errors"

	"lethe/data"
)

// WouldChange counts the customers whom an import that updates would change,
// by exactly the rules of Import; each yields the rows, as there. It changes
// nothing, and needs what such an import needs.
func (s *Store) WouldChange(ctx context.Context, a *Actor, each func(yield func(*ImportRow) error) error) (int, error) {
	n := 0
	err := s.read(ctx, a, data.OpWouldChange, func(t *tx) error {
		n = 0
		im := &importer{
			t: t, mode: ImportUpdate,
			tags: map[string]int64{}, fields: map[string]data.CustomField{}, agents: map[data.Phone]data.UserID{},
		}
		if err := im.load(ctx); err != nil {
			return err
		}
		find, err := t.PrepareContext(ctx, "SELECT "+customerColumns+" FROM customers c WHERE c.phone = ?")
		if err != nil {
			return err
		}
		defer find.Close()
		return each(func(row *ImportRow) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			would, err := im.would(ctx, find, row)
			if would {
				n++
			}
			return err
		})
	})
	return n, err
}

// would tells whether update would change anything of the customer that has
// the row's number.
func (im *importer) would(ctx context.Context, find *sql.Stmt, row *ImportRow) (bool, error) {
	var old data.Customer
	err := scanCustomer(find.QueryRowContext(ctx, int64(row.Customer.Phone)), &old)
	if errors.Is(err, data.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !equal(old, im.merged(old, &row.Customer)) {
		return true, nil
	}
	return im.wouldHang(ctx, old.ID, row)
}

// wouldHang tells whether hang would find anything new.
func (im *importer) wouldHang(ctx context.Context, id data.CustomerID, row *ImportRow) (bool, error) {
	for _, name := range row.Customer.Tags {
		tag, ok := im.tags[name]
		if !ok {
			return true, nil
		}
		there := false
		if err := im.t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM customer_tags WHERE customer_id = ? AND tag_id = ?)",
			int64(id), tag).Scan(&there); err != nil || !there {
			return err == nil, err
		}
	}
	for name, value := range row.Custom {
		if _, ok := im.fields[fieldKey(name)]; !ok { // a field that the import makes
			return true, nil
		}
		if _, _, _, isNew, err := im.newValue(ctx, id, name, value); err != nil || isNew {
			return isNew, err
		}
	}
	if row.Note == "" {
		return false, nil
	}
	there := false
	err := im.t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM notes WHERE customer_id = ? AND text = ?)",
		int64(id), row.Note).Scan(&there)
	return err == nil && !there, err
}

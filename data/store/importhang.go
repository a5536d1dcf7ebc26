package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"lethe/data"
)

// hang writes tags, custom values and the note, unless the customer has one
// that says the same; it tells whether anything was new. What a value took the
// place of is left to the scrub.
func (im *importer) hang(ctx context.Context, id data.CustomerID, row *ImportRow) (bool, error) {
	changed := false
	for _, name := range row.Customer.Tags {
		tag, err := im.tagOf(ctx, name)
		if err != nil {
			return false, err
		}
		n, err := changedRows(im.tag.ExecContext(ctx, int64(id), tag))
		if err != nil {
			return false, err
		}
		changed = changed || n > 0
	}
	for name, value := range row.Custom {
		field, value, old, isNew, err := im.newValue(ctx, id, name, value)
		if err != nil {
			return false, err
		}
		if !isNew {
			continue
		}
		im.t.leave(old)
		if _, err := im.value.ExecContext(ctx, int64(id), int64(field), value); err != nil {
			return false, err
		}
		changed = true
	}
	if row.Note != "" {
		n, err := changedRows(im.note.ExecContext(ctx, int64(id), row.Note, im.t.now.Unix(), int64(im.t.actor)))
		if err != nil {
			return false, err
		}
		changed = changed || n > 0
	}
	return changed, nil
}

// tagOf is the number of a tag, which is made where there is none of the name.
func (im *importer) tagOf(ctx context.Context, name string) (int64, error) {
	if tag, ok := im.tags[name]; ok {
		return tag, nil
	}
	res, err := im.t.ExecContext(ctx, "INSERT INTO tags (name) VALUES (?)", name)
	if err != nil {
		return 0, err
	}
	tag, err := res.LastInsertId()
	im.tags[name] = tag
	return tag, err
}

// newValue tells whether a custom value says something new of a customer, as
// the field keeps it, and what it takes the place of. Who may not see custom
// values changes none.
func (im *importer) newValue(ctx context.Context, id data.CustomerID, name, value string) (field data.FieldID, kept, old string, isNew bool, err error) {
	f, ok := im.fields[fieldKey(name)]
	if !ok || strings.TrimSpace(value) == "" {
		return 0, "", "", false, nil
	}
	field, kept = f.ID, value
	if f.Kind != data.FieldText {
		var why data.ValueReason
		if kept, why = f.Canonical(value); why != "" {
			return field, "", "", false, &data.ValueProblem{Field: data.CustomFieldName(field), Reason: why}
		}
	}
	err = im.t.QueryRowContext(ctx, "SELECT value FROM custom_values WHERE customer_id = ? AND field_id = ?",
		int64(id), int64(field)).Scan(&old)
	if errors.Is(err, sql.ErrNoRows) {
		return field, kept, "", true, nil
	}
	if err == nil && !im.t.rights.Can(data.ViewCustomData) {
		return field, kept, "", false, nil
	}
	return field, kept, old, err == nil && old != kept, err
}

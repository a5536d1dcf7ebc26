package store

import (
	"context"
	"encoding/json"

	"lethe/data"
	"lethe/data/phone"
)

// Details are a customer with what hangs on it, the newest first.
type Details struct {
	Row          data.Row
	Notes        []data.Note
	Interactions []data.Interaction
}

// Details reads one customer. It answers data.ErrNotFound for one that is gone
// or not in the actor's scope.
func (s *Store) Details(ctx context.Context, a *Actor, id data.CustomerID) (Details, error) {
	var out Details
	err := s.read(ctx, a, data.OpDetails, func(t *tx) error {
		found := false
		in, args := inList([]data.CustomerID{id})
		if err := t.scan(ctx, in, args, func(r *data.Row) error {
			found, out.Row = true, *r
			return nil
		}); err != nil {
			return err
		}
		if !found {
			return data.ErrNotFound
		}
		var err error
		if out.Notes, err = t.notes(ctx, id); err != nil {
			return err
		}
		if out.Interactions, err = t.interactions(ctx, id); err != nil {
			return err
		}
		if t.rights.SeesPhones() {
			out.Row.PhoneText = phone.Format(out.Row.Phone)
			return nil
		}
		for i := range out.Notes {
			out.Notes[i].Text = phone.MaskIn(out.Notes[i].Text)
		}
		for i := range out.Interactions {
			out.Interactions[i].Line = phone.MaskIn(out.Interactions[i].Line)
		}
		return nil
	})
	return out, err
}

func (t *tx) notes(ctx context.Context, id data.CustomerID) ([]data.Note, error) {
	rows, err := t.QueryContext(ctx,
		"SELECT id, text, created, author FROM notes WHERE customer_id = ? ORDER BY created DESC, id DESC", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []data.Note
	for rows.Next() {
		n := data.Note{Customer: id}
		var at int64
		if err := rows.Scan(&n.ID, &n.Text, &at, &n.Author); err != nil {
			return nil, err
		}
		n.Created = timeOf(at)
		out = append(out, n)
	}
	return out, rows.Err()
}

func (t *tx) interactions(ctx context.Context, id data.CustomerID) ([]data.Interaction, error) {
	rows, err := t.QueryContext(ctx,
		"SELECT id, kind, at, line, author FROM interactions WHERE customer_id = ? ORDER BY at DESC, id DESC", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []data.Interaction
	for rows.Next() {
		n := data.Interaction{Customer: id}
		var at int64
		if err := rows.Scan(&n.ID, &n.Kind, &at, &n.Line, &n.Author); err != nil {
			return nil, err
		}
		n.At = timeOf(at)
		out = append(out, n)
	}
	return out, rows.Err()
}

// Fields reads the custom fields in the order of their making, masked as the
// role says. It needs ViewCustomData.
func (s *Store) Fields(ctx context.Context, a *Actor) ([]data.CustomField, error) {
	var out []data.CustomField
	err := s.read(ctx, a, data.OpFields, func(t *tx) error {
		var err error
		out, err = t.fields(ctx)
		for i := range out {
			maskField(&out[i], t.rights)
		}
		return err
	})
	return out, err
}

func (t *tx) fields(ctx context.Context) ([]data.CustomField, error) {
	rows, err := t.QueryContext(ctx, "SELECT id, name, kind, options FROM custom_fields ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []data.CustomField
	for rows.Next() {
		var f data.CustomField
		var options string
		if err := rows.Scan(&f.ID, &f.Name, &f.Kind, &options); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(options), &f.Options); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

package store

import (
	"context"
	"strings"

	"lethe/data"
)

// AddNote writes a note about a customer. It needs EditCustomers; one that is
// gone or not in the actor's scope is data.ErrNotFound.
func (s *Store) AddNote(ctx context.Context, a *Actor, id data.CustomerID, text string) error {
	text = strings.TrimSpace(text)
	return s.editCustomer(ctx, a, data.OpAddNote, id, func(t *tx) error {
		_, err := t.ExecContext(ctx, `INSERT INTO notes (customer_id, id, text, created, author)
			VALUES (?1, (SELECT coalesce(max(id), 0) + 1 FROM notes WHERE customer_id = ?1), ?2, ?3, ?4)`,
			int64(id), text, t.now.Unix(), int64(t.actor))
		return err
	})
}

// AddInteraction logs a contact with a customer. It needs EditCustomers; one
// that is gone or not in the actor's scope is data.ErrNotFound.
func (s *Store) AddInteraction(ctx context.Context, a *Actor, in data.Interaction) error {
	return s.editCustomer(ctx, a, data.OpAddInteraction, in.Customer, func(t *tx) error {
		_, err := t.ExecContext(ctx, `INSERT INTO interactions (customer_id, id, kind, at, line, author)
			VALUES (?1, (SELECT coalesce(max(id), 0) + 1 FROM interactions WHERE customer_id = ?1), ?2, ?3, ?4, ?5)`,
			int64(in.Customer), string(in.Kind), in.At.Unix(), strings.TrimSpace(in.Line), int64(t.actor))
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, "UPDATE customers SET last_logged = max(last_logged, ?) WHERE id = ?",
			in.At.Unix(), int64(in.Customer))
		return err
	})
}

// editCustomer runs fn as a change of one customer, whose row version moves.
func (s *Store) editCustomer(ctx context.Context, a *Actor, op data.Operation, id data.CustomerID, fn func(*tx) error) error {
	return s.write(ctx, a, op, func(t *tx) error {
		scope := ""
		args := []any{int64(id)}
		if !t.rights.Can(data.ViewAllCustomers) {
			scope = " AND agent = ?"
			args = append(args, int64(t.actor))
		}
		version, err := t.change(ctx)
		if err != nil {
			return err
		}
		res, err := t.ExecContext(ctx, "UPDATE customers SET version = ?, changed_at = ?, changed_by = ? WHERE id = ?"+scope,
			append([]any{version, t.now.Unix(), int64(t.actor)}, args...)...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return data.ErrNotFound
		}
		if err := fn(t); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.CustomersChanged, Changed: []data.CustomerID{id}})
		return t.audit(ctx, data.AuditCustomerEdited, facts{})
	})
}

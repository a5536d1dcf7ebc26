package store

import (
	"context"

	"lethe/data"
)

// mark reads what is counted since the last OTP.
func (t *tx) mark(ctx context.Context) (data.Mark, error) {
	var m data.Mark
	err := t.QueryRowContext(ctx,
		"SELECT mark_removed, mark_counted, mark_peak, mark_held, mark_most FROM store").
		Scan(&m.Removed, &m.Counted, &m.Peak, &m.Held, &m.MostHeld)
	return m, err
}

func (t *tx) saveMark(ctx context.Context, m data.Mark) error {
	_, err := t.ExecContext(ctx,
		"UPDATE store SET mark_removed = ?, mark_counted = ?, mark_peak = ?, mark_held = ?, mark_most = ?",
		m.Removed, m.Counted, m.Peak, m.Held, m.MostHeld)
	return err
}

// held counts the customers that the actor may know of.
func (t *tx) held(ctx context.Context) (int, error) {
	if t.rights.Can(data.ViewAllCustomers) {
		return t.heldByAll(ctx)
	}
	n := 0
	err := t.QueryRowContext(ctx, "SELECT count(*) FROM customers WHERE agent = ?", int64(t.rights.User)).Scan(&n)
	return n, err
}

// heldByAll is how many customers the list holds, whoever sees them.
func (t *tx) heldByAll(ctx context.Context) (n int, err error) {
	err = t.QueryRowContext(ctx, "SELECT mark_held FROM store").Scan(&n)
	return n, err
}

// newMark starts counting anew with the customers now held.
func (t *tx) newMark(ctx context.Context) error {
	var held int
	var last int64
	err := t.QueryRowContext(ctx,
		"SELECT count(*), coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'customers'), 0) FROM customers").
		Scan(&held, &last)
	if err != nil {
		return err
	}
	if err := t.saveMark(ctx, data.NewMark(held)); err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, "UPDATE store SET mark_last_id = ?", last)
	return err
}

// change counts one more change of customers and returns the new count, which
// is the version of the rows that it touches.
func (t *tx) change(ctx context.Context) (int64, error) {
	var n int64
	err := t.QueryRowContext(ctx, "UPDATE store SET changes = changes + 1 RETURNING changes").Scan(&n)
	t.changed = n
	return n, err
}

func (t *tx) changes(ctx context.Context) (int64, error) {
	var n int64
	err := t.QueryRowContext(ctx, "SELECT changes FROM store").Scan(&n)
	return n, err
}

// Changes is the store's change counter: it grows with every change of a
// customer, so equal counts mean an equal list.
func (s *Store) Changes(ctx context.Context, a *Actor) (n int64, err error) {
	err = s.read(ctx, a, data.OpChanges, func(t *tx) error {
		n, err = t.changes(ctx)
		return err
	})
	return n, err
}

// Mark reads what is counted since the last OTP. It needs ViewAllCustomers, for
// it tells how large the list is.
func (s *Store) Mark(ctx context.Context, a *Actor) (m data.Mark, err error) {
	err = s.read(ctx, a, data.OpMark, func(t *tx) error {
		m, err = t.mark(ctx)
		return err
	})
	return m, err
}

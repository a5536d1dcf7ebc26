package store

import (
	"context"
	"time"

	"lethe/data"
	"lethe/data/phone"
)

// AddNote writes a note about a customer. It needs EditCustomers; one that is
// gone or not in the actor's scope is data.ErrNotFound, a text that can't be
// kept a *data.ValueProblem.
func (s *Store) AddNote(ctx context.Context, a *Actor, id data.CustomerID, text string) error {
	return s.editCustomer(ctx, a, data.OpAddNote, id, data.DoneNoteAdded, func(t *tx) error {
		text, err := noteText(text)
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `INSERT INTO notes (customer_id, id, text, created, author)
			VALUES (?1, (SELECT coalesce(max(id), 0) + 1 FROM notes WHERE customer_id = ?1), ?2, ?3, ?4)`,
			int64(id), text, t.now.Unix(), int64(t.actor))
		return err
	})
}

// fieldNote is what a *data.ValueProblem of a note names.
const fieldNote data.Field = "note"

func noteText(text string) (string, error) {
	text = data.CleanNote(text)
	switch {
	case text == "":
		return "", &data.ValueProblem{Field: fieldNote, Reason: data.ValueEmpty}
	case len([]rune(text)) > data.MaxNote:
		return "", &data.ValueProblem{Field: fieldNote, Reason: data.ValueTooLong}
	}
	return text, nil
}

// EditNote changes the text of a note. It needs EditCustomers. was is the note
// as the person saw it: if its text changed since, that is data.ErrConflict; if
// it is gone, data.ErrNotFound; one that the role sees masked can't be changed.
func (s *Store) EditNote(ctx context.Context, a *Actor, was data.Note, text string) error {
	return s.editCustomer(ctx, a, data.OpEditNote, was.Customer, data.DoneNoteChanged, func(t *tx) error {
		text, err := noteText(text)
		if err != nil {
			return err
		}
		old, err := t.textToChange(ctx, "SELECT text FROM notes WHERE customer_id = ? AND id = ?", was.Customer, was.ID, was.Text)
		if err != nil {
			return err
		}
		if t.hides(old) {
			return data.ErrDenied
		}
		t.leave(old)
		_, err = t.ExecContext(ctx, "UPDATE notes SET text = ? WHERE customer_id = ? AND id = ?",
			text, int64(was.Customer), was.ID)
		return err
	})
}

// RemoveNote removes a note for good. It needs EditCustomers; its errors are
// those of EditNote, but for the masked ones, which can be removed.
func (s *Store) RemoveNote(ctx context.Context, a *Actor, was data.Note) error {
	return s.editCustomer(ctx, a, data.OpRemoveNote, was.Customer, data.DoneNoteRemoved, func(t *tx) error {
		old, err := t.textToChange(ctx, "SELECT text FROM notes WHERE customer_id = ? AND id = ?", was.Customer, was.ID, was.Text)
		if err != nil {
			return err
		}
		t.leave(old)
		_, err = t.ExecContext(ctx, "DELETE FROM notes WHERE customer_id = ? AND id = ?", int64(was.Customer), was.ID)
		return err
	})
}

// textToChange reads a text that hangs on a customer, and compares it as the
// actor sees it with what they saw.
func (t *tx) textToChange(ctx context.Context, query string, id data.CustomerID, n int64, saw string) (string, error) {
	var old string
	ok, err := t.first(ctx, &old, query, int64(id), n)
	switch {
	case err != nil:
		return "", err
	case !ok:
		return "", data.ErrNotFound
	case t.shown(old) != saw:
		return "", data.ErrConflict
	}
	return old, nil
}

// shown is a text as the role sees it.
func (t *tx) shown(text string) string {
	if t.rights.SeesPhones() {
		return text
	}
	return phone.MaskIn(text)
}

// AddInteraction logs a contact with a customer. It needs EditCustomers; one
// that is gone or not in the actor's scope is data.ErrNotFound. A time to come,
// an unknown kind or too long a line is a *data.ValueProblem.
func (s *Store) AddInteraction(ctx context.Context, a *Actor, in data.Interaction) error {
	return s.editCustomer(ctx, a, data.OpAddInteraction, in.Customer, data.DoneInteractionAdded, func(t *tx) error {
		line, err := t.checkInteraction(in)
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, `INSERT INTO interactions (customer_id, id, kind, at, line, author)
			VALUES (?1, (SELECT coalesce(max(id), 0) + 1 FROM interactions WHERE customer_id = ?1), ?2, ?3, ?4, ?5)`,
			int64(in.Customer), string(in.Kind), in.At.Unix(), line, int64(t.actor))
		if err != nil {
			return err
		}
		return t.relog(ctx, in.Customer)
	})
}

// What a *data.ValueProblem of an interaction names.
const (
	fieldKind data.Field = "interaction_kind"
	fieldAt   data.Field = "interaction_at"
	fieldLine data.Field = "interaction_line"
)

// ahead is how far a clock may be behind another one.
const ahead = 5 * time.Minute

func (t *tx) checkInteraction(in data.Interaction) (string, error) {
	line := data.CleanLine(in.Line)
	switch in.Kind {
	case data.InteractionCall, data.InteractionMessage, data.InteractionVisit, data.InteractionOther:
	default:
		return "", &data.ValueProblem{Field: fieldKind, Reason: data.ValueNoOption}
	}
	switch {
	case in.At.Unix() <= 0 || in.At.After(t.now.Add(ahead)):
		return "", &data.ValueProblem{Field: fieldAt, Reason: data.ValueNoDate}
	case len([]rune(line)) > data.MaxLine:
		return "", &data.ValueProblem{Field: fieldLine, Reason: data.ValueTooLong}
	}
	return line, nil
}

// relog sets when the customer was last met by what is logged.
func (t *tx) relog(ctx context.Context, id data.CustomerID) error {
	_, err := t.ExecContext(ctx, `UPDATE customers SET last_logged =
		(SELECT coalesce(max(at), 0) FROM interactions WHERE customer_id = ?1) WHERE id = ?1`, int64(id))
	return err
}

// EditInteraction changes one that is logged. It needs EditCustomers; its
// errors are those of EditNote and AddInteraction.
func (s *Store) EditInteraction(ctx context.Context, a *Actor, was, next data.Interaction) error {
	return s.editCustomer(ctx, a, data.OpEditInteraction, was.Customer, data.DoneInteractionChanged, func(t *tx) error {
		line, err := t.checkInteraction(next)
		if err != nil {
			return err
		}
		old, err := t.textToChange(ctx, interactionLine, was.Customer, was.ID, was.Line)
		if err != nil {
			return err
		}
		if line != was.Line && t.hides(old) {
			return data.ErrDenied
		}
		if line == was.Line {
			line = old
		} else {
			t.leave(old)
		}
		n, err := changedRows(t.ExecContext(ctx, `UPDATE interactions SET kind = ?, at = ?, line = ?
			WHERE customer_id = ? AND id = ? AND kind = ? AND at = ?`, string(next.Kind), next.At.Unix(), line,
			int64(was.Customer), was.ID, string(was.Kind), was.At.Unix()))
		if err != nil {
			return err
		}
		if n == 0 {
			return data.ErrConflict
		}
		return t.relog(ctx, was.Customer)
	})
}

const interactionLine = "SELECT line FROM interactions WHERE customer_id = ? AND id = ?"

// RemoveInteraction removes one that is logged. It needs EditCustomers; its
// errors are those of RemoveNote.
func (s *Store) RemoveInteraction(ctx context.Context, a *Actor, was data.Interaction) error {
	return s.editCustomer(ctx, a, data.OpRemoveInteraction, was.Customer, data.DoneInteractionRemoved, func(t *tx) error {
		old, err := t.textToChange(ctx, interactionLine, was.Customer, was.ID, was.Line)
		if err != nil {
			return err
		}
		t.leave(old)
		if _, err := t.ExecContext(ctx, "DELETE FROM interactions WHERE customer_id = ? AND id = ?",
			int64(was.Customer), was.ID); err != nil {
			return err
		}
		return t.relog(ctx, was.Customer)
	})
}

// editCustomer runs fn as a change of one customer, whose row version moves.
// done says in the log what was done.
func (s *Store) editCustomer(ctx context.Context, a *Actor, op data.Operation, id data.CustomerID, done data.Done, fn func(*tx) error) error {
	return s.write(ctx, a, op, func(t *tx) error {
		if _, err := t.oneToEdit(ctx, id); err != nil {
			return err
		}
		version, err := t.change(ctx)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "UPDATE customers SET version = ?, changed_at = ?, changed_by = ? WHERE id = ?",
			version, t.now.Unix(), int64(t.actor), int64(id)); err != nil {
			return err
		}
		if err := fn(t); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.CustomersChanged, Changed: []data.CustomerID{id}})
		return t.auditEdit(ctx, data.AuditCustomerEdited, facts{"done": string(done)})
	})
}

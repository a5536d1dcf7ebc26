package store

import (
	"context"
	"slices"
	"strconv"
	"time"

	"lethe/data"
	"lethe/data/otp"
)

// ownImport is an import as its session remembers it, in memory only: enough
// to tell whom it added. Their row version is that of the import until somebody
// touches them.
type ownImport struct {
	version int64           // of the rows that it wrote
	after   data.CustomerID // the largest id before it
	upTo    data.CustomerID // the largest id after it
	fields  []data.FieldID  // that it made
	added   int
	at      time.Time
}

// ImportDone is an import that can be undone.
type ImportDone struct {
	ID    int64
	Added int
	At    time.Time
}

// remember keeps an import for its session, once it is committed.
func (s *Store) remember(a *Actor, im ownImport) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.sessions[a.nonce]; ok && im.added > 0 {
		s.imports[a.nonce] = append(s.imports[a.nonce], im)
	}
}

// forgetImport drops an import that was undone.
func (s *Store) forgetImport(a *Actor, version int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.imports[a.nonce] = slices.DeleteFunc(s.imports[a.nonce], func(im ownImport) bool { return im.version == version })
}

// ownImports are those of this session, the last one first.
func (s *Store) ownImports(a *Actor) []ownImport {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := slices.Clone(s.imports[a.nonce])
	slices.Reverse(all)
	return all
}

// LastImport is what the actor imported last in this session, has not undone,
// and of whom somebody is left whom nobody touched since; the zero ImportDone if
// there is none. Those of others, and of other sessions, are deleted like any
// customers. It needs ImportCustomers.
func (s *Store) LastImport(ctx context.Context, a *Actor) (ImportDone, error) {
	var out ImportDone
	err := s.read(ctx, a, data.OpLastImport, func(t *tx) error {
		for _, im := range s.ownImports(a) {
			left, err := t.anyOf(ctx, im)
			if err != nil {
				return err
			}
			if left {
				out = ImportDone{ID: im.version, Added: im.added, At: im.at}
				return nil
			}
		}
		return nil
	})
	return out, err
}

// SealUndo makes the plan that takes back an import of this session: exactly
// whom it added and nobody touched since, whoever is in charge of them. What
// it changed in customers who were there stays changed. It needs
// ImportCustomers only, no OTP, and counts neither way. Where there is no such
// import it answers data.ErrNotFound, where nobody of it is left
// data.ErrEmptyPlan.
func (s *Store) SealUndo(ctx context.Context, a *Actor, id int64) (*Plan, error) {
	var p *Plan
	err := s.read(ctx, a, data.OpSealUndo, func(t *tx) error {
		all := s.ownImports(a)
		i := slices.IndexFunc(all, func(im ownImport) bool { return im.version == id })
		if i < 0 {
			return data.ErrNotFound
		}
		im := all[i]
		ids, err := t.addedBy(ctx, im)
		if err != nil {
			return err
		}
		p = &Plan{actor: a.nonce, undo: &im}
		p.summary.Way = data.WayUndo
		if p.changes, err = t.changes(ctx); err != nil {
			return err
		}
		if err := t.seal(ctx, p, SealRequest{Way: data.WayUndo, IDs: ids}); err != nil {
			return err
		}
		p.summary.Warn.Touched = im.added - len(ids)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return p, nil
}

// ofImport is who was added by an import and touched by nobody since.
const ofImport = "FROM customers WHERE id > ? AND id <= ? AND version = ? AND added_by = ? AND changed_at = 0"

func (im *ownImport) args(t *tx) []any {
	return []any{int64(im.after), int64(im.upTo), im.version, int64(t.actor)}
}

// anyOf tells whether anybody is left whom an import added and nobody touched
// since.
func (t *tx) anyOf(ctx context.Context, im ownImport) (left bool, err error) {
	err = t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 "+ofImport+")", im.args(t)...).Scan(&left)
	return left, err
}

// addedBy lists whom an import added and nobody touched since.
func (t *tx) addedBy(ctx context.Context, im ownImport) ([]data.CustomerID, error) {
	rows, err := t.QueryContext(ctx, "SELECT id "+ofImport+" ORDER BY id", im.args(t)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []data.CustomerID
	for rows.Next() {
		var id data.CustomerID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// mayRun answers the error of a plan that can't be run, before the work begins:
// of an OTP that is due and not there, or of an undone import that is none.
func (t *tx) mayRun(ctx context.Context, p *Plan, auth *otp.Authorisation) error {
	if p.undo == nil {
		return t.mayTakeAway(ctx, p.removal(), auth)
	}
	return t.untouched(ctx, p.ids)
}

// dropOwnFields removes the custom fields that an undone import made, where
// nobody has a value in them and no segment asks for them.
func (d *deletion) dropOwnFields(ctx context.Context) error {
	if d.plan.undo == nil {
		return nil
	}
	for _, id := range d.plan.undo.fields {
		res, err := d.ExecContext(ctx, `DELETE FROM custom_fields WHERE id = ?1
			AND NOT EXISTS (SELECT 1 FROM custom_values WHERE field_id = ?1)
			AND NOT EXISTS (SELECT 1 FROM segments WHERE instr(filter, ?2))`,
			int64(id), strconv.Quote(string(data.CustomFieldName(id))))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			continue
		}
		if err := setGone(ctx, d.tx, goneFields, goneDeleted, []data.FieldID{id}); err != nil {
			return err
		}
		d.publish(data.Event{Kind: data.FieldsChanged})
	}
	return nil
}

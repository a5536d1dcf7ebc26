package store

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"lethe/data"
)

// field reads one custom field; data.ErrNotFound if there is none.
func (t *tx) field(ctx context.Context, id data.FieldID) (data.CustomField, error) {
	all, err := t.fields(ctx)
	if err != nil {
		return data.CustomField{}, err
	}
	i := slices.IndexFunc(all, func(f data.CustomField) bool { return f.ID == id })
	if i < 0 {
		return data.CustomField{}, data.ErrNotFound
	}
	return all[i], nil
}

// checkedField is f made fit to be kept, or why it can't be. What a
// *data.ValueProblem of a field names is the field itself.
func (t *tx) checkedField(ctx context.Context, f data.CustomField) (data.CustomField, []data.CustomField, error) {
	f.Name, f.Options = data.CleanLine(f.Name), data.CleanOptions(f.Options)
	if f.Kind != data.FieldList {
		f.Options = nil
	}
	problem := func(why data.ValueReason) error {
		return &data.ValueProblem{Field: data.CustomFieldName(f.ID), Reason: why}
	}
	if why := f.CheckField(); why != "" {
		return f, nil, problem(why)
	}
	all, err := t.fields(ctx)
	if err != nil {
		return f, nil, err
	}
	for _, other := range all {
		if other.ID != f.ID && fieldKey(other.Name) == fieldKey(f.Name) {
			return f, nil, problem(data.ValueNameTaken)
		}
	}
	return f, all, nil
}

// AddField makes a custom field. It needs ManageFieldSchema. A name that is
// taken, whatever its case, and what else can't be kept is a
// *data.ValueProblem.
func (s *Store) AddField(ctx context.Context, a *Actor, f data.CustomField) (data.FieldID, error) {
	var id data.FieldID
	err := s.write(ctx, a, data.OpAddField, func(t *tx) error {
		f.ID = 0
		if t.hides(f.Name) || slices.ContainsFunc(f.Options, t.hides) {
			return data.ErrDenied // as with kept
		}
		f, all, err := t.checkedField(ctx, f)
		if err != nil {
			return err
		}
		if len(all) >= data.MaxFields {
			return &data.ValueProblem{Reason: data.ValueTooMany}
		}
		options, err := json.Marshal(append([]string{}, f.Options...))
		if err != nil {
			return err
		}
		res, err := t.ExecContext(ctx, "INSERT INTO custom_fields (name, kind, options) VALUES (?, ?, ?)",
			f.Name, string(f.Kind), string(options))
		if err != nil {
			return err
		}
		n, err := res.LastInsertId()
		if err != nil {
			return err
		}
		id = data.FieldID(n)
		t.publish(data.Event{Kind: data.FieldsChanged})
		return t.auditEdit(ctx, data.AuditField, facts{"done": string(data.DoneAdded), "field": strconv.FormatInt(n, 10), "kind": string(f.Kind)})
	})
	return id, err
}

// ChangeField renames a custom field and changes the options of a List. It
// needs ManageFieldSchema. The kind stays; so do values that are no option any
// more. was is the field as the person saw it: if it changed since, that is
// data.ErrConflict. Further errors are those of AddField.
func (s *Store) ChangeField(ctx context.Context, a *Actor, was, next data.CustomField) error {
	return s.write(ctx, a, data.OpChangeField, func(t *tx) error {
		old, err := t.field(ctx, was.ID)
		if err != nil {
			return err
		}
		seen := old
		maskField(&seen, t.rights)
		if seen.Name != was.Name || !slices.Equal(seen.Options, was.Options) {
			return data.ErrConflict
		}
		if next, err = t.kept(old, seen, next); err != nil {
			return err
		}
		if next, _, err = t.checkedField(ctx, next); err != nil {
			return err
		}
		options, err := json.Marshal(append([]string{}, next.Options...))
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "UPDATE custom_fields SET name = ?, options = ? WHERE id = ?",
			next.Name, string(options), int64(old.ID)); err != nil {
			return err
		}
		if next.Name != old.Name {
			t.leave(old.Name)
		}
		for _, o := range old.Options {
			if !slices.Contains(next.Options, o) {
				t.leave(o)
			}
		}
		t.publish(data.Event{Kind: data.FieldsChanged})
		return t.auditEdit(ctx, data.AuditField, facts{"done": string(data.DoneChanged), "field": strconv.FormatInt(int64(old.ID), 10)})
	})
}

// kept puts back into next what the actor, who saw old as seen, left as it was.
// A part that they see masked can't be replaced, nor one put in that they would
// see masked: whether such a one is there already tells of its digits.
func (t *tx) kept(old, seen, next data.CustomField) (data.CustomField, error) {
	next.ID, next.Kind = old.ID, old.Kind
	if data.CleanLine(next.Name) == seen.Name {
		next.Name = old.Name
	} else if t.hides(old.Name) || t.hides(next.Name) {
		return next, data.ErrDenied
	}
	if slices.Equal(data.CleanOptions(next.Options), seen.Options) {
		next.Options = old.Options
	} else if slices.ContainsFunc(append(slices.Clone(old.Options), next.Options...), t.hides) {
		return next, data.ErrDenied
	}
	return next, nil
}

// FieldUse tells what removing a custom field would take along. It needs what
// RemoveField needs.
func (s *Store) FieldUse(ctx context.Context, a *Actor, id data.FieldID) (data.FieldUse, error) {
	var use data.FieldUse
	err := s.read(ctx, a, data.OpFieldUse, func(t *tx) error {
		if _, err := t.field(ctx, id); err != nil {
			return err
		}
		var err error
		use, _, err = t.fieldUse(ctx, id)
		return err
	})
	return use, err
}

// fieldUse also answers the ids of the segments.
func (t *tx) fieldUse(ctx context.Context, id data.FieldID) (use data.FieldUse, segments []int64, err error) {
	if err = t.QueryRowContext(ctx, "SELECT count(*) FROM custom_values WHERE field_id = ?", int64(id)).Scan(&use.Customers); err != nil {
		return use, nil, err
	}
	all, err := t.segments(ctx)
	if err != nil {
		return use, nil, err
	}
	for _, g := range all {
		if _, on := g.Filter.On(data.CustomFieldName(id)); on {
			use.Segments = append(use.Segments, t.shown(g.Name))
			segments = append(segments, g.ID)
		}
	}
	_, st, due, err := t.due(ctx, data.Removal{Losing: use.Customers})
	use.OTPDue, use.OTPSetUp = due, len(st.Secret) > 0
	return use, segments, err
}

// RemoveField removes a custom field with all its values, and the segments that
// ask about it, which would mean something else without. It needs
// ManageFieldSchema, DeleteCustomers and ViewAllCustomers, and where
// use.OTPDue the Account Owner's OTP in code: its errors are those of
// EditCustomer. use is what the person was shown; if it isn't so any more,
// nothing is removed and that is data.ErrStalePlan.
func (s *Store) RemoveField(ctx context.Context, a *Actor, id data.FieldID, use data.FieldUse, code string) error {
	change, auth, err := s.agree(ctx, a, code, data.OpRemoveField, struct {
		Field     data.FieldID
		Customers int
		Segments  []string
	}{id, use.Customers, use.Segments})
	if err != nil {
		return err
	}
	return s.write(ctx, a, data.OpRemoveField, func(t *tx) error {
		f, err := t.field(ctx, id)
		if err != nil {
			return err
		}
		now, segments, err := t.fieldUse(ctx, id)
		if err != nil {
			return err
		}
		if now.Customers != use.Customers || !slices.Equal(now.Segments, use.Segments) {
			return data.ErrStalePlan
		}
		if err := t.mayTakeAway(ctx, data.Removal{Losing: now.Customers}, auth); err != nil {
			return err
		}
		if _, err := t.change(ctx); err != nil {
			return err
		}
		t.leave(f.Name)
		t.leave(f.Options...)
		if _, err := t.leaveRows(ctx, "SELECT DISTINCT value FROM custom_values WHERE field_id = ?", int64(id)); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "DELETE FROM custom_values WHERE field_id = ?", int64(id)); err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "DELETE FROM custom_fields WHERE id = ?", int64(id)); err != nil {
			return err
		}
		if err := setGone(ctx, t, goneFields, goneDeleted, []data.FieldID{id}); err != nil {
			return err
		}
		if err := setGone(ctx, t, goneSegments, goneDeleted, segments); err != nil {
			return err
		}
		for _, g := range segments {
			if err := t.deleteSegment(ctx, g); err != nil {
				return err
			}
		}
		approved, err := t.takeAway(ctx, a, data.Removal{Losing: now.Customers}, change, auth)
		if err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.FieldsChanged})
		if len(segments) > 0 {
			t.publish(data.Event{Kind: data.SegmentsChanged})
		}
		t.publish(data.Event{Kind: data.CustomersChanged, Everything: true})
		return t.auditEdit(ctx, data.AuditField, facts{
			"done": string(data.DoneRemoved), "field": strconv.FormatInt(int64(id), 10), "customers": strconv.Itoa(now.Customers),
			"segments": strconv.Itoa(len(segments)), "otp": yes(approved),
		})
	})
}

// renameInSegments makes the segments that ask for a tag ask for its new name.
func (t *tx) renameInSegments(ctx context.Context, old, name string) error {
	all, err := t.segments(ctx)
	if err != nil {
		return err
	}
	changed := false
	for _, g := range all {
		before := g.Filter.Encode()
		for i, c := range g.Filter.Conditions {
			if c.Field != data.FieldTags || !slices.Contains(c.Values, old) {
				continue
			}
			var values []string
			for _, v := range c.Values {
				if v == old {
					v = name
				}
				if !slices.Contains(values, v) {
					values = append(values, v)
				}
			}
			g.Filter.Conditions[i].Values = values
		}
		after := g.Filter.Encode()
		if after == before {
			continue
		}
		changed = true
		t.leave(strings.TrimSpace(old))
		if _, err := t.ExecContext(ctx, "UPDATE segments SET filter = ? WHERE id = ?", after, g.ID); err != nil {
			return err
		}
	}
	if changed {
		t.publish(data.Event{Kind: data.SegmentsChanged})
	}
	return nil
}

package store

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/phone"
)

// NewCustomer is one who is added by hand.
type NewCustomer struct {
	Phone data.Phone
	Edit  data.Edit // its Customer, Version, Phone and RemoveTags are not looked at
}

// AddCustomer adds one customer. It needs EditCustomers, and ViewPhoneNumbers,
// for its answer tells whether a number is there already. Without
// ViewAllCustomers the new one's Agent is the actor, who else could not see
// them. A value that can't be kept is a *data.ValueProblem; nobody has the
// right to a number twice.
func (s *Store) AddCustomer(ctx context.Context, a *Actor, c NewCustomer) (data.CustomerID, error) {
	var id data.CustomerID
	err := s.write(ctx, a, data.OpAddCustomer, func(t *tx) error {
		if c.Phone == 0 {
			return data.ErrPhoneNeeded
		}
		if err := t.phoneFree(ctx, c.Phone, 0); err != nil {
			return err
		}
		version, err := t.change(ctx)
		if err != nil {
			return err
		}
		byOwner := t.rights.IsAccountOwner()
		res, err := t.ExecContext(ctx, `INSERT INTO customers (version, phone, created, by_owner, added_by)
			VALUES (?, ?, ?, ?, ?)`, version, int64(c.Phone), t.now.Unix(), byOwner, int64(t.actor))
		if err != nil {
			return err
		}
		n, err := res.LastInsertId()
		if err != nil {
			return err
		}
		id = data.CustomerID(n)
		e := c.Edit
		e.Customer, e.Version, e.Phone, e.RemoveTags = id, version, 0, nil
		if !t.rights.Can(data.ViewAllCustomers) {
			e.Agent = nil
		}
		if err := t.edit(ctx, &data.Customer{ID: id, Version: version}, e); err != nil {
			return err
		}
		if !t.rights.Can(data.ViewAllCustomers) {
			if _, err := t.ExecContext(ctx, "UPDATE customers SET agent = ? WHERE id = ?", int64(t.actor), n); err != nil {
				return err
			}
		}
		if err := t.arrived(ctx, 1); err != nil {
			return err
		}
		t.publish(data.Event{Kind: data.CustomersChanged, Changed: []data.CustomerID{id}})
		return t.auditEdit(ctx, data.AuditCustomerEdited, facts{"done": string(data.DoneAdded)})
	})
	return id, err
}

// EditCustomer changes one customer by hand. It needs EditCustomers; the Agent
// takes ViewAllCustomers too, the number ViewPhoneNumbers, custom values
// ViewCustomData. A text that the role shows masked can't be replaced.
//
// A customer who is gone or not in the actor's scope is data.ErrNotFound; a
// row that changed since the person saw it is data.ErrConflict; a value that
// can't be kept is a *data.ValueProblem. A changed number counts as a customer
// removed: where that makes the Account Owner's OTP due, code must be one (else
// data.ErrOTPNeeded, data.ErrOTPNotSetUp or the errors of a wrong OTP). It is
// good for exactly this edit.
func (s *Store) EditCustomer(ctx context.Context, a *Actor, e data.Edit, code string) error {
	change, auth, err := s.agree(ctx, a, code, data.OpEditPhone, e)
	if err != nil {
		return err
	}
	return s.write(ctx, a, data.OpEditCustomer, func(t *tx) error {
		old, err := t.oneToEdit(ctx, e.Customer)
		if err != nil {
			return err
		}
		if old.Version != e.Version {
			return data.ErrConflict
		}
		if e.Phone != 0 { // asked first: else it would tell whether a guess is right
			if err := t.may(data.OpEditPhone); err != nil {
				return err
			}
		}
		if e.Phone == old.Phone {
			e.Phone = 0
		}
		if e.Phone != 0 {
			if err := t.phoneFree(ctx, e.Phone, e.Customer); err != nil {
				return err
			}
		}
		if e.Empty() {
			return nil
		}
		version, err := t.change(ctx)
		if err != nil {
			return err
		}
		if _, err := t.ExecContext(ctx, "UPDATE customers SET version = ?, changed_at = ?, changed_by = ? WHERE id = ?",
			version, t.now.Unix(), int64(t.actor), int64(e.Customer)); err != nil {
			return err
		}
		if err := t.edit(ctx, old, e); err != nil {
			return err
		}
		approved := false
		if e.Phone != 0 {
			t.leavePhone(old.Phone)
			if _, err := t.ExecContext(ctx, "UPDATE customers SET phone = ? WHERE id = ?", int64(e.Phone), int64(old.ID)); err != nil {
				return err
			}
			if approved, err = t.takeAway(ctx, a, data.Removal{Phones: 1}, change, auth); err != nil {
				return err
			}
		}
		t.publish(data.Event{Kind: data.CustomersChanged, Changed: []data.CustomerID{e.Customer}})
		return t.auditEdit(ctx, data.AuditCustomerEdited, facts{
			"done": string(data.DoneChanged), "fields": strings.Join(changedFields(e), ","), "otp": yes(approved),
		})
	})
}

// agree seals what is to be done, and makes the Account Owner's word for it of
// an OTP, if there is one. It is spent where one is due, with the change.
func (s *Store) agree(ctx context.Context, a *Actor, code string, op data.Operation, what any) (*Change, *otp.Authorisation, error) {
	if code == "" || a == nil {
		return nil, nil, nil
	}
	exactly, err := json.Marshal(what)
	if err != nil {
		return nil, nil, err
	}
	change := a.newChange(op, exactly)
	auth, err := s.Authorise(ctx, a, change, code)
	return change, auth, err
}

// changedFields names the fields that an edit touches, for the log.
func changedFields(e data.Edit) []string {
	var out []string
	for _, f := range slices.Sorted(maps.Keys(e.Texts)) {
		out = append(out, string(f))
	}
	for f, on := range map[data.Field]bool{
		data.FieldPhone: e.Phone != 0, data.FieldTags: len(e.AddTags)+len(e.RemoveTags) > 0,
		data.FieldAgent: e.Agent != nil, data.FieldBlocked: e.Blocked != nil,
		data.FieldOptOut: e.OptOut != nil, data.FieldFollowUp: e.FollowUp != nil,
	} {
		if on {
			out = append(out, string(f))
		}
	}
	slices.Sort(out)
	return out
}

// oneToEdit reads a customer in the actor's scope, unmasked.
func (t *tx) oneToEdit(ctx context.Context, id data.CustomerID) (*data.Customer, error) {
	c := &data.Customer{}
	err := scanCustomer(t.QueryRowContext(ctx, "SELECT "+customerColumns+" FROM customers c WHERE c.id = ?", int64(id)), c)
	if err != nil {
		return nil, err
	}
	if !t.rights.Can(data.ViewAllCustomers) && c.Agent != t.actor {
		return nil, data.ErrNotFound
	}
	return c, nil
}

// phoneFree answers a *data.ValueProblem if another customer has the number.
func (t *tx) phoneFree(ctx context.Context, p data.Phone, own data.CustomerID) error {
	taken := false
	err := t.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM customers WHERE phone = ? AND id <> ?)",
		int64(p), int64(own)).Scan(&taken)
	if err == nil && taken {
		return &data.ValueProblem{Field: data.FieldPhone, Reason: data.ValuePhoneTaken}
	}
	return err
}

// edit writes all but the number. old is the row before, unmasked.
func (t *tx) edit(ctx context.Context, old *data.Customer, e data.Edit) error {
	for _, f := range slices.Sorted(maps.Keys(e.Texts)) {
		if err := t.editText(ctx, old, f, e.Texts[f]); err != nil {
			return err
		}
	}
	if err := t.editTags(ctx, old.ID, e.AddTags, e.RemoveTags); err != nil {
		return err
	}
	set := func(column string, value any) error {
		_, err := t.ExecContext(ctx, "UPDATE customers SET "+column+" = ? WHERE id = ?", value, int64(old.ID))
		return err
	}
	if e.Agent != nil {
		if err := t.editAgent(ctx, old, *e.Agent, set); err != nil {
			return err
		}
	}
	if e.Blocked != nil {
		if err := set("blocked", *e.Blocked); err != nil {
			return err
		}
	}
	if e.OptOut != nil {
		if err := set("opt_out", *e.OptOut); err != nil {
			return err
		}
	}
	if e.FollowUp != nil {
		return set("follow_up", int64(*e.FollowUp))
	}
	return nil
}

func (t *tx) editText(ctx context.Context, old *data.Customer, f data.Field, text string) error {
	if id, custom := f.CustomID(); custom {
		return t.editCustom(ctx, old.ID, id, text)
	}
	var before string
	switch f {
	case data.FieldName:
		before = old.Name
	case data.FieldWhatsApp:
		before = old.WhatsAppName
	case data.FieldEmail:
		before = old.Email
	case data.FieldCompany:
		before = old.Company
	case data.FieldCity:
		before = old.City
	case data.FieldState:
		before = old.State
	case data.FieldCountry:
		before = old.Country
	case data.FieldSource:
		before = old.Source
	default:
		return &data.ValueProblem{Field: f, Reason: data.ValueNoOption}
	}
	if t.hides(before) {
		return data.ErrDenied
	}
	text = data.CleanLine(text)
	if why := data.CheckText(f, text); why != "" && text != before {
		return &data.ValueProblem{Field: f, Reason: why}
	}
	if text == before {
		return nil
	}
	// The column has the field's name.
	if _, err := t.ExecContext(ctx, "UPDATE customers SET "+string(f)+" = ? WHERE id = ?", text, int64(old.ID)); err != nil {
		return err
	}
	t.leave(before)
	return nil
}

// hides tells whether the role sees the text masked only.
func (t *tx) hides(text string) bool { return !t.rights.SeesPhones() && phone.MaskIn(text) != text }

// editCustom writes a custom value. What isn't changed is kept even where it
// wouldn't fit the field, as an import may have brought it.
func (t *tx) editCustom(ctx context.Context, id data.CustomerID, field data.FieldID, text string) error {
	if err := t.may(data.OpEditCustom); err != nil {
		return err
	}
	f, err := t.field(ctx, field)
	if err != nil {
		return err
	}
	before := ""
	if _, err := t.first(ctx, &before, "SELECT value FROM custom_values WHERE customer_id = ? AND field_id = ?",
		int64(id), int64(field)); err != nil {
		return err
	}
	// Whether it is the value, or an option, would tell of hidden digits.
	if f.Kind != data.FieldDate && (t.hides(before) || f.Kind == data.FieldList && t.hides(text)) {
		return data.ErrDenied
	}
	if text == before {
		return nil
	}
	value, why := f.Canonical(text)
	if why != "" {
		return &data.ValueProblem{Field: data.CustomFieldName(field), Reason: why}
	}
	if value == "" {
		_, err = t.ExecContext(ctx, "DELETE FROM custom_values WHERE customer_id = ? AND field_id = ?", int64(id), int64(field))
	} else {
		_, err = t.ExecContext(ctx, `INSERT INTO custom_values (customer_id, field_id, value) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET value = excluded.value`, int64(id), int64(field), value)
	}
	t.leave(before)
	return err
}

// first reads one value, and tells whether there was a row.
func (t *tx) first(ctx context.Context, into any, query string, args ...any) (bool, error) {
	rows, err := t.QueryContext(ctx, query, args...)
	if err != nil {
		return false, err
	}
	defer rows.Close()
	if !rows.Next() {
		return false, rows.Err()
	}
	return true, rows.Scan(into)
}

// editAgent puts a member in charge. Whoever sees only their own customers
// can't hand them to others.
func (t *tx) editAgent(ctx context.Context, old *data.Customer, agent data.UserID, set func(string, any) error) error {
	if agent == old.Agent && old.AgentPhone == 0 {
		return nil
	}
	if err := t.may(data.OpEditAgent); err != nil {
		return err
	}
	if agent != 0 {
		if _, err := t.user(ctx, agent); errors.Is(err, data.ErrNotFound) {
			return &data.ValueProblem{Field: data.FieldAgent, Reason: data.ValueNoOption}
		} else if err != nil {
			return err
		}
	}
	if err := set("agent", int64(agent)); err != nil {
		return err
	}
	if old.AgentPhone != 0 {
		t.leavePhone(old.AgentPhone)
	}
	return set("agent_phone", 0)
}

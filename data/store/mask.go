package store

import (
	"context"
	"time"

	"lethe/data"
	"lethe/data/phone"
)

// mask hides what rights do not let the person see: phone numbers, also where
// names and values hold their digits, and custom data. A masked row gets its
// PhoneText here; who shows an unmasked one writes its number out.
func mask(r *data.Row, rights data.Rights) {
	if !rights.Can(data.ViewCustomData) {
		r.Custom = nil
	}
	if rights.SeesPhones() {
		return
	}
	own := [...]data.Phone{r.Phone, r.AgentPhone}
	r.PhoneText = phone.Mask(r.Phone)
	r.Phone, r.AgentPhone = 0, 0
	for _, text := range []*string{
		&r.Name, &r.WhatsAppName, &r.Email, &r.Company, &r.City, &r.State, &r.Country, &r.Source,
	} {
		*text = phone.MaskOwn(*text, own[:]...)
	}
	for i := range r.Tags {
		r.Tags[i] = phone.MaskOwn(r.Tags[i], own[:]...)
	}
	for field, v := range r.Custom {
		if _, err := time.Parse(time.DateOnly, v); err != nil {
			r.Custom[field] = phone.MaskOwn(v, own[:]...)
		}
	}
}

// maskHistory hides what rights do not let the person see in a customer's notes
// and interactions; own are the customer's numbers.
func maskHistory(d *Details, rights data.Rights, own ...data.Phone) {
	if rights.SeesPhones() {
		return
	}
	for i := range d.Notes {
		d.Notes[i].Text = phone.MaskOwn(d.Notes[i].Text, own...)
	}
	for i := range d.Interactions {
		d.Interactions[i].Line = phone.MaskOwn(d.Interactions[i].Line, own...)
	}
}

// numbers are those of a customer: their own, and their agent's while that one
// is no member yet.
func (t *tx) numbers(ctx context.Context, id data.CustomerID) (own, agent data.Phone, err error) {
	var a, b int64
	err = t.QueryRowContext(ctx, "SELECT phone, agent_phone FROM customers WHERE id = ?", int64(id)).Scan(&a, &b)
	return data.Phone(a), data.Phone(b), err
}

// maskSegment hides digits of phone numbers in the words of a segment.
func maskSegment(g *data.Segment, rights data.Rights) {
	if rights.SeesPhones() {
		return
	}
	for _, text := range []*string{&g.Name, &g.Description, &g.Filter.Search} {
		*text = phone.MaskIn(*text)
	}
	for _, c := range g.Filter.Conditions {
		for i, v := range c.Values {
			if _, err := time.Parse(time.DateOnly, v); err != nil {
				c.Values[i] = phone.MaskIn(v)
			}
		}
	}
}

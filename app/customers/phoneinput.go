package customers

import (
	"context"
	"slices"
	"strings"

	"lethe/app/form"
	"lethe/data"
	"lethe/data/phone"
)

// phoneInput is the number, for who may see it.
func (f *editForm) phoneInput() *input {
	w := f.page.desk.Words
	entry := form.New(f.page.speak.Name(data.FieldPhone), "")
	in := &input{field: data.FieldPhone, read: func(r *data.Row) string { return r.Phone.String() }}
	region := f.page.desk.Settings().Region
	entry.Check = func(text string) string {
		switch p, err := phone.Parse(text, region); {
		case strings.TrimSpace(text) == "":
			return w.Error(data.ErrPhoneNeeded)
		case err != nil:
			return w.T("customers.edit.no_phone")
		case f.page.taken(p, f.base.Row.ID):
			return w.Problem(data.ValuePhoneTaken)
		}
		return ""
	}
	f.entry(in, entry)
	in.get = func() string {
		p, err := phone.Parse(entry.Text(), region)
		if err != nil {
			return strings.TrimSpace(entry.Text())
		}
		return p.String()
	}
	set := in.set
	in.set = func(text string) {
		if p, ok := data.ParseE164(text); ok {
			text = phone.Format(p)
		}
		set(text)
	}
	in.into = func(e *data.Edit, _ *data.Row) { e.Phone, _ = data.ParseE164(in.get()) }
	return in
}

// taken tells whether somebody else in the list has a number.
func (p *Page) taken(number data.Phone, own data.CustomerID) bool {
	found, err := p.desk.View.Find(context.Background(), data.Filter{Conditions: []data.Condition{
		{Field: data.FieldPhone, Op: data.OpAnyOf, Values: []string{number.String()}},
	}}, byID)
	return err == nil && slices.ContainsFunc(found.IDs, func(id data.CustomerID) bool { return id != own })
}

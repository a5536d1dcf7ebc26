package store

import (
	"slices"
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
	r.PhoneText = phone.Mask(r.Phone)
	r.Phone, r.AgentPhone = 0, 0
	for _, text := range []*string{
		&r.Name, &r.WhatsAppName, &r.Email, &r.Company, &r.City, &r.State, &r.Country, &r.Source,
	} {
		*text = phone.MaskIn(*text)
	}
	for i := range r.Tags {
		r.Tags[i] = phone.MaskIn(r.Tags[i])
	}
	slices.Sort(r.Tags) // their order would tell of what is hidden
	for field, v := range r.Custom {
		if _, err := time.Parse(time.DateOnly, v); err != nil {
			r.Custom[field] = phone.MaskIn(v)
		}
	}
}

// maskField hides digits of phone numbers in a custom field's name, and in the
// options of a List. Options that look the same then are one.
func maskField(f *data.CustomField, rights data.Rights) {
	if rights.SeesPhones() {
		return
	}
	f.Name = phone.MaskIn(f.Name)
	options := make([]string, 0, len(f.Options))
	for _, o := range f.Options {
		if o = phone.MaskIn(o); !slices.Contains(options, o) {
			options = append(options, o)
		}
	}
	f.Options = options
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

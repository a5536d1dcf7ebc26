package store

import (
	"lethe/data"
	"lethe/data/phone"
)

// mask gives r its PhoneText and hides what rights do not let the person see:
// phone numbers, also where names and values hold their digits, and custom
// data.
func mask(r *data.Row, rights data.Rights) {
	if !rights.Can(data.ViewCustomData) {
		r.Custom = nil
	}
	if rights.SeesPhones() {
		r.PhoneText = phone.Format(r.Phone)
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
	for field, v := range r.Custom {
		r.Custom[field] = phone.MaskIn(v)
	}
}

package customers

import (
	"time"

	"lethe/data"
)

// plainText is the value of a field that holds text.
func plainText(c *data.Row, f data.Field) string {
	switch f {
	case data.FieldName:
		return c.Name
	case data.FieldWhatsApp:
		return c.WhatsAppName
	case data.FieldEmail:
		return c.Email
	case data.FieldCompany:
		return c.Company
	case data.FieldCity:
		return c.City
	case data.FieldState:
		return c.State
	case data.FieldCountry:
		return c.Country
	case data.FieldSource:
		return c.Source
	}
	return ""
}

// timeOf is the value of a field that holds a time; false for other fields.
func timeOf(c *data.Row, f data.Field) (time.Time, bool) {
	switch f {
	case data.FieldLastInteraction:
		return c.LastInteraction(), true
	case data.FieldCreated:
		return c.Created, true
	case data.FieldFirstReceived:
		return c.FirstReceived, true
	case data.FieldFirstSent:
		return c.FirstSent, true
	case data.FieldLastSent:
		return c.LastSent, true
	case data.FieldLastReceived:
		return c.LastReceived, true
	case data.FieldLastTemplate:
		return c.LastTemplate, true
	}
	return time.Time{}, false
}

// readISO reads a day as custom fields keep it.
func readISO(text string) (data.Date, bool) {
	t, err := time.Parse(time.DateOnly, text)
	return data.DateOf(t), err == nil
}

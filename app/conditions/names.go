package conditions

import (
	"lethe/data"
	"lethe/data/fold"
)

// Name is what a field is called.
func (s Speaker) Name(f data.Field) string {
	id, custom := f.CustomID()
	if !custom {
		return s.Words.T("conditions.field." + string(f))
	}
	for _, field := range s.Fields {
		if field.ID == id {
			return fold.OneLine(field.Name, shown)
		}
	}
	return s.Words.T("conditions.removed_field")
}

// Value is what a value of a field is called, made safe to show.
func (s Speaker) Value(f data.Field, v string) string {
	switch {
	case f == data.FieldActivity:
		return s.Words.T("conditions.activity." + v)
	case f == data.FieldBlocked:
		return s.Words.T("conditions.blocked." + v)
	case f == data.FieldOptOut:
		return s.Words.T("conditions.opt_out." + v)
	case v == "":
		return s.Words.T("conditions.none")
	}
	return fold.OneLine(v, shown)
}

// Columns lists the built-in fields in the order in which they are offered.
func Columns() []data.Field {
	return []data.Field{
		data.FieldName, data.FieldPhone, data.FieldTags, data.FieldCity, data.FieldLastInteraction,
		data.FieldCreated, data.FieldWhatsApp, data.FieldEmail, data.FieldCompany, data.FieldState,
		data.FieldCountry, data.FieldSource, data.FieldAgent, data.FieldActivity, data.FieldBlocked,
		data.FieldOptOut, data.FieldFollowUp, data.FieldFirstReceived, data.FieldFirstSent,
		data.FieldLastSent, data.FieldLastReceived, data.FieldLastTemplate,
	}
}

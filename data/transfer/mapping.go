package transfer

import (
	"fmt"

	"lethe/data"
)

// Use is what becomes of a column.
type Use int

// What a column can become.
const (
	Ignore   Use = iota // not read
	ToField             // a field of the customer
	ToCustom            // a custom field under the column's heading
	ToNote              // a note about the customer
)

// Column says what one column of the file becomes.
type Column struct {
	Heading string // as Table.Headings has it; not to be changed
	Use     Use
	Field   data.Field // with ToField; one of Fields
	// Kind and Options are those of the custom field, with ToCustom; the zero
	// kind is Text. What it can't hold goes into the note.
	Kind    data.FieldKind
	Options []string
	// Unsure tells that heading and contents don't agree, or that only one of
	// them speaks for it: a person should look.
	Unsure bool
}

// Mapping says what the columns of a file become, one Column for each. Several
// columns may go to the name (a display name counts before given and family
// name) and to the phone number (mobile numbers first, then in the order of
// the file; the first that can be used wins, the others go into Record.Note).
type Mapping []Column

// Fields lists what a column can be mapped to, in the order to show them.
// data.FieldAgent stands for the agent's phone number.
func Fields() []data.Field {
	return []data.Field{
		data.FieldName, data.FieldPhone, data.FieldWhatsApp, data.FieldEmail, data.FieldCompany,
		data.FieldCity, data.FieldState, data.FieldCountry, data.FieldTags, data.FieldSource, data.FieldAgent,
		data.FieldBlocked, data.FieldOptOut, data.FieldCreated, data.FieldFirstReceived, data.FieldFirstSent,
		data.FieldLastSent, data.FieldLastReceived, data.FieldLastTemplate, data.FieldFollowUp,
	}
}

// several tells whether more than one column may go to the field.
func several(f data.Field) bool {
	return f == data.FieldName || f == data.FieldPhone
}

// Check tells whether the mapping can be read for t: ErrMapping, or ErrNoPhone
// if no column goes to the phone number.
func (m Mapping) Check(t *Table) error {
	if len(m) != len(t.headings) {
		return fmt.Errorf("%w: %d columns for %d", ErrMapping, len(m), len(t.headings))
	}
	known := map[data.Field]int{}
	for _, f := range Fields() {
		known[f] = 1
	}
	phones := 0
	for _, c := range m {
		if c.Use != ToField {
			continue
		}
		left, ok := known[c.Field]
		switch {
		case !ok:
			return fmt.Errorf("%w: field %q", ErrMapping, c.Field)
		case left == 0 && !several(c.Field):
			return fmt.Errorf("%w: two columns for %q", ErrMapping, c.Field)
		}
		known[c.Field] = 0
		if c.Field == data.FieldPhone {
			phones++
		}
	}
	if phones == 0 {
		return ErrNoPhone
	}
	return nil
}

// CustomFields lists the headings of the columns that become custom fields.
func (m Mapping) CustomFields() []string {
	var out []string
	for _, c := range m {
		if c.Use == ToCustom {
			out = append(out, c.Heading)
		}
	}
	return out
}

// Sure tells whether no column is in doubt.
func (m Mapping) Sure() bool {
	for _, c := range m {
		if c.Unsure {
			return false
		}
	}
	return true
}

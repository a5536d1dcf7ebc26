package transfer

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"lethe/data"
)

// Writer writes customers into a file, row by row. Close ends it; the file is
// whole only after that.
type Writer interface {
	Write(row *data.Row) error
	Close() error
}

// ErrTooManyRows is the error of a sheet that would hold more than MaxSheetRows.
var ErrTooManyRows = errors.New("more customers than a workbook holds")

// MaxSheetRows is how many customers a sheet holds, under its headings.
const MaxSheetRows = 1<<20 - 1

// NewWriter begins a file of the format. temp is a folder of the file's own,
// for what doesn't fit into memory. fields are the columns, in their order;
// custom names the custom ones.
func NewWriter(w io.Writer, format data.ExportFormat, temp string, fields []data.Field, custom []data.CustomField) (Writer, error) {
	columns := exportColumns(fields, custom)
	if format == data.ExportWorkbook {
		return newBookWriter(w, temp, columns)
	}
	return newTextWriter(w, format == data.ExportCSV, columns)
}

// ExportFields lists every field that an export can hold, in the order of
// DoubleTick's export, with what it lacks after that; custom ones at the end.
func ExportFields(custom []data.CustomField) []data.Field {
	out := []data.Field{
		data.FieldName, data.FieldPhone, data.FieldTags, data.FieldAgent, data.FieldCreated, data.FieldSource,
		data.FieldBlocked, data.FieldLastTemplate, data.FieldFirstReceived, data.FieldFirstSent, data.FieldWhatsApp,
		data.FieldOptOut, data.FieldLastSent, data.FieldLastReceived, data.FieldFollowUp,
		data.FieldEmail, data.FieldCompany, data.FieldCity, data.FieldState, data.FieldCountry,
	}
	for _, f := range custom {
		out = append(out, data.CustomFieldName(f.ID))
	}
	return out
}

// exportColumn is one column of an export.
type exportColumn struct {
	field   data.Field
	heading string
	custom  *data.CustomField
}

// exportHeadings are DoubleTick's, where it has one, so that the file maps by
// itself there and here.
var exportHeadings = map[data.Field]string{
	data.FieldName: "Name", data.FieldPhone: "Phone number", data.FieldTags: "Tags", data.FieldAgent: "Agent Phone Number",
	data.FieldCreated: "Customer Date Created", data.FieldSource: "Source", data.FieldBlocked: "Customer blocked status",
	data.FieldLastTemplate: "Last template sent at", data.FieldFirstReceived: "First message received at",
	data.FieldFirstSent: "First message sent at", data.FieldWhatsApp: "Whatsapp Name", data.FieldOptOut: "Opt out",
	data.FieldLastSent: "Last message sent at", data.FieldLastReceived: "Last message received at",
	data.FieldFollowUp: "Follow Up Date", data.FieldEmail: "Email", data.FieldCompany: "Company Name",
	data.FieldCity: "City", data.FieldState: "State", data.FieldCountry: "Country",
	data.FieldLastInteraction: "Last interaction",
}

// exportColumns leaves out what no file holds: the activity status, which
// changes by itself, and fields that are gone.
func exportColumns(fields []data.Field, custom []data.CustomField) []exportColumn {
	var out []exportColumn
	for _, f := range fields {
		c := exportColumn{field: f, heading: exportHeadings[f]}
		if id, ok := f.CustomID(); ok {
			if i := slices.IndexFunc(custom, func(f data.CustomField) bool { return f.ID == id }); i >= 0 {
				c.custom, c.heading = &custom[i], guard(custom[i].Name)
			}
		}
		if c.heading != "" {
			out = append(out, c)
		}
	}
	return out
}

// text is the value of a row in the column. Texts are guarded; what is no text
// of somebody's can't be a formula.
func (c exportColumn) text(r *data.Row) string {
	if t, ok := c.time(r); ok {
		if t.IsZero() {
			return ""
		}
		return t.UTC().Format(time.DateTime)
	}
	switch c.field {
	case data.FieldPhone:
		if r.Phone != 0 {
			return r.Phone.String()
		}
		return r.PhoneText // masked
	case data.FieldAgent:
		return r.AgentPhone.String()
	case data.FieldBlocked:
		if r.Blocked {
			return "Blocked"
		}
		return "Unblocked"
	case data.FieldOptOut:
		if r.OptOut {
			return "Yes"
		}
		return "No"
	case data.FieldFollowUp:
		if r.FollowUp == 0 {
			return ""
		}
		return r.FollowUp.Time(time.UTC).Format(time.DateOnly)
	}
	text := c.words(r)
	if c.custom != nil && c.custom.Kind == data.FieldNumber && isNumber(text) {
		return text // a negative one is no formula
	}
	return guard(text)
}

// isNumber tells a number as a custom field keeps it.
func isNumber(text string) bool {
	n, err := strconv.ParseFloat(text, 64)
	return err == nil && strconv.FormatFloat(n, 'f', -1, 64) == text
}

func (c exportColumn) words(r *data.Row) string {
	switch c.field {
	case data.FieldName:
		return r.Name
	case data.FieldWhatsApp:
		return r.WhatsAppName
	case data.FieldEmail:
		return r.Email
	case data.FieldCompany:
		return r.Company
	case data.FieldCity:
		return r.City
	case data.FieldState:
		return r.State
	case data.FieldCountry:
		return r.Country
	case data.FieldSource:
		return r.Source
	case data.FieldTags:
		return joinTags(r.Tags)
	}
	if c.custom != nil {
		return r.Custom[c.custom.ID]
	}
	return ""
}

// time is the moment that the column holds; false for other columns.
func (c exportColumn) time(r *data.Row) (time.Time, bool) {
	switch c.field {
	case data.FieldCreated:
		return r.Created, true
	case data.FieldFirstReceived:
		return r.FirstReceived, true
	case data.FieldFirstSent:
		return r.FirstSent, true
	case data.FieldLastSent:
		return r.LastSent, true
	case data.FieldLastReceived:
		return r.LastReceived, true
	case data.FieldLastTemplate:
		return r.LastTemplate, true
	case data.FieldLastInteraction:
		return r.LastInteraction(), true
	}
	return time.Time{}, false
}

func headingsLine(columns []exportColumn) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = strings.ReplaceAll(c.heading, "\n", " ")
	}
	return out
}

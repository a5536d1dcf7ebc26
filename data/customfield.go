package data

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// How many custom fields there can be, and how many options a List has.
const (
	MaxFields    = 100
	MaxFieldName = 60 // characters
	MaxOptions   = 200
)

// Canonical is a typed or imported value as the field keeps it: Number as Go
// writes a float with the fewest digits, Date as 2006-01-02, List as the option
// is written, Text cleaned. "" is no value and always fits. A number may have
// blanks, and commas as in 1,234.5 or 12,34,567. A List takes an option
// whatever its case. Where the text doesn't fit, the reason says why.
func (f CustomField) Canonical(text string) (string, ValueReason) {
	text = CleanLine(text)
	if text == "" {
		return "", ""
	}
	if tooLong(text, MaxLine) {
		return "", ValueTooLong
	}
	switch f.Kind {
	case FieldNumber:
		n, ok := ParseNumber(text)
		if !ok {
			return "", ValueNoNumber
		}
		return FormatNumber(n), ""
	case FieldDate:
		if t, err := time.Parse(time.DateOnly, text); err != nil || t.Year() < 1 {
			return "", ValueNoDate
		}
	case FieldList:
		for _, o := range f.Options {
			if strings.EqualFold(o, text) {
				return o, ""
			}
		}
		return "", ValueNoOption
	}
	return text, ""
}

// ParseNumber reads a number as people type it: "1,234.5", "12,34,567", "-3".
func ParseNumber(text string) (float64, bool) {
	text = strings.NewReplacer(",", "", " ", "", "\u00a0", "", "\u202f", "").Replace(text)
	if strings.ContainsAny(text, "xXpP_nN") { // hexadecimal, Inf and NaN are none
		return 0, false
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil && !math.IsInf(n, 0) && !math.IsNaN(n)
}

// FormatNumber writes a number as custom fields keep it.
func FormatNumber(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// CheckField tells why a field can't be made or changed to this, "" if it can:
// a name within MaxFieldName, a known kind, and options for a List.
func (f CustomField) CheckField() ValueReason {
	switch f.Kind {
	case FieldText, FieldNumber, FieldDate, FieldList:
	default:
		return ValueNoOption
	}
	switch name := CleanLine(f.Name); {
	case name == "":
		return ValueEmpty
	case tooLong(name, MaxFieldName):
		return ValueTooLong
	}
	if f.Kind != FieldList {
		return ""
	}
	switch options := CleanOptions(f.Options); {
	case len(options) == 0:
		return ValueNoOption
	case len(options) > MaxOptions:
		return ValueTooMany
	}
	return ""
}

// CleanOptions are the options of a List without empty ones and doubles, in
// their order.
func CleanOptions(options []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, o := range options {
		o = CleanLine(o)
		if key := strings.ToLower(o); o != "" && !seen[key] {
			seen[key] = true
			out = append(out, o)
		}
	}
	return out
}

// FieldUse tells what removing a custom field takes along.
type FieldUse struct {
	Customers int      // who lose a value
	Segments  []string // names of those that ask about the field and go with it
	OTPDue    bool
	OTPSetUp  bool
}

// TagUse is a tag with how many customers have it.
type TagUse struct {
	ID        int64
	Name      string
	Customers int
}

package data

import (
	"strings"
	"unicode"
)

// How long what is typed may be, in characters. Longer values that a file
// brought stay as they are until somebody changes them.
const (
	MaxLine = 500    // a field of one line
	MaxNote = 10_000 // a note
	MaxTag  = 60
	MaxTags = 100 // of one customer
)

// Edit is a change of one customer by hand. What it doesn't name stays as it
// is, so that who sees a part of a customer can't overwrite the rest.
type Edit struct {
	Customer CustomerID
	Version  int64 // of the row that the person saw
	// Texts are new values of text and choice fields, and of custom fields in
	// their canonical form; "" takes the value away.
	Texts      map[Field]string
	Phone      Phone // 0: as it was
	AddTags    []string
	RemoveTags []string
	Agent      *UserID // 0: nobody
	Blocked    *bool
	OptOut     *bool
	FollowUp   *Date
}

// Empty tells whether the edit changes nothing.
func (e Edit) Empty() bool {
	return len(e.Texts) == 0 && e.Phone == 0 && len(e.AddTags) == 0 && len(e.RemoveTags) == 0 &&
		e.Agent == nil && e.Blocked == nil && e.OptOut == nil && e.FollowUp == nil
}

// EditableTexts are the built-in fields that Edit.Texts may name.
func EditableTexts() []Field {
	return []Field{
		FieldName, FieldWhatsApp, FieldEmail, FieldCompany,
		FieldCity, FieldState, FieldCountry, FieldSource,
	}
}

// ValueReason says why a value can't be kept.
type ValueReason string

// The reasons.
const (
	ValueTooLong    ValueReason = "too_long"
	ValueNoMail     ValueReason = "no_mail"
	ValueNoNumber   ValueReason = "no_number"
	ValueNoDate     ValueReason = "no_date"
	ValueNoOption   ValueReason = "no_option"
	ValueEmpty      ValueReason = "empty"
	ValueTooMany    ValueReason = "too_many"
	ValuePhoneTaken ValueReason = "phone_taken"
	ValueNameTaken  ValueReason = "name_taken"
)

// ValueProblem is the error of a value that can't be kept. Its text holds
// nothing of the value.
type ValueProblem struct {
	Field  Field
	Reason ValueReason
}

// Error names field and reason.
func (p *ValueProblem) Error() string {
	return "value of " + string(p.Field) + ": " + string(p.Reason)
}

// CleanLine makes a typed value fit to be kept: one line of valid UTF-8,
// trimmed, without control characters.
func CleanLine(text string) string { return clean(text, false) }

// CleanNote does so for a text of several lines.
func CleanNote(text string) string { return clean(text, true) }

func clean(text string, lines bool) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case unicode.IsControl(r) || r == '\uFEFF':
			return -1
		}
		return r
	}, text))
}

// CheckText tells why a cleaned text can't be the value of a built-in field,
// "" if it can. An e-mail address needs something before and behind one @; no
// closer look is taken, for only sending tells whether an address is one.
func CheckText(f Field, text string) ValueReason {
	if tooLong(text, MaxLine) {
		return ValueTooLong
	}
	if f != FieldEmail || text == "" {
		return ""
	}
	name, host, ok := strings.Cut(text, "@")
	if !ok || name == "" || host == "" || strings.ContainsAny(host, "@") || strings.ContainsAny(text, " ,;<>") ||
		strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") {
		return ValueNoMail
	}
	return ""
}

// CheckTag tells why a cleaned text can't be a tag, "" if it can.
func CheckTag(text string) ValueReason {
	switch {
	case text == "":
		return ValueEmpty
	case tooLong(text, MaxTag):
		return ValueTooLong
	}
	return ""
}

func tooLong(text string, most int) bool {
	n := 0
	for range text {
		if n++; n > most {
			return true
		}
	}
	return false
}

package data

import (
	"strconv"
	"strings"
	"time"
)

// CustomerID identifies a customer. Ids grow and are never used again, so one
// in the audit log can't come to mean somebody else.
type CustomerID int64

// Phone is a number in E.164 (ITU-T E.164, at most 15 digits) without its
// plus sign, held as an integer: +91 82999 95902 is 918299995902. Zero means
// that there is none.
type Phone uint64

// String returns the number with its plus sign, or "" for none.
func (p Phone) String() string {
	if p == 0 {
		return ""
	}
	return "+" + strconv.FormatUint(uint64(p), 10)
}

// ParseE164 reads "+918299995902" or the same digits without the plus sign.
// It answers false for anything else: no blanks, 7 to 15 digits, no zero at
// the front. Numbers as people write them go through package phone.
func ParseE164(s string) (Phone, bool) {
	s = strings.TrimPrefix(s, "+")
	if len(s) < 7 || len(s) > 15 || s[0] == '0' {
		return 0, false
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0, false
	}
	return Phone(n), true
}

// Date is a calendar day as days since 1970-01-01, without a zone. Zero means
// not set.
type Date int32

// DateOf returns the calendar day on which t falls in its own location.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return 0
	}
	y, m, d := t.Date()
	return Date(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Time returns the first instant of the day in loc, or the zero time.
func (d Date) Time(loc *time.Location) time.Time {
	if d == 0 {
		return time.Time{}
	}
	u := time.Unix(int64(d)*86400, 0).UTC()
	return time.Date(u.Year(), u.Month(), u.Day(), 0, 0, 0, 0, loc)
}

// Customer is one row of the list with its tags and custom values. Times are
// in UTC with second precision; the zero time means never. Version changes
// with every change of the row.
type Customer struct {
	ID      CustomerID
	Version int64

	Name         string
	Phone        Phone
	WhatsAppName string
	Email        string
	Company      string
	City         string
	State        string
	Country      string
	Source       string
	Tags         []string // sorted, without doubles

	// Agent is the team member in charge; AgentPhone keeps the number of one
	// who is not a member yet, until somebody with it is added.
	Agent      UserID
	AgentPhone Phone

	Blocked bool
	OptOut  bool

	Created       time.Time
	FirstReceived time.Time
	FirstSent     time.Time
	LastSent      time.Time
	LastReceived  time.Time
	LastTemplate  time.Time
	LastLogged    time.Time // latest interaction logged by hand
	FollowUp      Date

	Custom map[FieldID]string // canonical text by kind, see CustomField
}

// LastInteraction is the latest of the five message and template times and of
// the interactions logged by hand; the zero time if there was none.
func (c *Customer) LastInteraction() time.Time {
	var last time.Time
	for _, t := range [...]time.Time{
		c.FirstReceived, c.FirstSent, c.LastSent,
		c.LastReceived, c.LastTemplate, c.LastLogged,
	} {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// Title is what a person calls the customer: the name, else the WhatsApp
// name, else the phone number.
func (c *Customer) Title() string {
	switch {
	case strings.TrimSpace(c.Name) != "":
		return c.Name
	case strings.TrimSpace(c.WhatsAppName) != "":
		return c.WhatsAppName
	}
	return c.Phone.String()
}

// Note is a text about a customer.
type Note struct {
	ID       int64
	Customer CustomerID
	Text     string
	Created  time.Time
	Author   UserID
}

// InteractionKind tells how a customer was met.
type InteractionKind string

// The kinds of interaction that can be logged by hand.
const (
	InteractionCall    InteractionKind = "call"
	InteractionMessage InteractionKind = "message"
	InteractionVisit   InteractionKind = "visit"
	InteractionOther   InteractionKind = "other"
)

// Interaction is a contact with a customer, logged by hand.
type Interaction struct {
	ID       int64
	Customer CustomerID
	Kind     InteractionKind
	At       time.Time
	Line     string
	Author   UserID
}

// FieldID identifies a custom field.
type FieldID int64

// FieldKind is the kind of a custom field's values.
type FieldKind string

// The kinds of custom field. Values are kept as canonical text: Number as Go
// writes a float with the fewest digits, Date as 2006-01-02, List as one of
// the field's options.
const (
	FieldText   FieldKind = "text"
	FieldNumber FieldKind = "number"
	FieldDate   FieldKind = "date"
	FieldList   FieldKind = "list"
)

// CustomField is a field that the business added to its customers.
type CustomField struct {
	ID      FieldID
	Name    string
	Kind    FieldKind
	Options []string // of a List
}

// Row is a customer as one person may see it. Where the role hides phone
// numbers, Phone is zero, PhoneText is masked and digits within names and
// custom values are hidden too; else PhoneText is the number as people read
// it, or "" in a stream of many, whose reader writes it out when it is shown.
// Custom is nil where the role hides custom data.
type Row struct {
	Customer
	PhoneText string
}

// Title is that of Customer; where the role hides the number that would be it,
// the masked one.
func (r *Row) Title() string {
	if t := r.Customer.Title(); t != "" {
		return t
	}
	return r.PhoneText
}

package data

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Field names what a condition or a column looks at. A custom field is named
// by CustomFieldName.
type Field string

// The fields of a customer that conditions, columns and imports name.
const (
	FieldName            Field = "name"
	FieldPhone           Field = "phone"
	FieldWhatsApp        Field = "whatsapp"
	FieldEmail           Field = "email"
	FieldCompany         Field = "company"
	FieldCity            Field = "city"
	FieldState           Field = "state"
	FieldCountry         Field = "country"
	FieldTags            Field = "tags"
	FieldSource          Field = "source"
	FieldAgent           Field = "agent"
	FieldBlocked         Field = "blocked"
	FieldOptOut          Field = "opt_out"
	FieldActivity        Field = "activity"
	FieldLastInteraction Field = "last_interaction"
	FieldCreated         Field = "created"
	FieldFirstReceived   Field = "first_received"
	FieldFirstSent       Field = "first_sent"
	FieldLastSent        Field = "last_sent"
	FieldLastReceived    Field = "last_received"
	FieldLastTemplate    Field = "last_template"
	FieldFollowUp        Field = "follow_up"
)

const customPrefix = "custom:"

// CustomFieldName is the Field of a custom field.
func CustomFieldName(id FieldID) Field {
	return Field(customPrefix + strconv.FormatInt(int64(id), 10))
}

// CustomID tells which custom field f names, and false if it names none.
func (f Field) CustomID() (FieldID, bool) {
	rest, ok := strings.CutPrefix(string(f), customPrefix)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(rest, 10, 64)
	return FieldID(n), err == nil && n > 0
}

// Op is how a condition compares.
type Op string

// The operators. Which field takes which is told by OpsFor.
const (
	OpAnyOf       Op = "any_of"      // one of Values; the value "" means not set
	OpAllOf       Op = "all_of"      // all of Values (tags)
	OpContains    Op = "contains"    // Values[0] within the text, folded
	OpIsSet       Op = "is_set"      // has a value
	OpIsNotSet    Op = "is_not_set"  // has none
	OpBefore      Op = "before"      // before the first instant of From
	OpAfter       Op = "after"       // after the last instant of From
	OpBetween     Op = "between"     // From to To, both days within
	OpMoreThanAgo Op = "more_than"   // more than Days times 24 hours before now
	OpWithinDays  Op = "within_days" // within Days times 24 hours before now, or later
	OpAtLeast     Op = "at_least"    // a number, not less than Values[0]
	OpAtMost      Op = "at_most"     // a number, not more than Values[0]
	OpInRange     Op = "in_range"    // a number, from Values[0] to Values[1], both within
)

// Condition is one narrowing of the list. OrNever takes in those with no value
// where the operator compares times ("… or never contacted"). Days are
// relative to the moment of asking, so a segment stays relative.
type Condition struct {
	Field   Field    `json:"field"`
	Op      Op       `json:"op"`
	Values  []string `json:"values,omitempty"`
	From    Date     `json:"from,omitempty"`
	To      Date     `json:"to,omitempty"`
	Days    int      `json:"days,omitempty"`
	OrNever bool     `json:"or_never,omitempty"`
}

// Filter is what narrows the list: all conditions and the search must hold.
// The zero Filter matches everybody.
type Filter struct {
	Search     string      `json:"search,omitempty"`
	Conditions []Condition `json:"conditions,omitempty"`
}

// Empty tells whether the filter matches everybody.
func (f Filter) Empty() bool {
	return strings.TrimSpace(f.Search) == "" && len(f.Conditions) == 0
}

// Clone returns a copy that shares nothing with f.
func (f Filter) Clone() Filter {
	out := Filter{Search: f.Search}
	for _, c := range f.Conditions {
		c.Values = append([]string(nil), c.Values...)
		out.Conditions = append(out.Conditions, c)
	}
	return out
}

// With returns f with c in place of the condition on the same field, or added.
func (f Filter) With(c Condition) Filter {
	out := f.Without(c.Field)
	out.Conditions = append(out.Conditions, c)
	return out
}

// Without returns f without its condition on field.
func (f Filter) Without(field Field) Filter {
	out := f.Clone()
	kept := out.Conditions[:0]
	for _, c := range out.Conditions {
		if c.Field != field {
			kept = append(kept, c)
		}
	}
	out.Conditions = kept
	return out
}

// On returns the condition on field, and false if there is none.
func (f Filter) On(field Field) (Condition, bool) {
	for _, c := range f.Conditions {
		if c.Field == field {
			return c, true
		}
	}
	return Condition{}, false
}

// KindSearch stands among the kinds of a filter for what was searched for.
const KindSearch = "search"

// Kinds lists the fields that the filter looks at, "search" among them, without
// any of its values: this much may stand in the audit log.
func (f Filter) Kinds() []string {
	var out []string
	if strings.TrimSpace(f.Search) != "" {
		out = append(out, KindSearch)
	}
	for _, c := range f.Conditions {
		out = append(out, string(c.Field))
	}
	return out
}

// Fields lists the fields that the filter looks at.
func (f Filter) Fields() []Field {
	var out []Field
	for _, c := range f.Conditions {
		out = append(out, c.Field)
	}
	return out
}

// Encode writes the filter as JSON, as segments keep it.
func (f Filter) Encode() string {
	b, err := json.Marshal(f)
	if err != nil {
		return "{}"
	}
	return string(b)
}

// DecodeFilter reads what Encode wrote and checks it.
func DecodeFilter(s string) (Filter, error) {
	var f Filter
	if err := json.Unmarshal([]byte(s), &f); err != nil {
		return Filter{}, fmt.Errorf("%w: %w", ErrBadFilter, err)
	}
	return f, f.Check()
}

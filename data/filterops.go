package data

import "fmt"

// ValueKind is what a field's values are, which decides the operators.
type ValueKind int

// The kinds of value that a field can have.
const (
	TextValue ValueKind = iota
	ChoiceValue
	TagsValue
	FlagValue
	TimeValue
	DateValue
	ActivityValue
	NumberValue
)

// KindOf tells what kind of value a built-in field has. That of a custom field
// is told by CustomField.ValueKind.
func KindOf(f Field) ValueKind {
	switch f {
	case FieldCity, FieldState, FieldCountry, FieldSource, FieldAgent:
		return ChoiceValue
	case FieldTags:
		return TagsValue
	case FieldBlocked, FieldOptOut:
		return FlagValue
	case FieldActivity:
		return ActivityValue
	case FieldLastInteraction, FieldCreated, FieldFirstReceived, FieldFirstSent,
		FieldLastSent, FieldLastReceived, FieldLastTemplate:
		return TimeValue
	case FieldFollowUp:
		return DateValue
	}
	return TextValue
}

// ValueKind tells what kind of value the field has.
func (f CustomField) ValueKind() ValueKind {
	switch f.Kind {
	case FieldNumber:
		return NumberValue
	case FieldDate:
		return DateValue
	case FieldList:
		return ChoiceValue
	}
	return TextValue
}

// OpsFor lists the operators that a kind of value takes, the usual one first.
func OpsFor(k ValueKind) []Op {
	switch k {
	case ChoiceValue:
		return []Op{OpAnyOf, OpContains, OpIsSet, OpIsNotSet}
	case TagsValue:
		return []Op{OpAnyOf, OpAllOf, OpIsSet, OpIsNotSet}
	case FlagValue, ActivityValue:
		return []Op{OpAnyOf}
	case TimeValue, DateValue:
		return []Op{OpMoreThanAgo, OpWithinDays, OpBefore, OpAfter, OpBetween, OpIsSet, OpIsNotSet}
	}
	if k == NumberValue {
		return []Op{OpAtLeast, OpAtMost, OpInRange, OpAnyOf, OpIsSet, OpIsNotSet}
	}
	return []Op{OpContains, OpAnyOf, OpIsSet, OpIsNotSet}
}

// MaxDays bounds "more than N days ago": a hundred years.
const MaxDays = 36525

// Check refuses a filter that can't be answered: an unknown operator, one
// without its values, days out of range. The error wraps ErrBadFilter.
func (f Filter) Check() error {
	for i, c := range f.Conditions {
		if err := c.check(); err != nil {
			return fmt.Errorf("%w: condition %d: %w", ErrBadFilter, i+1, err)
		}
	}
	return nil
}

func (c Condition) check() error {
	if _, custom := c.Field.CustomID(); !custom {
		if !opFits(KindOf(c.Field), c.Op) {
			return fmt.Errorf("%q does not fit %q", c.Op, c.Field)
		}
	}
	switch c.Op {
	case OpAnyOf, OpAllOf:
		if len(c.Values) == 0 {
			return fmt.Errorf("%q without values", c.Op)
		}
	case OpContains:
		if len(c.Values) != 1 || c.Values[0] == "" {
			return fmt.Errorf("%q takes one value", c.Op)
		}
	case OpBefore, OpAfter:
		if c.From == 0 {
			return fmt.Errorf("%q without a day", c.Op)
		}
	case OpBetween:
		if c.From == 0 || c.To == 0 || c.To < c.From {
			return fmt.Errorf("%q without two days in order", c.Op)
		}
	case OpMoreThanAgo, OpWithinDays:
		if c.Days < 0 || c.Days > MaxDays {
			return fmt.Errorf("%q takes 0 to %d days", c.Op, MaxDays)
		}
	case OpAtLeast, OpAtMost, OpInRange:
		return c.checkNumbers()
	case OpIsSet, OpIsNotSet:
	default:
		return fmt.Errorf("unknown operator %q", c.Op)
	}
	return nil
}

func (c Condition) checkNumbers() error {
	want := 1
	if c.Op == OpInRange {
		want = 2
	}
	if len(c.Values) != want {
		return fmt.Errorf("%q takes %d numbers", c.Op, want)
	}
	var n [2]float64
	for i, v := range c.Values {
		var ok bool
		if n[i], ok = ParseNumber(v); !ok {
			return fmt.Errorf("%q takes numbers", c.Op)
		}
	}
	if c.Op == OpInRange && n[1] < n[0] {
		return fmt.Errorf("%q without two numbers in order", c.Op)
	}
	return nil
}

func opFits(k ValueKind, op Op) bool {
	for _, o := range OpsFor(k) {
		if o == op {
			return true
		}
	}
	return false
}

// Values of FlagValue conditions.
const (
	FlagYes = "yes"
	FlagNo  = "no"
)

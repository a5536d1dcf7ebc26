package data

// Segment is a named filter. Edited and Editor tell of the latest change of its
// name, description or filter by hand.
type Segment struct {
	ID          int64
	Name        string
	Description string
	Filter      Filter
	Created     int64 // Unix seconds
	Author      UserID
	Edited      int64 // Unix seconds; 0 if never
	Editor      UserID
}

// FirstSegment is one of the segments that are there from the start.
type FirstSegment string

// The segments of a new list.
const (
	SegmentInactiveYear   FirstSegment = "inactive_year"
	SegmentNeverContacted FirstSegment = "never_contacted"
	SegmentOptedOut       FirstSegment = "opted_out"
	SegmentBlocked        FirstSegment = "blocked"
)

// yearDays is how many days of no interaction make Inactive for a year.
const yearDays = 365

// FirstSegments are the segments of a new list, in their order, named by name.
// Their days are relative: each asks about the moment at which it is opened.
func FirstSegments(name func(FirstSegment) string) []Segment {
	var out []Segment
	for _, s := range []struct {
		key FirstSegment
		c   Condition
	}{
		{SegmentInactiveYear, Condition{Field: FieldLastInteraction, Op: OpMoreThanAgo, Days: yearDays}},
		{SegmentNeverContacted, Condition{Field: FieldLastInteraction, Op: OpIsNotSet}},
		{SegmentOptedOut, Condition{Field: FieldOptOut, Op: OpAnyOf, Values: []string{FlagYes}}},
		{SegmentBlocked, Condition{Field: FieldBlocked, Op: OpAnyOf, Values: []string{FlagYes}}},
	} {
		out = append(out, Segment{Name: name(s.key), Filter: Filter{Conditions: []Condition{s.c}}})
	}
	return out
}

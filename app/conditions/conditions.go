// Package conditions says in words what a filter asks for: on chips, in
// dialogs and beside segments.
package conditions

import (
	"strings"

	"lethe/app/words"
	"lethe/data"
	"lethe/data/fold"
)

// Search is the Field of the chip that stands for the filter's search.
const Search data.Field = "search"

// shown is how many characters of a value from outside are said, and how many
// values of one condition.
const (
	shown  = 60
	listed = 5
)

// Chip is one condition in words.
type Chip struct {
	Field data.Field // Search for the search
	Text  string
}

// Speaker says filters. ActiveDays is the active window, so that the words
// for "Inactive" can say what it means; Fields name the custom fields.
type Speaker struct {
	Words      *words.Words
	Fields     []data.CustomField
	ActiveDays int
}

// Chips says each condition of f, the search last. Values are made safe to
// show and cut.
func (s Speaker) Chips(f data.Filter) []Chip {
	var out []Chip
	for _, c := range f.Conditions {
		out = append(out, Chip{c.Field, s.say(c)})
	}
	if text := fold.OneLine(f.Search, shown); strings.TrimSpace(text) != "" {
		out = append(out, Chip{Search, s.Words.T("conditions.search", "Text", text)})
	}
	return out
}

// Joined says the whole filter in one line, "" for the empty one.
func (s Speaker) Joined(f data.Filter) string {
	var out []string
	for _, c := range s.Chips(f) {
		out = append(out, c.Text)
	}
	return strings.Join(out, " "+s.Words.T("conditions.and")+" ")
}

// say is one condition.
func (s Speaker) say(c data.Condition) string {
	text := s.plain(c)
	if c.OrNever {
		if c.Field == data.FieldLastInteraction {
			return s.Words.T("conditions.or_never", "Condition", text)
		}
		return s.Words.T("conditions.or_not_set", "Condition", text)
	}
	return text
}

func (s Speaker) plain(c data.Condition) string {
	w, name := s.Words, s.Name(c.Field)
	if c.Field == data.FieldLastInteraction {
		switch c.Op {
		case data.OpMoreThanAgo:
			return w.N("conditions.last_more_than", c.Days)
		case data.OpIsNotSet:
			return w.T("conditions.never_contacted")
		}
	}
	switch c.Op {
	case data.OpAnyOf:
		if len(c.Values) == 1 && c.Field != data.FieldTags {
			return w.T("conditions.is", "Field", name, "Value", s.values(c))
		}
		return w.T("conditions.any_of", "Field", name, "Values", s.values(c))
	case data.OpAllOf:
		return w.T("conditions.all_of", "Field", name, "Values", s.values(c))
	case data.OpContains:
		return w.T("conditions.contains", "Field", name, "Text", fold.OneLine(first(c.Values), shown))
	case data.OpIsSet:
		return w.T("conditions.set", "Field", name)
	case data.OpIsNotSet:
		return w.T("conditions.not_set", "Field", name)
	case data.OpBefore:
		return w.T("conditions.before", "Field", name, "Day", w.Day(c.From))
	case data.OpAfter:
		return w.T("conditions.after", "Field", name, "Day", w.Day(c.From))
	case data.OpBetween:
		return w.T("conditions.between", "Field", name, "From", w.Day(c.From), "To", w.Day(c.To))
	case data.OpAtLeast:
		return w.T("conditions.at_least", "Field", name, "Number", first(c.Values))
	case data.OpAtMost:
		return w.T("conditions.at_most", "Field", name, "Number", first(c.Values))
	case data.OpInRange:
		return w.T("conditions.in_range", "Field", name, "From", first(c.Values), "To", c.Values[len(c.Values)-1])
	case data.OpMoreThanAgo:
		return w.N("conditions.more_than", c.Days, "Field", name)
	case data.OpWithinDays:
		return w.N("conditions.within", c.Days, "Field", name)
	}
	return name
}

// values lists what a condition names, the first few of them.
func (s Speaker) values(c data.Condition) string {
	var out []string
	for _, v := range c.Values[:min(len(c.Values), listed)] {
		out = append(out, s.long(c.Field, v))
	}
	text := strings.Join(out, ", ")
	if more := len(c.Values) - listed; more > 0 {
		text = s.Words.T("conditions.and_more", "Values", text, "Count", more)
	}
	return text
}

// long is a value as a sentence has it: the activity statuses say what they
// mean where the active window is known.
func (s Speaker) long(f data.Field, v string) string {
	if f == data.FieldActivity && s.ActiveDays > 0 {
		switch data.Activity(v) {
		case data.Inactive:
			return s.Words.N("conditions.inactive", s.ActiveDays)
		case data.Active:
			return s.Words.N("conditions.active", s.ActiveDays)
		}
	}
	return s.Value(f, v)
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

package view

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/fold"
)

// predicate tells whether a row fulfils a condition.
type predicate func(row int) bool

func nobody(int) bool { return false }

// asking is the moment of a question.
type asking struct {
	now        time.Time
	location   *time.Location
	activeDays int
}

// part is one condition of a query; shared ones also narrow the counts of
// their own field.
type part struct {
	field  data.Field
	shared bool
	match  predicate
}

// query is a filter made ready for a snapshot.
type query struct {
	search *search // nil if there is none
	parts  []part
}

func (s *snapshot) query(f data.Filter, a asking) (*query, error) {
	if err := f.Check(); err != nil {
		return nil, err
	}
	q := &query{search: newSearch(f.Search)}
	for _, c := range f.Conditions {
		if !known(c.Field) {
			return nil, fmt.Errorf("%w: unknown field %q", data.ErrBadFilter, c.Field)
		}
		q.parts = append(q.parts, part{c.Field, c.Op == data.OpAllOf, s.predicate(c, a)})
	}
	// The dear ones last.
	slices.SortStableFunc(q.parts, func(x, y part) int { return cmp.Compare(cost(x.field), cost(y.field)) })
	return q, nil
}

// known tells whether the view has a field.
func known(f data.Field) bool {
	_, custom := f.CustomID()
	_, text := textField(f)
	return custom || text || f == data.FieldPhone || data.KindOf(f) != data.TextValue
}

func cost(f data.Field) int {
	if _, text := textField(f); text || f == data.FieldPhone {
		return 1
	}
	return 0
}

func (s *snapshot) predicate(c data.Condition, a asking) predicate {
	if i, ok := textField(c.Field); ok {
		return s.textPredicate(i, c)
	}
	if col, ok := s.choice(c.Field); ok {
		return choicePredicate(c, col, a)
	}
	if which, ok := timeColumn(c.Field); ok {
		col, r := &s.times[which], secondsOf(c, a)
		return func(row int) bool {
			u, ok := s.secondsOf(col.at(row))
			return r.holds(u, ok)
		}
	}
	switch c.Field {
	case data.FieldPhone:
		return s.phonePredicate(c)
	case data.FieldTags:
		return s.tagsPredicate(c)
	case data.FieldBlocked:
		return s.flagPredicate(c, blockedFlag)
	case data.FieldOptOut:
		return s.flagPredicate(c, optOutFlag)
	case data.FieldActivity:
		return s.activityPredicate(c, a)
	case data.FieldFollowUp:
		r := daysOf(c, a)
		return func(row int) bool {
			d := s.followUp.at(row)
			return r.holds(int64(d), d != 0)
		}
	}
	return nobody
}

func (s *snapshot) textPredicate(field int, c data.Condition) predicate {
	switch c.Op {
	case data.OpIsSet:
		return func(row int) bool { return s.texts.has(row, field) }
	case data.OpIsNotSet:
		return func(row int) bool { return !s.texts.has(row, field) }
	case data.OpContains:
		part := []byte(fold.Fold(c.Values[0]))
		if len(part) == 0 {
			return nobody
		}
		return func(row int) bool { return bytes.Contains(s.texts.field(row, field), part) }
	case data.OpAnyOf:
		wanted, unset := map[string]bool{}, false
		for _, v := range c.Values {
			if v == "" {
				unset = true
			} else {
				wanted[fold.Fold(v)] = true
			}
		}
		return func(row int) bool {
			if !s.texts.has(row, field) {
				return unset
			}
			return wanted[string(s.texts.field(row, field))]
		}
	}
	return nobody
}

func (s *snapshot) phonePredicate(c data.Condition) predicate {
	switch c.Op {
	case data.OpIsSet:
		return func(row int) bool { return s.phones.at(row) != 0 }
	case data.OpIsNotSet:
		return func(row int) bool { return s.phones.at(row) == 0 && !s.masked(row) }
	case data.OpContains:
		d := newDigits(c.Values[0])
		if d == nil {
			return nobody
		}
		return func(row int) bool { return d.within(s.phones.at(row)) }
	case data.OpAnyOf:
		wanted, unset := map[uint64]bool{}, false
		for _, v := range c.Values {
			digits, _ := fold.Digits(v)
			if p, ok := data.ParseE164(digits); ok {
				wanted[toBCD(p)] = true
			}
			unset = unset || v == ""
		}
		return func(row int) bool {
			p := s.phones.at(row)
			return p != 0 && wanted[p] || p == 0 && unset && !s.masked(row)
		}
	}
	return nobody
}

// choicePredicate asks the condition once of each value instead of each row.
func choicePredicate(c data.Condition, col *choices, a asking) predicate {
	_, custom := c.Field.CustomID()
	same := func(n int, v string) bool { return col.values[n] == v }
	folded := func(n int) string { return col.folded[n] }
	switch {
	case custom:
		same = func(n int, v string) bool {
			return v == "" && n == 0 || v != "" && n != 0 && col.folded[n] == fold.Fold(v)
		}
	case c.Field == data.FieldAgent:
		same = func(n int, v string) bool { return agentValue(col.values[n]) == v }
		folded = func(n int) string { return agentValue(col.values[n]) }
	}
	days, numbers := daysOf(c, a), numbersOf(c)
	part := ""
	if c.Op == data.OpContains {
		part = fold.Fold(c.Values[0])
	}
	holds := func(n int) bool {
		switch c.Op {
		case data.OpIsSet:
			return n != 0
		case data.OpIsNotSet:
			return n == 0
		case data.OpContains:
			return part != "" && strings.Contains(folded(n), part)
		case data.OpAnyOf:
			return slices.ContainsFunc(c.Values, func(v string) bool { return same(n, v) })
		case data.OpAllOf:
			return !slices.ContainsFunc(c.Values, func(v string) bool { return !same(n, v) })
		case data.OpAtLeast, data.OpAtMost, data.OpInRange:
			return numbers.holds(col.values[n])
		}
		d, ok := dateOf(col.values[n])
		return days.holds(d, ok)
	}
	good := make([]bool, len(col.values))
	for n := range good {
		good[n] = holds(n)
	}
	return func(row int) bool { return good[col.at(row)] }
}

func dateOf(text string) (day int64, ok bool) {
	t, err := time.Parse(time.DateOnly, text)
	return t.Unix() / 86400, err == nil
}

func (s *snapshot) tagsPredicate(c data.Condition) predicate {
	number := map[string]uint32{}
	for n, name := range s.tagNames {
		number[name] = uint32(n)
	}
	good := make([]bool, len(s.sets))
	for i, set := range s.sets {
		has := func(v string) bool {
			if v == "" {
				return len(set) == 0
			}
			n, known := number[v]
			return known && slices.Contains(set, n)
		}
		switch c.Op {
		case data.OpIsSet:
			good[i] = len(set) > 0
		case data.OpIsNotSet:
			good[i] = len(set) == 0
		case data.OpAnyOf:
			good[i] = slices.ContainsFunc(c.Values, has)
		case data.OpAllOf:
			good[i] = !slices.ContainsFunc(c.Values, func(v string) bool { return !has(v) })
		}
	}
	return func(row int) bool { return good[s.tags.at(row)] }
}

func (s *snapshot) flagPredicate(c data.Condition, flag uint8) predicate {
	yes, no := slices.Contains(c.Values, data.FlagYes), slices.Contains(c.Values, data.FlagNo)
	return func(row int) bool {
		if s.flags.at(row)&flag != 0 {
			return yes
		}
		return no
	}
}

func (s *snapshot) activityPredicate(c data.Condition, a asking) predicate {
	var wanted [len(activities)]bool
	for i, status := range activities {
		wanted[i] = slices.Contains(c.Values, string(status))
	}
	activity := s.activity(a)
	return func(row int) bool { return wanted[activity(row)] }
}

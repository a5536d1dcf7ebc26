package view_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"lethe/data"
	"lethe/data/fold"
	"lethe/data/view"
)

// The plain way: what a filter means, one customer at a time, with nothing
// made ready beforehand.

func matches(r *data.Row, f data.Filter, loc *time.Location) bool {
	if strings.TrimSpace(f.Search) != "" && !found(r, f.Search) {
		return false
	}
	for _, c := range f.Conditions {
		if !fulfils(r, c, loc) {
			return false
		}
	}
	return true
}

func found(r *data.Row, text string) bool {
	if part := fold.Fold(text); part != "" {
		for _, s := range []string{r.Name, r.WhatsAppName, r.Email, r.Company} {
			if strings.Contains(fold.Fold(s), part) {
				return true
			}
		}
	}
	d, ok := fold.Digits(text)
	return ok && strings.Contains(digitsOf(r.Phone), d)
}

func digitsOf(p data.Phone) string { return strings.TrimPrefix(p.String(), "+") }

func textOf(r *data.Row, f data.Field) (string, bool) {
	switch f {
	case data.FieldName:
		return r.Name, true
	case data.FieldWhatsApp:
		return r.WhatsAppName, true
	case data.FieldEmail:
		return r.Email, true
	case data.FieldCompany:
		return r.Company, true
	case data.FieldCity:
		return r.City, true
	case data.FieldState:
		return r.State, true
	case data.FieldCountry:
		return r.Country, true
	case data.FieldSource:
		return r.Source, true
	case data.FieldAgent:
		if r.Agent != 0 {
			return strconv.Itoa(int(r.Agent)), true
		}
		return r.AgentPhone.String(), true
	}
	if id, ok := f.CustomID(); ok {
		return r.Custom[id], true
	}
	return "", false
}

func timeOf(r *data.Row, f data.Field) (time.Time, bool) {
	switch f {
	case data.FieldLastInteraction:
		return r.LastInteraction(), true
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
	}
	return time.Time{}, false
}

func flagText(b bool) string {
	if b {
		return data.FlagYes
	}
	return data.FlagNo
}

func fulfils(r *data.Row, c data.Condition, loc *time.Location) bool {
	if t, ok := timeOf(r, c.Field); ok {
		if t.IsZero() {
			return unsetFulfils(c)
		}
		return dayFulfils(c, data.DateOf(t.In(loc)), t)
	}
	switch c.Field {
	case data.FieldFollowUp:
		if r.FollowUp == 0 {
			return unsetFulfils(c)
		}
		return dayFulfils(c, r.FollowUp, firstInstant(r.FollowUp, loc))
	case data.FieldBlocked:
		return slices.Contains(c.Values, flagText(r.Blocked))
	case data.FieldOptOut:
		return slices.Contains(c.Values, flagText(r.OptOut))
	case data.FieldActivity:
		return slices.Contains(c.Values, string(data.ActivityOf(r.LastInteraction(), now, data.DefaultActiveDays)))
	case data.FieldTags:
		has := func(v string) bool { return slices.Contains(r.Tags, v) || v == "" && len(r.Tags) == 0 }
		lacks := func(v string) bool { return !has(v) }
		switch c.Op {
		case data.OpAnyOf:
			return slices.ContainsFunc(c.Values, has)
		case data.OpAllOf:
			return !slices.ContainsFunc(c.Values, lacks)
		}
		return (c.Op == data.OpIsSet) == (len(r.Tags) > 0)
	case data.FieldPhone:
		return phoneFulfils(r, c)
	}
	text, _ := textOf(r, c.Field)
	return textFulfils(text, c, loc)
}

func phoneFulfils(r *data.Row, c data.Condition) bool {
	if r.Phone == 0 && r.PhoneText != "" {
		return false
	}
	switch c.Op {
	case data.OpIsSet, data.OpIsNotSet:
		return (c.Op == data.OpIsSet) == (r.Phone != 0)
	case data.OpContains:
		d, ok := fold.Digits(c.Values[0])
		return ok && strings.Contains(digitsOf(r.Phone), d)
	}
	return slices.ContainsFunc(c.Values, func(v string) bool {
		d, _ := fold.Digits(v)
		return d == digitsOf(r.Phone)
	})
}

func textFulfils(text string, c data.Condition, loc *time.Location) bool {
	_, custom := c.Field.CustomID()
	exact := !custom && data.KindOf(c.Field) == data.ChoiceValue
	switch c.Op {
	case data.OpIsSet, data.OpIsNotSet:
		return (c.Op == data.OpIsSet) == (text != "")
	case data.OpContains:
		part := fold.Fold(c.Values[0])
		return part != "" && strings.Contains(fold.Fold(text), part)
	case data.OpAnyOf:
		return slices.ContainsFunc(c.Values, func(v string) bool {
			return v == text || !exact && v != "" && text != "" && fold.Fold(v) == fold.Fold(text)
		})
	case data.OpAtLeast, data.OpAtMost, data.OpInRange:
		n, ok := plainNumber(text)
		if !ok {
			return c.OrNever
		}
		first, _ := plainNumber(c.Values[0])
		last, _ := plainNumber(c.Values[len(c.Values)-1])
		return (c.Op == data.OpAtMost || n >= first) && (c.Op == data.OpAtLeast || n <= last)
	}
	day, err := time.ParseInLocation(time.DateOnly, text, time.UTC)
	if err != nil {
		return unsetFulfils(c)
	}
	d := data.Date(day.Unix() / 86400)
	return dayFulfils(c, d, firstInstant(d, loc))
}

// plainNumber reads a number, with its groups parted by commas or blanks.
func plainNumber(text string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.Map(func(r rune) rune {
		if r == ',' || r == ' ' {
			return -1
		}
		return r
	}, text), 64)
	return n, err == nil && n == n
}

func unsetFulfils(c data.Condition) bool {
	switch c.Op {
	case data.OpIsSet:
		return false
	case data.OpIsNotSet:
		return true
	}
	return c.OrNever
}

func dayFulfils(c data.Condition, day data.Date, at time.Time) bool {
	edge := now.Add(-time.Duration(c.Days) * 24 * time.Hour)
	switch c.Op {
	case data.OpBefore:
		return day < c.From
	case data.OpAfter:
		return day > c.From
	case data.OpBetween:
		return c.From <= day && day <= c.To
	case data.OpMoreThanAgo:
		return at.Before(edge)
	case data.OpWithinDays:
		return !at.Before(edge)
	}
	return c.Op == data.OpIsSet
}

// firstInstant goes back from noon for as long as it is the same day.
func firstInstant(d data.Date, loc *time.Location) time.Time {
	u := time.Unix(int64(d)*86400, 0).UTC()
	t := time.Date(u.Year(), u.Month(), u.Day(), 12, 0, 0, 0, loc)
	for data.DateOf(t.Add(-15*time.Minute)) == d && t.Add(-15*time.Minute).Day() == u.Day() {
		t = t.Add(-15 * time.Minute)
	}
	return t
}

func plainFind(l *list, f data.Filter, s view.Sort, loc *time.Location) []data.CustomerID {
	var rows []*data.Row
	for i := range l.rows {
		if matches(&l.rows[i], f, loc) {
			rows = append(rows, &l.rows[i])
		}
	}
	slices.SortStableFunc(rows, func(a, b *data.Row) int {
		switch c, setA, setB := compare(a, b, s.Field); {
		case setA != setB:
			return cmp.Compare(boolInt(setB), boolInt(setA))
		case !setA:
			return 0
		case s.Desc:
			return -c
		default:
			return c
		}
	})
	ids := make([]data.CustomerID, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// compare tells how two customers stand by a field, and which have a value.
func compare(a, b *data.Row, f data.Field) (c int, setA, setB bool) {
	if x, ok := timeOf(a, f); ok {
		y, _ := timeOf(b, f)
		return x.Compare(y), !x.IsZero(), !y.IsZero()
	}
	switch f {
	case data.FieldPhone:
		return cmp.Compare(a.Phone, b.Phone), a.Phone != 0, b.Phone != 0
	case data.FieldFollowUp:
		return cmp.Compare(a.FollowUp, b.FollowUp), a.FollowUp != 0, b.FollowUp != 0
	case data.FieldBlocked:
		return boolInt(a.Blocked) - boolInt(b.Blocked), true, true
	case data.FieldOptOut:
		return boolInt(a.OptOut) - boolInt(b.OptOut), true, true
	case data.FieldActivity:
		return activityRank(a) - activityRank(b), true, true
	case data.FieldTags:
		return slices.CompareFunc(a.Tags, b.Tags, func(x, y string) int {
			return strings.Compare(fold.Fold(x), fold.Fold(y))
		}), len(a.Tags) > 0, len(b.Tags) > 0
	case data.FieldAgent:
		setA, setB = a.Agent != 0 || a.AgentPhone != 0, b.Agent != 0 || b.AgentPhone != 0
		if a.Agent != 0 && b.Agent != 0 {
			return cmp.Compare(a.Agent, b.Agent), setA, setB
		}
		if a.Agent == 0 && b.Agent == 0 {
			return cmp.Compare(a.AgentPhone, b.AgentPhone), setA, setB
		}
		return cmp.Compare(b.Agent, a.Agent), setA, setB
	}
	x, ok := textOf(a, f)
	if !ok {
		return 0, false, false
	}
	y, _ := textOf(b, f)
	if _, custom := f.CustomID(); custom {
		n, errN := strconv.ParseFloat(x, 64)
		m, errM := strconv.ParseFloat(y, 64)
		isN, isM := errN == nil && n == n, errM == nil && m == m
		switch {
		case isN && isM:
			return cmp.Compare(n, m), x != "", y != ""
		case isN != isM:
			return boolInt(isM) - boolInt(isN), x != "", y != ""
		}
	}
	setX, setY := x != "", y != ""
	if data.KindOf(f) == data.TextValue && f != data.FieldAgent {
		if _, custom := f.CustomID(); !custom {
			setX, setY = fold.Fold(x) != "", fold.Fold(y) != ""
		}
	}
	return strings.Compare(fold.Fold(x), fold.Fold(y)), setX, setY
}

func activityRank(r *data.Row) int {
	return slices.Index([]data.Activity{data.Active, data.Inactive, data.NeverContacted},
		data.ActivityOf(r.LastInteraction(), now, data.DefaultActiveDays))
}

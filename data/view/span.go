package view

import (
	"math"
	"time"

	"lethe/data"
)

// activities in the order in which they are counted and sorted.
var activities = [...]data.Activity{data.Active, data.Inactive, data.NeverContacted}

// activity tells the status of rows as an index of activities, by
// data.ActivityOf's rule.
func (s *snapshot) activity(a asking) func(row int) uint32 {
	edge := ago(a.now, a.activeDays)
	col := &s.times[lastInteraction]
	return func(row int) uint32 {
		switch u, ok := s.secondsOf(col.at(row)); {
		case !ok:
			return 2
		case u < edge:
			return 1
		}
		return 0
	}
}

// ago is the first whole second that is not more than days times 24 hours
// before now.
func ago(now time.Time, days int) int64 {
	t := now.Add(-time.Duration(days) * 24 * time.Hour)
	if t.Nanosecond() > 0 {
		return t.Unix() + 1
	}
	return t.Unix()
}

// span is what a condition on times asks for: from lo until hi (without it),
// and whether those without a value match.
type span struct {
	lo, hi int64
	never  bool
}

func (r span) holds(v int64, set bool) bool {
	if !set {
		return r.never
	}
	return r.lo <= v && v < r.hi
}

// secondsOf is the span of a condition in Unix seconds.
func secondsOf(c data.Condition, a asking) span {
	return spanOf(c, func(d data.Date) int64 { return dayStart(int64(d), a.location) }, ago(a.now, c.Days))
}

// daysOf is the span of a condition in days since 1970-01-01, each standing
// for its first instant.
func daysOf(c data.Condition, a asking) span {
	edge := ago(a.now, c.Days)
	y, m, d := time.Unix(edge, 0).In(a.location).Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
	if dayStart(day, a.location) < edge {
		day++
	}
	return spanOf(c, func(d data.Date) int64 { return int64(d) }, day)
}

func spanOf(c data.Condition, start func(data.Date) int64, edge int64) span {
	r := span{math.MinInt64, math.MaxInt64, c.OrNever}
	switch c.Op {
	case data.OpIsSet:
		r.never = false
	case data.OpIsNotSet:
		r.hi, r.never = r.lo, true
	case data.OpBefore:
		r.hi = start(c.From)
	case data.OpAfter:
		r.lo = start(c.From + 1)
	case data.OpBetween:
		r.lo, r.hi = start(c.From), start(c.To+1)
	case data.OpMoreThanAgo:
		r.hi = edge
	case data.OpWithinDays:
		r.lo = edge
	default:
		r.hi, r.never = r.lo, false
	}
	return r
}

// dayStart is the first second of a day in a place, also where the clocks are
// put forward at midnight.
func dayStart(day int64, loc *time.Location) int64 {
	y, m, d := time.Unix(day*86400, 0).UTC().Date()
	t := time.Date(y, m, d, 0, 0, 0, 0, loc)
	if t.Day() != d {
		t = time.Date(y, m, d, 12, 0, 0, 0, loc)
		start, _ := t.ZoneBounds()
		t = start
	}
	return t.Unix()
}

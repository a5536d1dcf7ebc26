package view

import (
	"slices"
	"time"

	"lethe/data"
)

// column is one value a row. Rows behind its end have the zero value, so a
// column that nobody uses weighs nothing.
type column[T comparable] struct{ v []T }

func (c *column[T]) at(row int) T {
	if row < len(c.v) {
		return c.v[row]
	}
	var zero T
	return zero
}

// set gives row, which must be behind all rows set so far, its value.
func (c *column[T]) set(row int, value T) {
	var zero T
	if value == zero {
		return
	}
	c.pad(row)
	c.v = append(c.v, value)
}

// take sets the rows from at on to the rows lo to hi (without it) of another.
func (c *column[T]) take(at int, from *column[T], lo, hi int) {
	hi = min(hi, len(from.v))
	if lo >= hi {
		return
	}
	c.pad(at)
	c.v = append(c.v, from.v[lo:hi]...)
}

func (c *column[T]) pad(rows int) {
	if n := rows - len(c.v); n > 0 {
		c.v = slices.Grow(c.v, n)[:rows]
		clear(c.v[rows-n:])
	}
}

// reserve makes room for n rows, if any has a value so far.
func (c *column[T]) reserve(n int) {
	if len(c.v) > 0 {
		c.v = grown(c.v, n)
	}
}

// clip gives back the room that growing left over.
func (c *column[T]) clip() { c.v = clipped(c.v) }

func clipped[T any](s []T) []T {
	if cap(s)-len(s) > len(s)/64 {
		return append(make([]T, 0, len(s)), s...)
	}
	return s
}

// Times are kept as Unix seconds in 32 bits, 0 for never. Those that do not
// fit (before 1970-01-01 00:00:01, or after 2105) are numbered behind farTimes
// and kept in a list of their own.
const farTimes = 0xFFF00000

type timeList struct {
	seconds []int64
	byValue map[int64]uint32
}

// number returns the 32 bits that stand for t.
func (l *timeList) number(t time.Time) (uint32, error) {
	if t.IsZero() {
		return 0, nil
	}
	u := t.Unix()
	if u > 0 && u < farTimes {
		return uint32(u), nil
	}
	if n, ok := l.byValue[u]; ok {
		return n, nil
	}
	if len(l.seconds) > 0xFFFFFFFF-farTimes {
		return 0, errTooMany
	}
	n := farTimes + uint32(len(l.seconds))
	l.seconds = append(l.seconds, u)
	if l.byValue == nil {
		l.byValue = map[int64]uint32{}
	}
	l.byValue[u] = n
	return n, nil
}

// The times of a customer in the order of snapshot.times.
const (
	created = iota
	firstReceived
	firstSent
	lastSent
	lastReceived
	lastTemplate
	lastLogged
	lastInteraction
	timeColumns
)

// timeColumn tells in which column of times a field stands.
func timeColumn(f data.Field) (int, bool) {
	switch f {
	case data.FieldCreated:
		return created, true
	case data.FieldFirstReceived:
		return firstReceived, true
	case data.FieldFirstSent:
		return firstSent, true
	case data.FieldLastSent:
		return lastSent, true
	case data.FieldLastReceived:
		return lastReceived, true
	case data.FieldLastTemplate:
		return lastTemplate, true
	case data.FieldLastInteraction:
		return lastInteraction, true
	}
	return 0, false
}

// Phones are kept as binary-coded decimals, a digit in four bits: they sort as
// the numbers do, and digits within are found by shifting.
const maxPhone = 1e16

func toBCD(p data.Phone) uint64 {
	var b uint64
	for shift := 0; p > 0; shift += 4 {
		b |= uint64(p%10) << shift
		p /= 10
	}
	return b
}

func fromBCD(b uint64) data.Phone {
	var p data.Phone
	for shift := 60; shift >= 0; shift -= 4 {
		p = p*10 + data.Phone(b>>shift&15)
	}
	return p
}

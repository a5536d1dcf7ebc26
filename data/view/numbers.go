package view

import (
	"math"

	"lethe/data"
)

// numberSpan is what a condition on numbers asks for: from lo to hi, both
// within, and whether those without a number match.
type numberSpan struct {
	lo, hi float64
	never  bool
}

func numbersOf(c data.Condition) numberSpan {
	r := numberSpan{math.Inf(-1), math.Inf(1), c.OrNever}
	value := func(i int) float64 {
		n, _ := data.ParseNumber(c.Values[i]) // checked with the filter
		return n
	}
	switch c.Op {
	case data.OpAtLeast:
		r.lo = value(0)
	case data.OpAtMost:
		r.hi = value(0)
	case data.OpInRange:
		r.lo, r.hi = value(0), value(1)
	}
	return r
}

// holds tells whether a value fulfils the condition; what is no number counts
// as not set.
func (r numberSpan) holds(text string) bool {
	n, ok := data.ParseNumber(text)
	if !ok {
		return r.never
	}
	return r.lo <= n && n <= r.hi
}

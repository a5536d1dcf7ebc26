package sealed

import (
	"encoding/binary"
	"strings"
)

// Runs remembers every run of bytes of two lengths that occurs in some texts,
// in ASCII small letters, roughly: what it says doesn't occur occurs nowhere,
// and of the rest most do. It tells quickly which of a million names could
// stand in those texts at all, and so be worth a place among Needles.
type Runs struct {
	short, long filter // of shortRun and longRun bytes
}

const (
	shortRun = 6
	longRun  = 8
	manyRuns = 1 << 20 // those of long texts; 8 MB for each length
)

// NewRuns makes one that has seen no text.
func NewRuns() *Runs { return &Runs{newFilter(manyRuns), newFilter(manyRuns)} }

// Add takes a text in.
func (r *Runs) Add(text string) {
	var run uint64 // the last eight bytes, small
	for i := range len(text) {
		run = run<<8 | uint64(lowerByte(text[i]))
		if i >= shortRun-1 {
			r.short.add(run & (1<<(8*shortRun) - 1))
		}
		if i >= longRun-1 {
			r.long.add(run)
		}
	}
}

// May tells whether a value could stand in one of the texts, whatever the case
// of its letters. It never says no to one that Needles, given it as a text, find
// in one of them.
func (r *Runs) May(value string) bool {
	if r.begins(value) {
		return true
	}
	// Beyond ASCII the case of a letter changes its bytes.
	return !isASCII(value) && (r.begins(strings.ToLower(value)) || r.begins(strings.ToUpper(value)))
}

// begins looks for the beginning of a value. One that is shorter than a run
// may stand anywhere.
func (r *Runs) begins(value string) bool {
	var first [longRun]byte
	n := copy(first[:], value)
	run := lowerEight(binary.BigEndian.Uint64(first[:]))
	switch {
	case n < shortRun:
		return true
	case n < longRun:
		return r.short.has(run >> (8 * (longRun - shortRun)))
	}
	return r.long.has(run)
}

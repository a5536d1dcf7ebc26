package store

import (
	"encoding/binary"
	"strings"
)

// runs remembers every run of bytes of two lengths that occurs in some texts,
// in ASCII small letters, roughly: what it says doesn't occur occurs nowhere,
// and of the rest most do. It tells quickly which of a million names could
// stand in those texts at all.
type runs struct {
	short, long []uint64 // bits by hash
}

const (
	shortRun = 6
	longRun  = 8
	runBits  = 26 // 8 MB each
)

func newRuns() *runs {
	return &runs{short: make([]uint64, 1<<runBits/64), long: make([]uint64, 1<<runBits/64)}
}

// add takes a text in.
func (w *runs) add(text string) {
	var run uint64 // the last eight bytes, small
	for i := range len(text) {
		run = run<<8 | uint64(small(text[i]))
		if i >= shortRun-1 {
			set(w.short, run&(1<<(8*shortRun)-1))
		}
		if i >= longRun-1 {
			set(w.long, run)
		}
	}
}

// may tells whether a value could stand in one of the texts, whatever the case
// of its letters.
func (w *runs) may(value string) bool {
	if w.begins(value) {
		return true
	}
	for i := range len(value) {
		if value[i] >= 0x80 { // beyond ASCII the case of a letter changes its bytes
			return w.begins(strings.ToLower(value)) || w.begins(strings.ToUpper(value))
		}
	}
	return false
}

// begins looks for the beginning of a value. One that is shorter than a run
// may stand anywhere.
func (w *runs) begins(value string) bool {
	var first [longRun]byte
	n := copy(first[:], value)
	for i := range n {
		first[i] = small(first[i])
	}
	run := binary.BigEndian.Uint64(first[:])
	switch {
	case n < shortRun:
		return true
	case n < longRun:
		return has(w.short, run>>(8*(longRun-shortRun)))
	}
	return has(w.long, run)
}

func small(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func place(run uint64) (word, bit uint64) {
	h := run * 0x9e3779b97f4a7c15 >> (64 - runBits)
	return h / 64, 1 << (h % 64)
}

func set(bits []uint64, run uint64) {
	word, bit := place(run)
	bits[word] |= bit
}

func has(bits []uint64, run uint64) bool {
	word, bit := place(run)
	return bits[word]&bit != 0
}

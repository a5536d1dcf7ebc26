package view

import (
	"bytes"
	"math/bits"
	"strings"

	"lethe/data/fold"
)

// digits is a run of digits that is looked for within phones.
type digits struct {
	pattern uint64 // binary-coded decimal
	mask    uint64
	count   int
}

// newDigits reads a text that looks like a phone number or a part of one; nil
// for every other.
func newDigits(text string) *digits {
	d, ok := fold.Digits(text)
	if !ok || len(d) > 16 {
		return nil
	}
	p := &digits{count: len(d)}
	for _, c := range d {
		p.pattern = p.pattern<<4 | uint64(c-'0')
		p.mask = p.mask<<4 | 15
	}
	return p
}

// within tells whether the digits stand somewhere in a phone (toBCD).
func (d *digits) within(phone uint64) bool {
	for last := 4 * (d.count - 1); phone>>last != 0; phone >>= 4 {
		if phone&d.mask == d.pattern {
			return true
		}
	}
	return false
}

// search is what was typed into the search field.
type search struct {
	text   []byte
	digits *digits
}

// newSearch answers nil for a blank text.
func newSearch(text string) *search {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return &search{text: []byte(fold.Fold(text)), digits: newDigits(text)}
}

// mark sets the bits of the rows from lo to hi (without it) that the search
// finds. lo is a multiple of 64 and words begins with its bit.
func (q *search) mark(s *snapshot, lo, hi int, words []uint64) {
	if len(q.text) > 0 {
		q.markTexts(s, lo, hi, words)
	}
	if q.digits == nil {
		return
	}
	for row := lo; row < hi; row++ {
		if q.digits.within(s.phones.at(row)) {
			words[(row-lo)/64] |= 1 << (row % 64)
		}
	}
}

// markTexts looks through the texts of all rows at once and jumps from hit to
// hit: where hits are rare, a row costs no step of its own.
func (q *search) markTexts(s *snapshot, lo, hi int, words []uint64) {
	at := s.texts.foldedAt
	pos, end, row := at[lo], at[hi], lo
	for pos < end {
		hit := bytes.Index(s.texts.folded[pos:end], q.text)
		if hit < 0 {
			return
		}
		pos += uint64(hit)
		for at[row+1] <= pos {
			row++
		}
		words[(row-lo)/64] |= 1 << (row % 64)
		row++
		pos = at[row]
	}
}

// bitset has a bit for each row.
type bitset []uint64

func newBitset(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) has(row int) bool { return b[row/64]>>(row%64)&1 != 0 }

func (b bitset) set(row int) { b[row/64] |= 1 << (row % 64) }

func (b bitset) count() int {
	n := 0
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

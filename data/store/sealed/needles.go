package sealed

import (
	"iter"
	"slices"
	"strings"
)

// Where tells which bytes a value is looked for in.
type Where uint8

const (
	// Unallocated bytes belong to no row. A value counts as found there as soon
	// as one byte of it stands there, between the first and the last of the range
	// that are not zero, as cleaned space is, and not a link between free blocks.
	Unallocated Where = iota
	// Anywhere is in live rows too.
	Anywhere
)

// MinNeedle is the length in bytes from which a value can be looked for. Shorter
// ones would be found everywhere.
const MinNeedle = 4

// A value longer than longNeedle is looked for piece by piece in unallocated
// bytes: a part of it may be overwritten, or it goes over several pages.
const (
	longNeedle  = 128
	pieceLength = 64
)

// Needles are values to be looked for all at once. Nothing must be added while
// a Search uses them.
type Needles struct {
	count    int
	given    [2]values // by Where
	texts    [2]values // in ASCII small letters, by Where
	built    map[*values]*index
	integers integers
}

// NewNeedles makes an empty set.
func NewNeedles() *Needles { return &Needles{built: map[*values]*index{}} }

// AddText is Add for a text, which is found whatever the case of its letters:
// each of a to z by itself, those beyond ASCII as they are given, all small, or
// all capital.
func (n *Needles) AddText(value string, where Where) int {
	if len(value) < MinNeedle {
		return -1
	}
	number := n.count
	n.count++
	list := &n.texts[where]
	small := string(lower([]byte(value)))
	list.addPieces([]byte(small), where, number)
	if isASCII(value) {
		return number
	}
	for _, other := range []string{strings.ToLower(value), string(lower([]byte(strings.ToUpper(value))))} {
		if other != small {
			list.addPieces([]byte(other), where, number)
		}
	}
	return number
}

// In answers the numbers of the values that occur in a text, in order and each
// once; for those of AddText, whatever the case.
func (n *Needles) In(text string) []int {
	b := make([]byte, len(text), len(text)+8)
	copy(b, text)
	var out []int
	found := func(_, _ int, numbers []int) { out = append(out, numbers...) }
	for i := range n.given {
		n.index(&n.given[i]).scan(b, 0, len(b), found)
	}
	lower(b)
	for i := range n.texts {
		n.index(&n.texts[i]).scan(b, 0, len(b), found)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Prepare does what a Search of a large file does first, ahead of it. Nothing
// must be added meanwhile.
func (n *Needles) Prepare() {
	n.index(&n.given[Anywhere])
	n.index(&n.texts[Anywhere])
}

// index answers that of all values of one list.
func (n *Needles) index(list *values) *index {
	x := n.built[list]
	if x == nil || x.of != list.len() {
		x = list.index(nil)
		n.built[list] = x
	}
	return x
}

// Add adds a value and answers its number, from 0 on, which a Finding names; or
// -1 if the value is shorter than MinNeedle, or all zeros as cleaned space is,
// and will not be looked for.
func (n *Needles) Add(value []byte, where Where) int {
	if len(value) < MinNeedle || isZero(value) {
		return -1
	}
	number := n.count
	n.count++
	n.given[where].addPieces(value, where, number)
	return number
}

// SetIntegers has numbers looked for in the columns of live rows and keys, where
// they stand in the record's own page; Report.Integers counts the columns. There
// are about so many; has, which is called on several goroutines, tells them
// from others.
func (n *Needles) SetIntegers(about int, all iter.Seq[int64], has func(int64) bool) {
	n.integers = newIntegers(about, all, has)
}

// Len is how many values were added.
func (n *Needles) Len() int { return n.count }

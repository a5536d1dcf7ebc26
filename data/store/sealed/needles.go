package sealed

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Where tells which bytes a value is looked for in.
type Where uint8

const (
	// Unallocated bytes belong to no row. A value counts as found there as soon
	// as one byte of it stands there.
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

// Needles are values to be looked for all at once. Add must not be called while
// a Search uses them.
type Needles struct {
	count int
	lists [2]index // of bytes, by Where
	texts [2]index // of texts in ASCII small letters, by Where
}

// NewNeedles makes an empty set.
func NewNeedles() *Needles {
	n := &Needles{}
	for i := range n.lists {
		n.lists[i] = index{values: map[string][]int{}}
		n.texts[i] = index{values: map[string][]int{}}
	}
	return n
}

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
	n.build()
	b := make([]byte, len(text), len(text)+8)
	copy(b, text)
	var out []int
	found := func(_, _ int, numbers []int) { out = append(out, numbers...) }
	for i := range n.lists {
		n.lists[i].scan(b, 0, len(b), found)
	}
	lower(b)
	for i := range n.texts {
		n.texts[i].scan(b, 0, len(b), found)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (n *Needles) build() {
	for i := range n.lists {
		n.lists[i].build()
		n.texts[i].build()
	}
}

// lower makes the letters A to Z small, in place.
func lower(b []byte) []byte {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
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
	n.lists[where].addPieces(value, where, number)
	return number
}

// addPieces adds a value, piece by piece where it is long.
func (x *index) addPieces(value []byte, where Where, number int) {
	if where != Unallocated || len(value) <= longNeedle {
		x.add(value, number)
		return
	}
	for at := 0; at < len(value); at += pieceLength {
		at = min(at, len(value)-pieceLength) // the last piece is its end
		if piece := value[at : at+pieceLength]; !isZero(piece) {
			x.add(piece, number)
		}
	}
}

// Len is how many values were added.
func (n *Needles) Len() int { return n.count }

// index finds values by their first eight bytes (or all, if they are fewer): a
// bit set tells most places at once that nothing begins there; behind it stand,
// for each beginning, the lengths of the values that begin so, and the values.
type index struct {
	values  map[string][]int
	built   int // how many values it was built of
	bits    []uint64
	shift   uint
	widths  []uint // lengths of beginnings, in bytes: 4 to 8
	longest int
	lengths map[beginning][]int
	few     [][]byte // all values, where they are so few that each is looked for alone
}

// fewValues is up to how many values are looked for one by one.
const fewValues = 6

type beginning struct {
	bytes uint64
	width uint
}

func (x *index) add(value []byte, number int) {
	x.values[string(value)] = append(x.values[string(value)], number)
}

// build prepares the index for searching, again if values were added since.
func (x *index) build() {
	if x.built == len(x.values) {
		return
	}
	x.built = len(x.values)
	size := bits.Len(uint(64 * len(x.values)))
	size = min(max(size, 12), 26)
	x.bits, x.shift = make([]uint64, 1<<size/64), uint(64-size)
	x.lengths = map[beginning][]int{}
	x.widths, x.longest, x.few = nil, 0, nil
	for v := range x.values {
		if len(x.values) <= fewValues {
			x.few = append(x.few, []byte(v))
		}
		var b [8]byte
		copy(b[:], v)
		w := uint(min(len(v), 8))
		k := beginning{binary.BigEndian.Uint64(b[:]), w}
		h := k.hash() >> x.shift
		x.bits[h/64] |= 1 << (h % 64)
		if !slices.Contains(x.lengths[k], len(v)) {
			x.lengths[k] = append(x.lengths[k], len(v))
		}
		if !slices.Contains(x.widths, w) {
			x.widths = append(x.widths, w)
		}
		x.longest = max(x.longest, len(v))
	}
}

func (k beginning) hash() uint64 { return (k.bytes + uint64(k.width)) * 0x9e3779b97f4a7c15 }

// scan looks for values that begin in data[from:to] and calls found for each
// with its place and numbers. data must have 8 bytes of capacity behind its
// length.
func (x *index) scan(data []byte, from, to int, found func(at, length int, numbers []int)) {
	for _, v := range x.few {
		// A value may begin before to and end behind it.
		for at := from; at < to; at++ {
			i := bytes.Index(data[at:min(len(data), to+len(v)-1)], v)
			if i < 0 {
				break
			}
			at += i
			found(at, len(v), x.values[string(v)])
		}
	}
	if len(x.few) > 0 {
		return
	}
	padded := data[:len(data)+8]
	for at := from; at < to; at++ {
		eight := binary.BigEndian.Uint64(padded[at:])
		for _, w := range x.widths {
			k := beginning{eight &^ (1<<(64-8*w) - 1), w}
			if h := k.hash() >> x.shift; x.bits[h/64]&(1<<(h%64)) == 0 {
				continue
			}
			for _, length := range x.lengths[k] {
				if at+length > len(data) {
					continue
				}
				if numbers := x.values[string(data[at:at+length])]; numbers != nil {
					found(at, length, numbers)
				}
			}
		}
	}
}

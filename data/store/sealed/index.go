package sealed

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// index finds values by their first eight bytes (or all, if they are fewer). A
// filter of as many first bytes as all values have tells at most places that
// nothing begins there; where something may, another tells so by the whole
// beginning; behind it stand, for each beginning, the lengths of the values
// that begin so, and the values.
type index struct {
	values  map[string][]int
	of      int // how many values there were, whatever their number
	first   filter
	narrow  uint // how many bytes the first filter knows
	all     filter
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

// beginningAt cuts the first width bytes out of eight.
func beginningAt(eight uint64, width uint) beginning {
	return beginning{eight >> (64 - 8*width), width}
}

func (k beginning) number() uint64 { return k.bytes ^ uint64(k.width)<<56 }

// build prepares the index for searching.
func (x *index) build() {
	n := len(x.values)
	x.first, x.all = newFilter(n), newFilter(n)
	x.lengths = make(map[beginning][]int, n)
	x.narrow, x.widths, x.longest, x.few = 8, nil, 0, nil
	for v := range x.values {
		if len(x.values) <= fewValues {
			x.few = append(x.few, []byte(v))
		}
		x.narrow = min(x.narrow, uint(len(v)))
	}
	for v := range x.values {
		var b [8]byte
		copy(b[:], v)
		eight := binary.BigEndian.Uint64(b[:])
		k := beginningAt(eight, uint(min(len(v), 8)))
		x.first.add(eight >> (64 - 8*x.narrow))
		x.all.add(k.number())
		if !slices.Contains(x.lengths[k], len(v)) {
			x.lengths[k] = append(x.lengths[k], len(v))
		}
		if !slices.Contains(x.widths, k.width) {
			x.widths = append(x.widths, k.width)
		}
		x.longest = max(x.longest, len(v))
	}
}

// scan looks for values that begin in data[from:to] and calls found for each
// with its place and numbers. data must have 8 bytes of capacity behind its
// length.
func (x *index) scan(data []byte, from, to int, found func(at, length int, numbers []int)) {
	if len(x.values) <= fewValues {
		x.scanFew(data, from, to, found)
		return
	}
	padded := data[:len(data)+8]
	first, drop := x.first, 64-8*x.narrow
	for at := from; at < to; at++ {
		eight := binary.BigEndian.Uint64(padded[at:])
		if first.has(eight >> drop) {
			x.scanAt(data, at, eight, found)
		}
	}
}

// scanAt does so for those that begin with eight, which stands at at.
func (x *index) scanAt(data []byte, at int, eight uint64, found func(at, length int, numbers []int)) {
	for _, w := range x.widths {
		k := beginningAt(eight, w)
		if !x.all.has(k.number()) {
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

// scanFew does so one value after the other.
func (x *index) scanFew(data []byte, from, to int, found func(at, length int, numbers []int)) {
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
}

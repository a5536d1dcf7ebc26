package sealed

import (
	"encoding/binary"
	"iter"
	"math/bits"
)

// integers are numbers to be looked for in the records of live rows and keys.
type integers struct {
	has    func(int64) bool // nil: none are looked for
	maybe  filter           // of all of them
	serial [7]bool          // the serial types that they are written as
}

// newIntegers makes a set of n numbers, about. SQLite writes an integer into as
// few bytes as hold it, 0 and 1 into none (SQLite file format, section 2.1).
func newIntegers(n int, all iter.Seq[int64], has func(int64) bool) integers {
	set := integers{has: has, maybe: newFilter(n)}
	for v := range all {
		set.maybe.add(uint64(v))
		set.serial[serialType(v)] = true
	}
	return set
}

// serialType is that of an integer; 0 stands for both of those without bytes.
func serialType(v int64) int {
	switch n := bits.Len64(uint64(v ^ v>>63)); { // without the sign
	case v == 0 || v == 1:
		return 0
	case n < 32:
		return 1 + n/8
	case n < 48:
		return 5
	default:
		return 6
	}
}

// integerBytes are the lengths of the serial types of integers.
var integerBytes = [7]int{0, 1, 2, 3, 4, 6, 8}

// count answers how many columns of the page's records hold one of the numbers.
// The page's cells must have been found to be in order. Of a record that goes on
// in overflow pages, the columns that stand here are looked at.
func (n *integers) count(p Page) int {
	if n.has == nil {
		return 0
	}
	var toRecord int // bytes in front of it
	switch p.Kind {
	case InteriorIndex:
		toRecord = 4
	case LeafIndex, LeafTable:
	default:
		return 0
	}
	from, _, ok := gapOf(p.Number, p.Data)
	if !ok {
		return 0
	}
	found := 0
	for at := pointersAt(p.Number, p.Data); at < from; at += 2 {
		begin := int(binary.BigEndian.Uint16(p.Data[at:]))
		payload, record, ok := varint(p.Data, begin+toRecord)
		if ok && p.Kind == LeafTable {
			_, record, ok = varint(p.Data, record) // rowid
		}
		if !ok {
			continue
		}
		end := record + localPayload(p.Data[headerOffset(p.Number)], int(payload))
		if end <= usable {
			found += n.countIn(p.Data, record, end)
		}
	}
	return found
}

// countIn looks at one record, from at to end (SQLite file format, section 2.1).
func (n *integers) countIn(page []byte, at, end int) (found int) {
	length, next, ok := varint(page, at)
	if !ok || length > uint64(end-at) {
		return 0
	}
	body := at + int(length)
	for header := body; ok && next < header; {
		var serial uint64
		if serial, next, ok = varint(page, next); !ok {
			break
		}
		size := columnBytes(serial)
		if size > end-body {
			break
		}
		if v, ok := n.integer(serial, page[body:body+size]); ok && n.maybe.has(uint64(v)) && n.has(v) {
			found++
		}
		body += size
	}
	return found
}

// integer reads a column, if it is of a kind that is looked for.
func (n *integers) integer(serial uint64, b []byte) (v int64, ok bool) {
	switch {
	case serial == 8 || serial == 9:
		return int64(serial - 8), n.serial[0]
	case serial < 1 || serial > 6 || !n.serial[serial]:
		return 0, false
	}
	v = int64(int8(b[0]))
	for _, c := range b[1:] {
		v = v<<8 | int64(c)
	}
	return v, true
}

// columnBytes is the length of a column of a serial type.
func columnBytes(serial uint64) int {
	switch {
	case serial <= 6:
		return integerBytes[serial]
	case serial == 7: // a floating point number
		return 8
	case serial < 12:
		return 0
	}
	return int(min((serial-12)/2, PageSize)) // more than a page has is too much anyway
}

package sealed

import "encoding/binary"

// Types of b-tree pages, the first byte of their header (SQLite file format,
// section 1.6).
const (
	interiorIndex = 2
	interiorTable = 5
	leafIndex     = 10
	leafTable     = 13
)

func isBtree(kind byte) bool {
	return kind == interiorIndex || kind == interiorTable || kind == leafIndex || kind == leafTable
}

// gapOf answers where the unallocated space between the cell pointers and the
// cells of a b-tree page begins and ends; ok is false if page is none, or its
// header makes no sense.
func gapOf(pgno uint32, page []byte) (from, to int, ok bool) {
	h := headerOffset(pgno)
	if !isBtree(page[h]) {
		return 0, 0, false
	}
	from = pointersAt(pgno, page) + 2*int(binary.BigEndian.Uint16(page[h+3:]))
	to = int(binary.BigEndian.Uint16(page[h+5:]))
	if to == 0 {
		to = 1 << 16
	}
	return from, to, from <= to && to <= usable
}

func headerOffset(pgno uint32) int {
	if pgno == 1 {
		return headerSize
	}
	return 0
}

// zeroGap clears that space. No other page of a sealed database begins with the
// type of a b-tree page, save for a free one that was one: overflow and trunk
// pages begin with a page number (see maxPages), and pointer-map pages don't
// occur (see goodHeader).
func zeroGap(pgno uint32, page []byte) {
	if from, to, ok := gapOf(pgno, page); ok {
		clear(page[from:to])
	}
}

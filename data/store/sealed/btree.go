package sealed

import "encoding/binary"

// Range is a piece of a page: the bytes From to To-1.
type Range struct{ From, To int }

// overflowRef is where the payload of a cell goes on: the first overflow page
// and how many bytes stand there and in those that follow.
type overflowRef struct {
	first uint32
	rest  int
}

// cells reads a b-tree page and answers the ranges that no cell, cell pointer
// or header occupies (gap, freeblocks, fragments), in order, and the overflow
// chains that begin there. ok is false if the page contradicts itself.
func cells(pgno uint32, page []byte) (unallocated []Range, chains []overflowRef, ok bool) {
	from, to, ok := gapOf(pgno, page)
	if !ok {
		return nil, nil, false
	}
	kind, pointers := page[headerOffset(pgno)], page[pointersAt(pgno, page):from]
	var taken bytemap
	for ; len(pointers) > 0; pointers = pointers[2:] {
		p := int(binary.BigEndian.Uint16(pointers))
		size, chain, ok := cell(kind, page, p)
		if !ok || p < to || p+size > usable || !taken.take(p, p+size) {
			return nil, nil, false
		}
		if chain.first != 0 {
			chains = append(chains, chain)
		}
	}
	return taken.free(from, usable), chains, true
}

// pointersAt is where the cell pointers of a b-tree page begin, which go on to
// its gap.
func pointersAt(pgno uint32, page []byte) int {
	h := headerOffset(pgno)
	if page[h] == interiorIndex || page[h] == interiorTable {
		return h + 12
	}
	return h + 8
}

// cell answers the size of the cell at p of a page of the given kind, and where
// it goes on (SQLite file format, section 1.6, "B-tree Cell Format").
func cell(kind byte, page []byte, p int) (size int, chain overflowRef, ok bool) {
	at := p
	if kind == interiorTable || kind == interiorIndex {
		at += 4 // left child
	}
	var payload uint64
	if kind != interiorTable {
		if payload, at, ok = varint(page, at); !ok || payload > 1<<31 {
			return 0, chain, false
		}
	}
	if kind == leafTable || kind == interiorTable {
		if _, at, ok = varint(page, at); !ok { // rowid
			return 0, chain, false
		}
	}
	if kind != interiorTable {
		local := localPayload(kind, int(payload))
		at += local
		if local < int(payload) {
			if at+4 > usable {
				return 0, chain, false
			}
			chain = overflowRef{binary.BigEndian.Uint32(page[at:]), int(payload) - local}
			at += 4
		}
	}
	return max(at-p, 4), chain, true
}

// localPayload is how much of a payload stands in the cell itself (SQLite file
// format, section 1.6, "Cell Payload Overflow Pages").
func localPayload(kind byte, payload int) int {
	most := (usable-12)*64/255 - 23
	if kind == leafTable {
		most = usable - 35
	}
	if payload <= most {
		return payload
	}
	least := (usable-12)*32/255 - 23
	if k := least + (payload-least)%(usable-4); k <= most {
		return k
	}
	return least
}

// varint reads SQLite's variable-length integer at p and answers where it ends
// (SQLite file format, section 1.6).
func varint(page []byte, p int) (v uint64, end int, ok bool) {
	for i := range 9 {
		if p < 0 || p+i >= usable {
			return 0, 0, false
		}
		b := page[p+i]
		if i == 8 {
			return v<<8 | uint64(b), p + 9, true
		}
		v = v<<7 | uint64(b&0x7f)
		if b < 0x80 {
			return v, p + i + 1, true
		}
	}
	return 0, 0, false
}

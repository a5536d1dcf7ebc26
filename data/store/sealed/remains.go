package sealed

import "encoding/binary"

// remains are the parts of the page's unallocated ranges in which something
// stands: each from the first byte that is not zero to the last. The links
// between free blocks of a b-tree page, which SQLite writes there (SQLite file
// format, section 1.6), are nothing that remained.
func remains(p Page) []Range {
	links := freeBlocks(p)
	var out []Range
	for _, r := range p.Unallocated {
		if r = shrink(p.Data, r, links); r.From < r.To {
			out = append(out, r)
		}
	}
	return out
}

// freeBlockHead is the length of such a link: the next block, and the size.
const freeBlockHead = 4

// freeBlocks are where the free blocks of a b-tree page begin, in order.
func freeBlocks(p Page) []int {
	switch p.Kind {
	case InteriorIndex, InteriorTable, LeafIndex, LeafTable:
	default:
		return nil
	}
	var out []int
	last := 0
	for at := int(binary.BigEndian.Uint16(p.Data[headerOffset(p.Number)+1:])); at > last && at+freeBlockHead <= len(p.Data); {
		out = append(out, at)
		last, at = at, int(binary.BigEndian.Uint16(p.Data[at:]))
	}
	return out
}

// shrink cuts off what is zero or a link at both ends.
func shrink(data []byte, r Range, links []int) Range {
	for len(links) > 0 && links[0] < r.From {
		links = links[1:]
	}
	for r.From < r.To {
		if len(links) > 0 && links[0] == r.From {
			r.From, links = r.From+freeBlockHead, links[1:]
			continue
		}
		to := r.To
		if len(links) > 0 {
			to = min(to, links[0])
		}
		n := leadingZeros(data[r.From:to])
		if r.From += n; r.From < to {
			break
		}
	}
	for r.To > r.From && data[r.To-1] == 0 {
		r.To--
	}
	return r
}

// leadingZeros counts them.
func leadingZeros(b []byte) int {
	n := 0
	for n+8 <= len(b) && binary.LittleEndian.Uint64(b[n:]) == 0 {
		n += 8
	}
	for n < len(b) && b[n] == 0 {
		n++
	}
	return n
}

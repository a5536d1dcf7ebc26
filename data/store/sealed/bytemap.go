package sealed

import "math/bits"

// bytemap tells which bytes of a page are taken: a bit for each.
type bytemap [PageSize / 64]uint64

// take marks the bytes from to to-1; it answers false if one was taken already.
func (m *bytemap) take(from, to int) bool {
	var taken uint64
	for from < to {
		w, first := from/64, uint(from%64)
		n := uint(min(to-from, 64-from%64))
		mask := (^uint64(0) >> (64 - n)) << first
		taken |= m[w] & mask
		m[w] |= mask
		from += int(n)
	}
	return taken == 0
}

// free are the ranges between from and to that nobody took, in order.
func (m *bytemap) free(from, to int) []Range {
	var out []Range
	for from < to {
		begin := m.next(from, to, false)
		if begin == to {
			break
		}
		from = m.next(begin, to, true)
		out = append(out, Range{begin, from})
	}
	return out
}

// next is the first byte at or after from that is taken, or isn't; to if there
// is none before it.
func (m *bytemap) next(from, to int, taken bool) int {
	for from < to {
		word := m[from/64]
		if !taken {
			word = ^word
		}
		if word >>= from % 64; word != 0 {
			return min(to, from+bits.TrailingZeros64(word))
		}
		from += 64 - from%64
	}
	return to
}

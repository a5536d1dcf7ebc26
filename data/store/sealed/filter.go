package sealed

import "math/bits"

// filter is a set of numbers that may hold more than was put into it.
type filter struct {
	bits  []uint64
	shift uint // below 64, which "& 63" tells the compiler
}

// newFilter makes room for n numbers, 64 bits for each.
func newFilter(n int) filter {
	size := min(max(bits.Len(uint(64*n)), 12), 26)
	return filter{make([]uint64, 1<<size/64), uint(64 - size)}
}

func (f *filter) add(n uint64) {
	h := n * hashFactor >> (f.shift & 63)
	f.bits[h/64] |= 1 << (h % 64)
}

func (f *filter) has(n uint64) bool {
	h := n * hashFactor >> (f.shift & 63)
	return f.bits[h/64]&(1<<(h%64)) != 0
}

// hashFactor spreads numbers over 64 bits: 2^64 over the golden ratio (Knuth,
// The Art of Computer Programming, volume 3, section 6.4).
const hashFactor = 0x9e3779b97f4a7c15

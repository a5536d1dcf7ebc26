package customers

import (
	"math/bits"
	"slices"
)

// Selection is a set of things that have numbers, as large as a list is long:
// a bit each, so that one row and all that match are the same kind of set. It
// doesn't know what is on screen, so it stays as it is when the list is
// sorted or narrowed. The zero Selection is empty. One goroutine at a time.
type Selection[ID ~int64] struct {
	pages map[int64]*page
	count int
}

const pageWords = 64

// page holds the bits of 4,096 numbers in a row.
type page [pageWords]uint64

func place(n int64) (at int64, word int, bit uint64) {
	return n >> 12, int(n >> 6 & (pageWords - 1)), 1 << (n & 63)
}

// Len is how many are selected.
func (s *Selection[ID]) Len() int { return s.count }

// Has tells whether id is selected.
func (s *Selection[ID]) Has(id ID) bool {
	at, word, bit := place(int64(id))
	p := s.pages[at]
	return p != nil && p[word]&bit != 0
}

// Set selects ids or takes them out.
func (s *Selection[ID]) Set(on bool, ids ...ID) {
	for _, id := range ids {
		at, word, bit := place(int64(id))
		p := s.pages[at]
		switch {
		case on && p == nil:
			if s.pages == nil {
				s.pages = map[int64]*page{}
			}
			p = &page{}
			s.pages[at] = p
			fallthrough
		case on:
			if p[word]&bit == 0 {
				p[word] |= bit
				s.count++
			}
		case p != nil && p[word]&bit != 0:
			p[word] &^= bit
			s.count--
		}
	}
}

// Clear takes everybody out.
func (s *Selection[ID]) Clear() { *s = Selection[ID]{} }

// Within counts those of ids that are selected; ids must have no doubles.
func (s *Selection[ID]) Within(ids []ID) int {
	if s.count == 0 {
		return 0
	}
	n := 0
	for _, id := range ids {
		if s.Has(id) {
			n++
		}
	}
	return n
}

// Keep takes out everybody who is not among ids, and tells how many those were.
func (s *Selection[ID]) Keep(ids []ID) int {
	if s.count == 0 {
		return 0
	}
	var kept Selection[ID]
	for _, id := range ids {
		if s.Has(id) {
			kept.Set(true, id)
		}
	}
	gone := s.count - kept.count
	*s = kept
	return gone
}

// IDs lists who is selected, by rising number.
func (s *Selection[ID]) IDs() []ID {
	out := make([]ID, 0, s.count)
	ats := make([]int64, 0, len(s.pages))
	for at := range s.pages {
		ats = append(ats, at)
	}
	slices.Sort(ats)
	for _, at := range ats {
		for word, w := range s.pages[at] {
			for ; w != 0; w &= w - 1 {
				out = append(out, ID(at<<12|int64(word)<<6|int64(bits.TrailingZeros64(w))))
			}
		}
	}
	return out
}

// Filter returns those of ids that are selected, in their order.
func (s *Selection[ID]) Filter(ids []ID) []ID {
	out := make([]ID, 0, s.count)
	for _, id := range ids {
		if s.Has(id) {
			out = append(out, id)
		}
	}
	return out
}

package sealed

// searcher looks at pages one after the other.
type searcher struct {
	*hunt
	inWAL  bool
	report Report
	small  []byte // the page in small letters

	// Of the first pass.
	seen  *grams
	again []uint32

	// Of the second pass: what may be found, by Where; nil if it was looked for
	// already.
	given, texts [2]*index
	any          bool
}

// look counts what the page has, looks for what is looked for anywhere, and
// notes what may be found in the second pass: it answers whether anything may.
func (s *searcher) look(p Page) (again bool) {
	for _, r := range p.Unallocated {
		s.report.UnallocatedBytes += int64(r.To - r.From)
	}
	s.report.Integers += s.needles.integers.count(p)
	n := s.needles
	if !s.late {
		if list := &n.given[Anywhere]; list.len() > 0 {
			s.everywhere(p, p.Data, n.index(list))
		}
		if list := &n.texts[Anywhere]; list.len() > 0 {
			s.everywhere(p, s.lowered(p), n.index(list))
		}
	}
	ranges, before := remains(p), max(n.given[Unallocated].longest, n.texts[Unallocated].longest)-1
	if s.late {
		ranges, before = []Range{{0, len(p.Data)}}, 0
	}
	if len(ranges) == 0 || before < 0 {
		return false
	}
	for _, r := range ranges {
		s.seen.take(p.Data, max(0, r.From-before), r.To)
		s.seen.take(s.lowered(p), max(0, r.From-before), r.To)
	}
	return true
}

// lookAgain looks for what was not looked for in the first pass.
func (s *searcher) lookAgain(p Page) {
	ranges := remains(p)
	s.among(p, p.Data, s.given[Unallocated], ranges)
	small := s.lowered(p)
	s.among(p, small, s.texts[Unallocated], ranges)
	if s.late {
		s.everywhere(p, p.Data, s.given[Anywhere])
		s.everywhere(p, small, s.texts[Anywhere])
	}
}

// lowered is the page in small letters. It is valid until the next page's.
func (s *searcher) lowered(p Page) []byte {
	if s.small == nil {
		s.small = make([]byte, PageSize)
	}
	small := s.small[:len(p.Data)]
	copy(small, p.Data)
	return lower(small)
}

// everywhere looks in the whole page, of which data is one way to write it.
func (s *searcher) everywhere(p Page, data []byte, x *index) {
	x.scan(data, 0, len(data), func(at, length int, numbers []int) {
		s.found(p, live(p.Unallocated, at, at+length), numbers)
	})
}

// among looks for what touches one of the ranges.
func (s *searcher) among(p Page, data []byte, x *index, ranges []Range) {
	begin := 0 // so that no place is scanned twice
	for _, r := range ranges {
		begin = max(begin, r.From-x.longest+1)
		x.scan(data, begin, r.To, func(at, length int, numbers []int) {
			if !live(ranges, at, at+length) {
				s.found(p, false, numbers)
			}
		})
		begin = r.To
	}
}

// live tells whether the bytes from to to-1 are all outside of the ranges.
func live(unallocated []Range, from, to int) bool {
	for _, r := range unallocated {
		if r.From < to && from < r.To {
			return false
		}
	}
	return true
}

func (s *searcher) found(p Page, live bool, numbers []int) {
	for _, n := range numbers {
		s.report.Found++
		if len(s.report.Findings) < s.limit {
			s.report.Findings = append(s.report.Findings, Finding{p.Number, p.Kind, s.inWAL, live, n})
		}
	}
}

package sealed

import (
	"context"
	"errors"
	"io/fs"
)

// Finding is a value that was found. It holds nothing of the page.
type Finding struct {
	Page   uint32 // its number
	Kind   PageKind
	InWAL  bool
	Live   bool // wholly inside a live row, key or link
	Needle int  // as Needles.Add answered it
}

// Report tells what a Search has read and found.
type Report struct {
	Pages, LivePages, FreePages int // of the database
	UnallocatedBytes            int64
	Frames                      int // of the WAL, if there is one
	UnreadableFrames            int // which therefore were not searched
	Found                       int // places, of which Findings names the first ones
	Findings                    []Finding
}

// Search looks for needles in every page of the database at path and in every
// frame of its WAL, if there is one; at most limit findings are named. It is
// done in one pass over the pages once it is known what each is for. The rules
// and errors are those of Pages.
func Search(ctx context.Context, path string, key Key, needles *Needles, limit int) (Report, error) {
	var r Report
	s := searcher{needles: needles, limit: limit, report: &r}
	for i := range needles.lists {
		needles.lists[i].build()
	}
	err := Pages(ctx, path, key, func(p Page) error {
		r.Pages++
		switch p.Kind {
		case FreeTrunk, FreeLeaf, Unused:
			r.FreePages++
		default:
			r.LivePages++
		}
		s.search(p)
		return nil
	})
	if err != nil {
		return r, err
	}
	s.inWAL = true
	r.UnreadableFrames, err = WALFrames(ctx, path+walSuffix, key, func(p Page) error {
		r.Frames++
		s.search(p)
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return r, err
}

type searcher struct {
	needles *Needles
	limit   int
	inWAL   bool
	report  *Report
}

func (s *searcher) search(p Page) {
	if anywhere := &s.needles.lists[Anywhere]; anywhere.built > 0 {
		anywhere.scan(p.Data, 0, len(p.Data), func(at, length int, numbers []int) {
			s.found(p, live(p.Unallocated, at, at+length), numbers)
		})
	}
	list := &s.needles.lists[Unallocated]
	begin := 0 // so that no place is scanned twice
	for _, r := range p.Unallocated {
		s.report.UnallocatedBytes += int64(r.To - r.From)
		if list.built == 0 {
			continue
		}
		begin = max(begin, r.From-list.longest+1)
		list.scan(p.Data, begin, r.To, func(at, length int, numbers []int) {
			if !live(p.Unallocated, at, at+length) {
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

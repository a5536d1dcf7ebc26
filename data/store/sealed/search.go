package sealed

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"slices"
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
	Integers                    int // columns of live rows and keys that hold an AddInteger's
	Found                       int // places, of which Findings names the first ones
	Findings                    []Finding
}

// Search looks for needles in every page of the database at path and in every
// frame of its WAL, if there is one; at most limit findings are named, those of
// the first pages. It reads each page once, on several goroutines. The rules
// and errors are those of Pages.
func Search(ctx context.Context, path string, key Key, needles *Needles, limit int) (report Report, err error) {
	needles.build()
	r, err := openReader(path, key)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, r.file.Close()) }()
	searchers := make([]searcher, streamers())
	for i := range searchers {
		searchers[i] = searcher{needles: needles, limit: limit, report: &Report{}}
	}
	err = r.stream(ctx, len(searchers), func(worker int, p Page) {
		s := &searchers[worker]
		s.report.Pages++
		switch p.Kind {
		case FreeTrunk, FreeLeaf, Unused:
			s.report.FreePages++
		default:
			s.report.LivePages++
		}
		s.search(p)
	})
	for i := range searchers {
		report.add(searchers[i].report)
	}
	slices.SortFunc(report.Findings, func(a, b Finding) int { return cmp.Compare(a.Page, b.Page) })
	report.Findings = report.Findings[:min(limit, len(report.Findings))]
	if err != nil {
		return report, err
	}
	s := searcher{needles: needles, limit: limit, inWAL: true, report: &report}
	report.UnreadableFrames, err = WALFrames(ctx, path+walSuffix, key, func(p Page) error {
		report.Frames++
		s.search(p)
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return report, err
}

func (r *Report) add(other *Report) {
	r.Pages += other.Pages
	r.LivePages += other.LivePages
	r.FreePages += other.FreePages
	r.UnallocatedBytes += other.UnallocatedBytes
	r.Integers += other.Integers
	r.Found += other.Found
	r.Findings = append(r.Findings, other.Findings...)
}

type searcher struct {
	needles *Needles
	limit   int
	inWAL   bool
	report  *Report
	small   []byte // the page in small letters
}

func (s *searcher) search(p Page) {
	for _, r := range p.Unallocated {
		s.report.UnallocatedBytes += int64(r.To - r.From)
	}
	s.report.Integers += s.needles.integers.count(p)
	s.searchIn(p, &s.needles.lists)
	texts := &s.needles.texts
	if texts[Anywhere].built == 0 && (texts[Unallocated].built == 0 || len(p.Unallocated) == 0) {
		return
	}
	if s.small == nil {
		s.small = make([]byte, PageSize)
	}
	small := p
	small.Data = s.small[:len(p.Data)]
	copy(small.Data, p.Data)
	lower(small.Data)
	s.searchIn(small, texts)
}

func (s *searcher) searchIn(p Page, lists *[2]index) {
	if anywhere := &lists[Anywhere]; anywhere.built > 0 {
		anywhere.scan(p.Data, 0, len(p.Data), func(at, length int, numbers []int) {
			s.found(p, live(p.Unallocated, at, at+length), numbers)
		})
	}
	list := &lists[Unallocated]
	if list.built == 0 {
		return
	}
	begin := 0 // so that no place is scanned twice
	for _, r := range p.Unallocated {
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

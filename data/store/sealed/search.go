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
// the first pages. The rules and errors are those of Pages.
//
// It reads each page once, on several goroutines: what is looked for anywhere is
// looked for then, and what stands in unallocated bytes is noted, which in a
// clean file is next to nothing. So of the values that are looked for there only
// those are sorted for a search whose beginning was seen, and only the pages in
// which anything stood are read again for it. A small file is searched so for
// all values.
func Search(ctx context.Context, path string, key Key, needles *Needles, limit int) (Report, error) {
	return search(ctx, path, key, needles, limit, smallFile)
}

// smallFile is the length in bytes up to which a file is small.
const smallFile = gramBits / 8

func search(ctx context.Context, path string, key Key, needles *Needles, limit int, small int64) (report Report, err error) {
	r, err := openReader(path, key)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, r.file.Close()) }()
	info, err := r.file.Stat()
	if err != nil {
		return report, err
	}
	h := &hunt{needles: needles, limit: limit, late: info.Size() <= small, seen: newGrams()}
	if !h.late {
		needles.Prepare()
	}
	err = h.first(ctx, r, path, key, &report)
	if err == nil {
		err = h.second(ctx, r, path, key, &report)
	}
	slices.SortFunc(report.Findings, func(a, b Finding) int { return cmp.Compare(a.Page, b.Page) })
	report.Findings = report.Findings[:min(limit, len(report.Findings))]
	return report, err
}

// hunt is one search.
type hunt struct {
	needles *Needles
	limit   int
	late    bool // everything is looked for in the second pass

	// What the first pass notes: beginnings of what may be found in the second,
	// and where that has to look.
	seen        *grams
	again       []uint32
	framesAgain bool
}

// first reads everything.
func (h *hunt) first(ctx context.Context, r *reader, path string, key Key, report *Report) error {
	searchers := make([]searcher, streamers())
	for i := range searchers {
		searchers[i] = searcher{hunt: h, seen: newGrams()}
	}
	err := r.stream(ctx, len(searchers), func(worker int, p Page) {
		s := &searchers[worker]
		s.report.Pages++
		switch p.Kind {
		case FreeTrunk, FreeLeaf, Unused:
			s.report.FreePages++
		default:
			s.report.LivePages++
		}
		if s.look(p) {
			s.again = append(s.again, p.Number)
		}
	})
	for i := range searchers {
		s := &searchers[i]
		report.add(&s.report)
		h.again = append(h.again, s.again...)
		h.seen.join(s.seen)
	}
	if err != nil {
		return err
	}
	slices.Sort(h.again)
	s := searcher{hunt: h, inWAL: true, seen: h.seen}
	report.UnreadableFrames, err = WALFrames(ctx, path+walSuffix, key, func(p Page) error {
		report.Frames++
		h.framesAgain = s.look(p) || h.framesAgain
		return nil
	})
	report.add(&s.report)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// second looks again where the first pass has noted something, for what may be
// there.
func (h *hunt) second(ctx context.Context, r *reader, path string, key Key, report *Report) (err error) {
	if len(h.again) == 0 && !h.framesAgain {
		return nil
	}
	s := searcher{hunt: h}
	for where := range s.given {
		if Where(where) == Anywhere && !h.late {
			continue
		}
		s.given[where] = h.needles.given[where].index(h.seen)
		s.texts[where] = h.needles.texts[where].index(h.seen)
		s.any = s.any || len(s.given[where].values)+len(s.texts[where].values) > 0
	}
	if !s.any {
		return nil
	}
	defer func() { report.add(&s.report) }()
	seal, page := newSealer(r.suite), make([]byte, PageSize)
	defer clear(page)
	for _, pgno := range h.again {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.read(seal, pgno, page); err != nil {
			return err
		}
		s.lookAgain(describe(pgno, r.kinds[pgno], page, int(r.used[pgno])))
	}
	if h.framesAgain {
		s.inWAL = true
		_, err = WALFrames(ctx, path+walSuffix, key, func(p Page) error {
			s.lookAgain(p)
			return nil
		})
	}
	return err
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

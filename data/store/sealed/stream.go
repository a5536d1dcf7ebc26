package sealed

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// reader reads the pages of a database that no connection has open.
type reader struct {
	*suite
	file  *os.File
	count uint32     // pages in the file
	last  uint32     // the last page of the database; what is behind it is unused
	kinds []PageKind // by page number
	used  []uint16   // of an overflow page: bytes of payload
}

// openReader opens a database that is at rest.
func openReader(path string, key Key) (*reader, error) {
	s, err := newSuite(key)
	if err != nil {
		return nil, err
	}
	if err := Check(path, key); err != nil {
		return nil, err
	}
	if info, err := os.Stat(path + journalSuffix); err == nil && info.Size() > 0 {
		return nil, ErrUnsettled
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &reader{suite: s, file: file}, nil
}

// read opens page pgno into page.
func (r *reader) read(seal *sealer, pgno uint32, page []byte) error {
	_, err := r.file.ReadAt(page, int64(pgno-1)*PageSize)
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: page %d is missing", ErrDamaged, pgno)
	}
	if err != nil {
		return err
	}
	if !seal.openPage(pgno, page) {
		return fmt.Errorf("%w: page %d", ErrDamaged, pgno)
	}
	return nil
}

// chunkPages are read at once.
const chunkPages = 128

func streamers() int { return min(runtime.GOMAXPROCS(0), 8) }

// stream reads every page once, in chunks that as many goroutines share, and
// calls visit with each, which tells them apart by their number; visit may be
// nil. What a page is for shows by itself for those of a b-tree, and by the
// freelist, which is walked first, for free ones. Those of overflow chains show
// only once all chains are known: they alone are read again at the end.
// Afterwards kinds and used are complete.
func (r *reader) stream(ctx context.Context, goroutines int, visit func(worker int, p Page)) error {
	if err := r.prepare(); err != nil {
		return err
	}
	parts := make([]part, goroutines)
	var next atomic.Uint32
	var all sync.WaitGroup
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	for w := range parts {
		all.Go(func() {
			p := &parts[w]
			*p = part{reader: r, seal: newSealer(r.suite), links: map[uint32]uint32{}}
			if visit != nil {
				p.visit = func(page Page) { visit(w, page) }
			}
			if err := p.run(ctx, &next); err != nil {
				cancel(err)
			}
		})
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil {
		return err
	}
	return r.chains(parts)
}

// prepare reads the header and the freelist.
func (r *reader) prepare() error {
	info, err := r.file.Stat()
	if err != nil {
		return err
	}
	if info.Size()%PageSize != 0 || info.Size()/PageSize > maxPages {
		return fmt.Errorf("%w: %d bytes", ErrDamaged, info.Size())
	}
	seal, page := newSealer(r.suite), make([]byte, PageSize)
	defer clear(page)
	if err := r.read(seal, 1, page); err != nil {
		return err
	}
	r.count = uint32(info.Size() / PageSize)
	r.kinds, r.used = make([]PageKind, r.count+1), make([]uint16, r.count+1)
	r.last = r.count
	// The count in the header holds only if the same program wrote the change
	// counter (SQLite file format, section 1.3.7).
	if n := binary.BigEndian.Uint32(page[28:]); n != 0 && string(page[24:28]) == string(page[92:96]) {
		if r.last = n; n > r.count {
			return fmt.Errorf("%w: %d of %d pages", ErrDamaged, r.count, n)
		}
	}
	return r.freelist(seal, page, binary.BigEndian.Uint32(page[32:]))
}

// freelist walks the trunk pages (SQLite file format, section 1.5).
func (r *reader) freelist(seal *sealer, page []byte, trunk uint32) error {
	mark := func(pgno uint32, kind PageKind) error {
		if pgno < 2 || pgno > r.count || r.kinds[pgno] != Unused {
			return fmt.Errorf("%w: freelist at page %d", ErrDamaged, pgno)
		}
		r.kinds[pgno] = kind
		return nil
	}
	for trunk != 0 {
		if err := mark(trunk, FreeTrunk); err != nil {
			return err
		}
		if err := r.read(seal, trunk, page); err != nil {
			return err
		}
		leaves := binary.BigEndian.Uint32(page[4:])
		if leaves > (usable-8)/4 {
			return fmt.Errorf("%w: freelist at page %d", ErrDamaged, trunk)
		}
		for i := range leaves {
			if err := mark(binary.BigEndian.Uint32(page[8+4*i:]), FreeLeaf); err != nil {
				return err
			}
		}
		trunk = binary.BigEndian.Uint32(page)
	}
	return nil
}

// part is what one goroutine of a stream does and finds.
type part struct {
	*reader
	seal  *sealer
	visit func(Page)
	begun []overflowRef     // chains that begin in its pages
	links map[uint32]uint32 // of its pages that may be of a chain: the page that follows
}

// run takes chunks until there are no more.
func (p *part) run(ctx context.Context, next *atomic.Uint32) error {
	buf := make([]byte, chunkPages*PageSize)
	defer clear(buf)
	for {
		first := (next.Add(1)-1)*chunkPages + 1
		if first > p.count {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		n := min(chunkPages, p.count-first+1)
		chunk := buf[:n*PageSize]
		if _, err := p.file.ReadAt(chunk, int64(first-1)*PageSize); errors.Is(err, io.EOF) {
			return fmt.Errorf("%w: the file is cut off after page %d", ErrDamaged, first)
		} else if err != nil {
			return err
		}
		for i := range n {
			if pgno := first + i; pgno != pendingPage { // SQLite's locks; never written
				if err := p.one(pgno, chunk[i*PageSize:][:PageSize]); err != nil {
					return err
				}
			}
		}
	}
}

// one opens a page and tells what it is, if that shows.
func (p *part) one(pgno uint32, page []byte) error {
	if !p.seal.openPage(pgno, page) {
		return fmt.Errorf("%w: page %d", ErrDamaged, pgno)
	}
	if p.kinds[pgno] != Unused || pgno > p.last {
		p.show(describe(pgno, p.kinds[pgno], page, 0))
		return nil
	}
	kind := btreeKind(page[headerOffset(pgno)])
	if kind == Unused {
		p.links[pgno] = binary.BigEndian.Uint32(page)
		return nil // of a chain, most likely
	}
	unallocated, begin, ok := cells(pgno, page)
	if !ok {
		return fmt.Errorf("%w: cells of page %d", ErrDamaged, pgno)
	}
	p.kinds[pgno] = kind
	p.begun = append(p.begun, begin...)
	p.show(Page{Number: pgno, Kind: kind, Data: page[:usable], Unallocated: unallocated})
	return nil
}

func (p *part) show(page Page) {
	if p.visit != nil {
		p.visit(page)
	}
}

// chains follows the overflow chains, and then visits their pages and those
// that nothing leads to.
func (r *reader) chains(parts []part) error {
	links := parts[0].links
	for _, p := range parts[1:] {
		for pgno, next := range p.links {
			links[pgno] = next
		}
	}
	for _, p := range parts {
		for _, c := range p.begun {
			for pgno := c.first; c.rest > 0; pgno = links[pgno] {
				if _, ok := links[pgno]; !ok || r.kinds[pgno] != Unused {
					return fmt.Errorf("%w: overflow page %d", ErrDamaged, pgno)
				}
				n := min(c.rest, usable-4)
				r.kinds[pgno], r.used[pgno] = Overflow, uint16(n)
				c.rest -= n
			}
		}
	}
	visit := parts[0].visit
	if visit == nil {
		return nil
	}
	page := make([]byte, PageSize)
	defer clear(page)
	for _, pgno := range sortedKeys(links) {
		if err := r.read(parts[0].seal, pgno, page); err != nil {
			return err
		}
		visit(describe(pgno, r.kinds[pgno], page, int(r.used[pgno])))
	}
	return nil
}

func sortedKeys(m map[uint32]uint32) []uint32 {
	keys := make([]uint32, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

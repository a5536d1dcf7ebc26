package sealed

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// PageKind is what a page is for.
type PageKind uint8

// The kinds of pages.
const (
	// Unused pages belong to no row: the one that SQLite locks, those that no
	// cell leads to, and those behind the end of the database.
	Unused PageKind = iota
	InteriorIndex
	InteriorTable
	LeafIndex
	LeafTable
	Overflow
	FreeTrunk
	FreeLeaf
	// Logged pages are those of a WAL's frames that are not of a b-tree: a
	// frame alone doesn't tell which of the other kinds it is.
	Logged
)

func (k PageKind) String() string {
	return [...]string{
		"unused", "interior index", "interior table", "leaf index", "leaf table",
		"overflow", "free trunk", "free leaf", "logged",
	}[k]
}

// Page is the plaintext of one page.
type Page struct {
	Number uint32 // from 1
	Kind   PageKind
	// Data is what SQLite uses of the page: PageSize-Reserved bytes, valid
	// during the call only.
	Data []byte
	// Unallocated are the ranges of Data that no row, key or link occupies, in
	// order and apart: the gap, freeblocks and fragments of a b-tree page, the
	// end of an overflow chain, a free page, a page of a frame that is not of a
	// b-tree.
	Unallocated []Range
}

// reader reads the pages of a database that no connection has open.
type reader struct {
	file  *os.File
	seal  *sealer
	count uint32 // pages in the file
	kinds []PageKind
	used  []uint16 // of an overflow page: bytes of payload
	page  []byte
}

// Pages opens each page of the database at path, in order, and calls f with it;
// f's error ends it. A page that does not open, or contradicts the others, is
// ErrDamaged. What a WAL beside the database holds is not looked at, so
// checkpoint before; a rollback journal beside it is ErrUnsettled.
//
// No connection to the database may be open in this process: closing a file by
// hand drops SQLite's POSIX locks on it.
func Pages(ctx context.Context, path string, key Key, f func(Page) error) (err error) {
	s, err := newSuite(key)
	if err != nil {
		return err
	}
	if err := Check(path, key); err != nil {
		return err
	}
	if info, err := os.Stat(path + journalSuffix); err == nil && info.Size() > 0 {
		return ErrUnsettled
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	r := &reader{file: file, seal: newSealer(s), page: make([]byte, PageSize)}
	defer clear(r.page)
	if err := r.classify(ctx); err != nil {
		return err
	}
	return r.each(ctx, f)
}

// read opens page pgno into r.page.
func (r *reader) read(pgno uint32) error {
	_, err := r.file.ReadAt(r.page, int64(pgno-1)*PageSize)
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("%w: page %d is missing", ErrDamaged, pgno)
	}
	if err != nil {
		return err
	}
	if !r.seal.openPage(pgno, r.page) {
		return fmt.Errorf("%w: page %d", ErrDamaged, pgno)
	}
	return nil
}

// classify finds out what each page is for: first the freelist, then the b-tree
// pages and the chains that begin there.
func (r *reader) classify(ctx context.Context) error {
	info, err := r.file.Stat()
	if err != nil {
		return err
	}
	if info.Size()%PageSize != 0 || info.Size()/PageSize > maxPages {
		return fmt.Errorf("%w: %d bytes", ErrDamaged, info.Size())
	}
	if err := r.read(1); err != nil {
		return err
	}
	r.count = uint32(info.Size() / PageSize)
	r.kinds, r.used = make([]PageKind, r.count+1), make([]uint16, r.count+1)
	inDatabase := r.count
	// The count in the header holds only if the same program wrote the change
	// counter (SQLite file format, section 1.3.7).
	if n := binary.BigEndian.Uint32(r.page[28:]); n != 0 && string(r.page[24:28]) == string(r.page[92:96]) {
		if inDatabase = n; n > r.count {
			return fmt.Errorf("%w: %d of %d pages", ErrDamaged, r.count, n)
		}
	}
	if err := r.freelist(binary.BigEndian.Uint32(r.page[32:])); err != nil {
		return err
	}
	return r.trees(ctx, inDatabase)
}

// freelist walks the trunk pages (SQLite file format, section 1.5).
func (r *reader) freelist(trunk uint32) error {
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
		if err := r.read(trunk); err != nil {
			return err
		}
		leaves := binary.BigEndian.Uint32(r.page[4:])
		if leaves > (usable-8)/4 {
			return fmt.Errorf("%w: freelist at page %d", ErrDamaged, trunk)
		}
		for i := range leaves {
			if err := mark(binary.BigEndian.Uint32(r.page[8+4*i:]), FreeLeaf); err != nil {
				return err
			}
		}
		trunk = binary.BigEndian.Uint32(r.page)
	}
	return nil
}

// trees reads all pages that are not free, and follows the overflow chains.
func (r *reader) trees(ctx context.Context, last uint32) error {
	next := make([]uint32, last+1)
	var chains []overflowRef
	for pgno := uint32(1); pgno <= last; pgno++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if r.kinds[pgno] != Unused || pgno == pendingPage {
			continue
		}
		if err := r.read(pgno); err != nil {
			return err
		}
		kind := btreeKind(r.page[headerOffset(pgno)])
		if kind == Unused {
			next[pgno] = binary.BigEndian.Uint32(r.page)
			continue
		}
		_, begin, ok := cells(pgno, r.page)
		if !ok {
			return fmt.Errorf("%w: cells of page %d", ErrDamaged, pgno)
		}
		r.kinds[pgno] = kind
		chains = append(chains, begin...)
	}
	for _, c := range chains {
		for pgno := c.first; c.rest > 0; pgno = next[pgno] {
			if pgno < 2 || pgno > last || r.kinds[pgno] != Unused {
				return fmt.Errorf("%w: overflow page %d", ErrDamaged, pgno)
			}
			n := min(c.rest, usable-4)
			r.kinds[pgno], r.used[pgno] = Overflow, uint16(n)
			c.rest -= n
		}
	}
	return nil
}

func btreeKind(b byte) PageKind {
	switch b {
	case interiorIndex:
		return InteriorIndex
	case interiorTable:
		return InteriorTable
	case leafIndex:
		return LeafIndex
	case leafTable:
		return LeafTable
	}
	return Unused
}

// each calls f for each page of the file but the one that SQLite locks, which
// is never written.
func (r *reader) each(ctx context.Context, f func(Page) error) error {
	for pgno := uint32(1); pgno <= r.count; pgno++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if pgno == pendingPage {
			continue
		}
		if err := r.read(pgno); err != nil {
			return err
		}
		if err := f(describe(pgno, r.kinds[pgno], r.page, int(r.used[pgno]))); err != nil {
			return err
		}
	}
	return nil
}

func describe(pgno uint32, kind PageKind, page []byte, used int) Page {
	p := Page{Number: pgno, Kind: kind, Data: page[:usable]}
	switch kind {
	case InteriorIndex, InteriorTable, LeafIndex, LeafTable:
		p.Unallocated, _, _ = cells(pgno, page)
	case Overflow:
		if end := 4 + used; end < usable {
			p.Unallocated = []Range{{end, usable}}
		}
	case FreeTrunk:
		if end := 8 + 4*int(binary.BigEndian.Uint32(page[4:])); end < usable {
			p.Unallocated = []Range{{end, usable}}
		}
	default:
		p.Unallocated = []Range{{0, usable}}
	}
	return p
}

package sealed

import (
	"context"
	"encoding/binary"
	"errors"
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

// Pages opens each page of the database at path, in order, and calls f with it;
// f's error ends it. A page that does not open, or contradicts the others, is
// ErrDamaged. What a WAL beside the database holds is not looked at, so
// checkpoint before; a rollback journal beside it is ErrUnsettled.
//
// No connection to the database may be open in this process: closing a file by
// hand drops SQLite's POSIX locks on it.
func Pages(ctx context.Context, path string, key Key, f func(Page) error) (err error) {
	r, err := openReader(path, key)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.file.Close()) }()
	if err := r.stream(ctx, 1, nil); err != nil {
		return err
	}
	page := make([]byte, PageSize)
	defer clear(page)
	seal := newSealer(r.suite)
	for pgno := uint32(1); pgno <= r.count; pgno++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if pgno == pendingPage {
			continue
		}
		if err := r.read(seal, pgno, page); err != nil {
			return err
		}
		if err := f(describe(pgno, r.kinds[pgno], page, int(r.used[pgno]))); err != nil {
			return err
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

// describe tells of a page what is known of it; used are the bytes of payload of
// an overflow page.
func describe(pgno uint32, kind PageKind, page []byte, used int) Page {
	p := Page{Number: pgno, Kind: kind, Data: page[:usable]}
	switch kind {
	case InteriorIndex, InteriorTable, LeafIndex, LeafTable:
		p.Unallocated, _, _ = cells(pgno, page)
	case Overflow:
		p.unallocatedFrom(4 + used)
	case FreeTrunk:
		p.unallocatedFrom(8 + 4*int(binary.BigEndian.Uint32(page[4:])))
	default:
		p.unallocatedFrom(0)
	}
	return p
}

func (p *Page) unallocatedFrom(at int) {
	if at < usable {
		p.Unallocated = []Range{{at, usable}}
	}
}

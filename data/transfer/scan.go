package transfer

import (
	"bytes"
	"errors"
	"io"
)

// batch holds the cells of some records: all their text in one piece, the end
// of each cell in it, and where each record begins.
type batch struct {
	data []byte
	ends []int
	rows []rowMark
}

// rowMark tells where a record of a batch stands.
type rowMark struct {
	first     int // index of its first cell in ends
	line      int // line of the file at which it begins, from 1
	badQuotes bool
	left      bool // a picture or the like was left out
	unread    bool // a part could not be made sense of
}

func (b *batch) reset() {
	b.data, b.ends, b.rows = b.data[:0], b.ends[:0], b.rows[:0]
}

// add appends a cell.
func (b *batch) add(cell []byte) {
	b.data = append(b.data, cell...)
	b.ends = append(b.ends, len(b.data))
}

// addText appends a cell.
func (b *batch) addText(cell string) {
	b.data = append(b.data, cell...)
	b.ends = append(b.ends, len(b.data))
}

// cells appends the cells of record i to dst; text is string(b.data).
func (b *batch) cells(text string, i int, dst []string) []string {
	last := len(b.ends)
	if i+1 < len(b.rows) {
		last = b.rows[i+1].first
	}
	for k := b.rows[i].first; k < last; k++ {
		start := 0
		if k > 0 {
			start = b.ends[k-1]
		}
		dst = append(dst, text[start:b.ends[k]])
	}
	return dst
}

// scanner splits UTF-8 text into records as RFC 4180 has them, and forgives:
// lone quotation marks are text, blanks may stand around quoted cells, a
// quotation mark that never closes reaches to the end of its own line only.
// Its time is linear in the text whatever stands in it.
type scanner struct {
	r    io.Reader
	sep  byte
	eol  byte // '\n', or '\r' in files of old Macs
	buf  []byte
	pos  int   // start of the record at hand
	base int64 // offset of buf[0] in the text
	eof  bool
	line int
	// oneLineTo is the offset up to which quoted cells must close on their own
	// line, because one opened before it never closed.
	oneLineTo int64
}

const firstBuffer = 128 << 10

func newScanner(r io.Reader, sep, eol byte) *scanner {
	return &scanner{r: r, sep: sep, eol: eol, buf: make([]byte, 0, firstBuffer), line: 1}
}

// outcome is how an attempt to read one record, or one quoted cell, went.
type outcome int

const (
	recordEnds outcome = iota
	recordGoesOn
	needMore
	unclosed // a quoted cell doesn't close where it should
	tooWide
)

// next appends the next record that is not blank to b. It answers io.EOF at
// the end, ErrTooBig, or the reader's error.
func (s *scanner) next(b *batch) error {
	for {
		dataLen, first, line := len(b.data), len(b.ends), s.line
		badQuotes, err := s.read(b)
		if err != nil {
			return err
		}
		if len(b.ends) == first+1 && len(bytes.TrimSpace(b.data[dataLen:])) == 0 {
			b.data, b.ends = b.data[:dataLen], b.ends[:first]
			continue
		}
		b.rows = append(b.rows, rowMark{first: first, line: line, badQuotes: badQuotes})
		return nil
	}
}

// read appends the cells of the record at s.pos, blank or not, and goes behind
// it.
func (s *scanner) read(b *batch) (badQuotes bool, err error) {
	dataLen, first := len(b.data), len(b.ends)
	oneLine := s.base+int64(s.pos) < s.oneLineTo
	for {
		end, out := s.pos, needMore
		if s.pos < len(s.buf) {
			end, badQuotes, out = s.attempt(b, oneLine)
		} else if s.eof {
			return false, io.EOF
		}
		tooBig := end-s.pos > MaxRecord
		if out == recordEnds && !tooBig {
			s.line += bytes.Count(s.buf[s.pos:end], []byte{s.eol})
			s.pos = end
			return badQuotes, nil
		}
		b.data, b.ends = b.data[:dataLen], b.ends[:first]
		switch {
		case out == unclosed, out != tooWide && tooBig && !oneLine:
			oneLine = true
			s.oneLineTo = max(s.oneLineTo, s.base+int64(end))
		case out == tooWide, tooBig:
			return false, ErrTooBig
		default:
			if err := s.fill(); err != nil {
				return false, err
			}
		}
	}
}

// attempt splits the record at s.pos. At recordEnds, end is where the next one
// begins; else it is how far was looked.
func (s *scanner) attempt(b *batch, oneLine bool) (end int, badQuotes bool, out outcome) {
	first, i := len(b.ends), s.pos
	lineEnd := s.lineEnd(i)
	for {
		if len(b.ends)-first >= MaxColumns {
			return i, false, tooWide
		}
		if j := skipBlanks(s.buf, i); j < len(s.buf) && s.buf[j] == '"' {
			end, out := s.quoted(b, j+1, oneLine)
			switch {
			case out == recordGoesOn:
				if i = end; lineEnd >= 0 && i > lineEnd {
					lineEnd = s.lineEnd(i)
				}
				continue
			case out == recordEnds, out == needMore, !oneLine:
				return end, badQuotes, out
			}
			badQuotes = true
		}
		if lineEnd < 0 && !s.eof {
			return len(s.buf), false, needMore
		}
		stop, after := lineEnd, lineEnd+1
		if lineEnd < 0 {
			stop, after = len(s.buf), len(s.buf)
		}
		if k := bytes.IndexByte(s.buf[i:stop], s.sep); k >= 0 {
			b.add(s.buf[i : i+k])
			i += k + 1
			continue
		}
		cell := s.buf[i:stop]
		if s.eol == '\n' {
			cell = bytes.TrimSuffix(cell, []byte{'\r'})
		}
		b.add(cell)
		return after, badQuotes, recordEnds
	}
}

// quoted reads a quoted cell whose text begins at i. With oneLine it must
// close on its own line; without, a lone quotation mark on a later line, or
// behind a separator, means that the opening one is not the beginning of a
// cell.
func (s *scanner) quoted(b *batch, i int, oneLine bool) (end int, out outcome) {
	dataLen, crossed := len(b.data), false
	giveUp := func(at int, why outcome) (int, outcome) {
		b.data = b.data[:dataLen]
		return at, why
	}
	for {
		k := bytes.IndexByte(s.buf[i:], '"')
		part := s.buf[i:]
		if k >= 0 {
			part = part[:k]
		}
		crossed = crossed || bytes.IndexByte(part, s.eol) >= 0
		switch {
		case oneLine && crossed, k < 0 && s.eof:
			return giveUp(i+len(part), unclosed)
		case k < 0:
			return giveUp(len(s.buf), needMore)
		}
		b.data = append(b.data, part...)
		i += k + 1
		if i < len(s.buf) && s.buf[i] == '"' {
			b.data = append(b.data, '"')
			i++
			continue
		}
		j := skipBlanks(s.buf, i)
		if s.eol == '\n' && j < len(s.buf) && s.buf[j] == '\r' {
			j++
		}
		switch {
		case j == len(s.buf) && !s.eof:
			return giveUp(j, needMore)
		case j == len(s.buf):
			b.ends = append(b.ends, len(b.data))
			return j, recordEnds
		case s.buf[j] == s.eol:
			b.ends = append(b.ends, len(b.data))
			return j + 1, recordEnds
		case s.buf[j] == s.sep:
			b.ends = append(b.ends, len(b.data))
			return j + 1, recordGoesOn
		case crossed, i >= 2 && s.buf[i-2] == s.sep: // another cell's opening one
			return giveUp(i, unclosed)
		}
		b.data = append(b.data, '"')
	}
}

// fill reads on: at least as much as is at hand, so that reading a record anew
// after each fill stays linear.
func (s *scanner) fill() error {
	kept := copy(s.buf, s.buf[s.pos:])
	s.base += int64(s.pos)
	s.buf, s.pos = s.buf[:kept], 0
	if kept > cap(s.buf)/2 {
		s.buf = append(make([]byte, 0, 2*cap(s.buf)), s.buf...)
	}
	for len(s.buf) < cap(s.buf) {
		n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		if errors.Is(err, io.EOF) {
			s.eof = true
			return nil
		}
		if err != nil {
			return unreadable(err)
		}
	}
	return nil
}

func (s *scanner) lineEnd(from int) int {
	k := bytes.IndexByte(s.buf[from:], s.eol)
	if k < 0 {
		return -1
	}
	return from + k
}

func skipBlanks(buf []byte, i int) int {
	for i < len(buf) && buf[i] == ' ' {
		i++
	}
	return i
}

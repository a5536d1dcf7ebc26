package transfer

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// Table is a file of customers that was looked at. It keeps the file open and
// a few hundred rows of it; Records reads the rest when asked, as often as
// asked. It may be used by several goroutines at once.
type Table struct {
	src     io.ReaderAt
	closer  io.Closer
	size    int64
	lines   int64
	charset charset
	sep     byte
	eol     byte

	header   bool
	skip     int // rows before the first customer
	headings []string
	named    []bool     // whether a column's heading is the file's own
	sample   [][]string // first rows, cleaned
}

const (
	headSize   = 256 << 10 // how much is looked at for separator and contents
	sampleRows = 500
)

// Open looks at the file at path: it is read once from end to end, never kept.
// It answers ErrUnreadable, ErrEmpty, ErrBinary or ErrTooBig. Close the table
// when done.
func Open(path string) (*Table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	var t *Table
	if err == nil {
		t, err = Sniff(f, info.Size())
	} else {
		err = unreadable(err)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	t.closer = f
	return t, nil
}

// Sniff is Open for anything that can be read at any place. The reader must
// stay readable as long as the table is used.
func Sniff(r io.ReaderAt, size int64) (*Table, error) {
	s, enc, err := look(r, size)
	if err != nil {
		return nil, err
	}
	t := &Table{src: r, size: size, charset: enc, eol: '\n', lines: s.newlines + 1}
	if s.newlines == 0 && s.returns > 0 {
		t.eol, t.lines = '\r', s.returns+1
	}
	head, err := t.head()
	if err != nil {
		return nil, err
	}
	t.sep = guessSeparator(head, t.eol)
	rows, err := t.firstRows()
	if err != nil {
		return nil, err
	}
	if err := t.findHeader(rows); err != nil {
		return nil, err
	}
	return t, nil
}

// Close closes the file. Records must not run.
func (t *Table) Close() error {
	if t.closer == nil {
		return nil
	}
	return t.closer.Close()
}

// Headings are the names of the columns, one each and no two alike: the
// file's, or "Column 3" where it has none.
func (t *Table) Headings() []string { return append([]string(nil), t.headings...) }

// HasHeadings tells whether the file's first row was taken for its headings.
func (t *Table) HasHeadings() bool { return t.header }

// Encoding is the IANA name of the encoding that the file is read in.
func (t *Table) Encoding() string { return t.charset.name }

// Separator is the byte between cells.
func (t *Table) Separator() byte { return t.sep }

// Lines is about how many lines the file has: Record.Line grows up to it.
func (t *Table) Lines() int64 { return t.lines }

// Sample returns what stands in the first rows of a column, cleaned, without
// the empty ones; at most n.
func (t *Table) Sample(column, n int) []string {
	var out []string
	for _, row := range t.sample {
		if len(out) < n && column >= 0 && column < len(row) && row[column] != "" {
			out = append(out, row[column])
		}
	}
	return out
}

// head returns the beginning of the text, up to the end of a line if there is
// one.
func (t *Table) head() ([]byte, error) {
	buf := make([]byte, headSize)
	n, err := io.ReadFull(t.charset.reader(t.src, t.size), buf)
	switch {
	case errors.Is(err, io.EOF):
		return nil, ErrEmpty
	case errors.Is(err, io.ErrUnexpectedEOF):
		return buf[:n], nil
	case err != nil:
		return nil, unreadable(err)
	}
	if k := bytes.LastIndexByte(buf, t.eol); k > 0 {
		buf = buf[:k+1]
	}
	return buf, nil
}

// scan returns a scanner at the beginning of the text.
func (t *Table) scan() *scanner {
	return newScanner(t.charset.reader(t.src, t.size), t.sep, t.eol)
}

// firstRows reads the rows that are looked at, cleaned.
func (t *Table) firstRows() ([][]string, error) {
	s, rows := t.scan(), [][]string(nil)
	total := 0
	for len(rows) < sampleRows && total < 4*headSize {
		var b batch
		err := s.next(&b)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		total += len(b.data)
		row := b.cells(string(b.data), 0, nil)
		for i := range row {
			row[i], _ = clean(row[i], false)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// setHeadings names the columns: those of the row of headings and those beyond
// it that the first rows fill.
func (t *Table) setHeadings(row []string, width int) {
	used := map[string]bool{}
	for i := range max(width, len(row)) {
		name := ""
		if i < len(row) {
			name = strings.Join(strings.Fields(row[i]), " ")
		}
		t.named = append(t.named, name != "")
		if name == "" {
			name = fmt.Sprintf("Column %d", i+1)
		}
		name, _ = cutAt(name, 100)
		unique := name
		for n := 2; used[strings.ToLower(unique)]; n++ {
			unique = fmt.Sprintf("%s (%d)", name, n)
		}
		used[strings.ToLower(unique)] = true
		t.headings = append(t.headings, unique)
	}
}

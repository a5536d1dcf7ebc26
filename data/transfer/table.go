package transfer

import (
	"context"
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
	source source
	closer io.Closer
	lines  int64

	header   bool
	skip     int // rows before the first customer
	headings []string
	named    []bool     // whether a column's heading is the file's own
	sample   [][]string // first rows, cleaned
}

// source is where a table's rows come from.
type source interface {
	// rows begins at the first row, headings and all.
	rows() rowReader
	// format is what kind of file it is.
	format() Format
}

// rowReader hands out rows one after another.
type rowReader interface {
	// next appends the next row that is not blank to b. It answers io.EOF at
	// the end, ErrTooBig, or what kept it from reading.
	next(b *batch) error
}

// Format is a kind of file.
type Format string

// The kinds of file.
const (
	CSV      Format = "csv"
	Workbook Format = "xlsx"
	Cards    Format = "vcard"
)

const (
	headSize   = 256 << 10 // how much is looked at for separator and contents
	sampleRows = 500
)

// Open is OpenSheet for the first sheet that holds something.
func Open(ctx context.Context, path string) (*Table, error) { return OpenSheet(ctx, path, "") }

// OpenSheet looks at the file at path: it is read once from end to end. Text
// is never kept; of a workbook the cells of the sheet are, in memory. sheet
// names one of Sheets, or is empty for the first that holds something. It
// answers ErrUnreadable, ErrEmpty, ErrTooBig, ctx's error, or why the file is
// none of the kinds that are read: ErrBinary, ErrProtected, ErrOldWorkbook,
// ErrOtherWorkbook, ErrUnpacksTooBig, ErrBrokenWorkbook. Close the table when
// done.
func OpenSheet(ctx context.Context, path, sheet string) (*Table, error) {
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
		t, err = sniffSheet(ctx, f, info.Size(), sheet)
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
func Sniff(ctx context.Context, r io.ReaderAt, size int64) (*Table, error) {
	return sniffSheet(ctx, r, size, "")
}

func sniffSheet(ctx context.Context, r io.ReaderAt, size int64, sheet string) (*Table, error) {
	t, err := newTable(ctx, r, size, sheet)
	if err != nil {
		return nil, err
	}
	rows, err := t.firstRows()
	if err != nil {
		return nil, err
	}
	if err := t.findHeader(rows); err != nil {
		return nil, err
	}
	return t, nil
}

func newTable(ctx context.Context, r io.ReaderAt, size int64, sheet string) (*Table, error) {
	if isZip(r) {
		book, err := openWorkbook(ctx, r, size, sheet)
		if err != nil {
			return nil, err
		}
		return &Table{source: book, lines: int64(book.last)}, nil
	}
	s, enc, err := look(ctx, r, size)
	if err != nil {
		return nil, err
	}
	if isVCard(r) {
		cards, err := openCards(ctx, enc, r, size)
		if err != nil {
			return nil, err
		}
		return &Table{source: cards, lines: int64(cards.lines)}, nil
	}
	text, err := openText(s, enc, r, size)
	if err != nil {
		return nil, err
	}
	return &Table{source: text, lines: text.lines(s)}, nil
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

// Format tells what kind of file it is.
func (t *Table) Format() Format { return t.source.format() }

// Encoding is the IANA name of the encoding that a text is read in.
func (t *Table) Encoding() string {
	switch s := t.source.(type) {
	case *textSource:
		return s.charset.name
	case *cardSource:
		return s.charset.name
	}
	return ""
}

// Separator is the byte between the cells of a text, else zero.
func (t *Table) Separator() byte {
	if s, ok := t.source.(*textSource); ok {
		return s.sep
	}
	return 0
}

// Sheets are the names of a workbook's sheets that hold something.
func (t *Table) Sheets() []string {
	if s, ok := t.source.(*workbookSource); ok {
		return append([]string(nil), s.sheets...)
	}
	return nil
}

// Sheet is the one that is read.
func (t *Table) Sheet() string {
	if s, ok := t.source.(*workbookSource); ok {
		return s.sheet
	}
	return ""
}

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

// firstRows reads the rows that are looked at, cleaned.
func (t *Table) firstRows() ([][]string, error) {
	s, rows := t.source.rows(), [][]string(nil)
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

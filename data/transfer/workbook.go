package transfer

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbookSource holds the cells of one sheet of an Excel workbook (ECMA-376),
// in memory: nothing of it is ever written to the disk.
type workbookSource struct {
	sheet   string
	sheets  []string // those that hold something
	batches []*batch
	last    int // the last row's number
}

// Limits of a workbook besides MaxUnpacked. They bound what its parts become
// in memory, where a tag of five bytes takes a hundred.
const (
	maxPart  = 16 << 20 // bytes of a part that is neither a sheet nor its texts
	maxTags  = 8 << 20  // tags of the shared texts
	maxCells = 20 << 20 // cells of a sheet, blank ones before the last of a row too
	maxCell  = 4*MaxText + 4

	lastBytes = 256 // of a part
)

func (w *workbookSource) format() Format { return Workbook }

func (w *workbookSource) rows() rowReader { return &keptRows{batches: w.batches} }

// keptRows hands out rows that are in memory.
type keptRows struct {
	batches []*batch
	at, row int
	text    string // of batches[at]
	cells   []string
}

func (k *keptRows) next(b *batch) error {
	for k.at < len(k.batches) && k.row == len(k.batches[k.at].rows) {
		k.at, k.row, k.text = k.at+1, 0, ""
	}
	if k.at == len(k.batches) {
		return io.EOF
	}
	from := k.batches[k.at]
	if k.text == "" {
		k.text = string(from.data)
	}
	k.cells = from.cells(k.text, k.row, k.cells[:0])
	b.rows = append(b.rows, rowMark{first: len(b.ends), line: from.rows[k.row].line})
	for _, cell := range k.cells {
		b.addText(cell)
	}
	k.row++
	return nil
}

// isZip tells an archive, which every workbook of today is.
func isZip(r io.ReaderAt) bool {
	var head [4]byte
	if n, err := r.ReadAt(head[:], 0); n < len(head) || err != nil && !errors.Is(err, io.EOF) {
		return false
	}
	return string(head[:]) == "PK\x03\x04" || string(head[:]) == "PK\x05\x06"
}

// openWorkbook reads a sheet of a workbook into memory; the first that holds
// something where sheet is empty.
func openWorkbook(ctx context.Context, r io.ReaderAt, size int64, sheet string) (w *workbookSource, err error) {
	if err := checkParts(ctx, r, size); err != nil {
		return nil, err
	}
	defer func() {
		if recover() != nil { // what the library says of it may quote the file
			w, err = nil, ErrBrokenWorkbook
		}
	}()
	f, err := excelize.OpenReader(io.NewSectionReader(r, 0, size), excelize.Options{
		UnzipSizeLimit: MaxUnpacked, UnzipXMLSizeLimit: MaxUnpacked, // equal: never to the disk
	})
	if err != nil {
		return nil, ErrBrokenWorkbook
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w = &workbookSource{}
	if w.sheets, err = sheetsOf(ctx, f); err != nil {
		return nil, err
	}
	if len(w.sheets) == 0 {
		return nil, ErrEmpty
	}
	w.sheet = w.sheets[0]
	for _, name := range w.sheets {
		if name == sheet {
			w.sheet = name
		}
	}
	if err := w.read(ctx, f); err != nil {
		return nil, err
	}
	return w, nil
}

// checkParts looks into the archive before anything of it is unpacked: is it a
// workbook, and can it be unpacked without harm?
func checkParts(ctx context.Context, r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return ErrBrokenWorkbook
	}
	known := ErrBinary
	var total uint64
	tooBig := size > MaxUnpacked
	for _, part := range z.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		n := part.UncompressedSize64
		total += min(n, MaxUnpacked+1) // no overflow, whatever the archive says
		tooBig = tooBig || total > MaxUnpacked
		switch {
		case name == "xl/workbook.xml" && known == ErrBinary:
			known = nil
		case name == "xl/workbook.bin", name == "content.xml", strings.HasPrefix(name, "index/"):
			known = ErrOtherWorkbook
		case name == "xl/sharedstrings.xml" && !tooBig:
			tags, _, err := scanPart(ctx, part)
			if err != nil {
				return err
			}
			tooBig = tags > maxTags
		case strings.HasPrefix(name, "xl/worksheets/sheet") && !tooBig:
			// The library takes a sheet that breaks off for one that ends.
			_, end, err := scanPart(ctx, part)
			if err != nil {
				return err
			}
			if !bytes.HasSuffix(bytes.TrimSpace(end), []byte("worksheet>")) {
				known = ErrBrokenWorkbook
			}
		case strings.HasPrefix(name, "xl/worksheets/sheet"), strings.HasPrefix(name, "xl/media/"):
		default:
			tooBig = tooBig || n > maxPart
		}
	}
	switch {
	case known != nil:
		return known
	case tooBig:
		return ErrUnpacksTooBig
	}
	return nil
}

// scanPart counts the tags of a part and answers its last bytes. Archives name
// a part's size and checksum: more of it, or something else, is no part.
func scanPart(ctx context.Context, part *zip.File) (tags int, end []byte, err error) {
	in, err := part.Open()
	if err != nil {
		return 0, nil, ErrBrokenWorkbook
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	buf := make([]byte, 64<<10)
	for {
		if err := ctx.Err(); err != nil {
			return 0, nil, err
		}
		k, err := in.Read(buf)
		tags += bytes.Count(buf[:k], []byte{'<'})
		end = append(end, buf[:k]...)
		end = append(end[:0], end[max(0, len(end)-lastBytes):]...)
		switch {
		case errors.Is(err, io.EOF):
			return tags, end, nil
		case err != nil:
			return 0, nil, ErrBrokenWorkbook
		}
	}
}

// sheetsOf lists the visible sheets that hold something; the hidden ones where
// no other does.
func sheetsOf(ctx context.Context, f *excelize.File) ([]string, error) {
	var shown, hidden []string
	for _, name := range f.GetSheetList() {
		filled, err := hasCells(ctx, f, name)
		if err != nil {
			return nil, err
		}
		if !filled {
			continue
		}
		if visible, err := f.GetSheetVisible(name); err == nil && !visible {
			hidden = append(hidden, name)
		} else {
			shown = append(shown, name)
		}
	}
	if len(shown) == 0 {
		return hidden, nil
	}
	return shown, nil
}

func hasCells(ctx context.Context, f *excelize.File, sheet string) (bool, error) {
	rows, err := f.Rows(sheet)
	if err != nil {
		return false, nil // a sheet of a chart or the like has none
	}
	filled := false
	for !filled && rows.Next() {
		if err := ctx.Err(); err != nil {
			return false, errors.Join(err, rows.Close())
		}
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			rows.Close()
			return false, ErrBrokenWorkbook
		}
		filled = !allBlank(cells)
	}
	return filled, closed(rows)
}

// read keeps the cells of the sheet. It walks it twice in step: what a cell
// holds is its raw value, what it means (a date, zeros at the front) is only
// to be seen in how it is shown.
func (w *workbookSource) read(ctx context.Context, f *excelize.File) (err error) {
	raw, err := f.Rows(w.sheet)
	if err != nil {
		return ErrBrokenWorkbook
	}
	defer func() { err = errors.Join(err, closed(raw)) }()
	shown, err := f.Rows(w.sheet)
	if err != nil {
		return ErrBrokenWorkbook
	}
	defer func() { err = errors.Join(err, closed(shown)) }()
	props, err := f.GetWorkbookProps()
	if err != nil {
		return ErrBrokenWorkbook
	}
	from1904 := props.Date1904 != nil && *props.Date1904
	b, text, cells := &batch{}, 0, 0
	for line := 1; raw.Next() && shown.Next(); line++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		values, err := raw.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return ErrBrokenWorkbook
		}
		looks, err := shown.Columns()
		if err != nil {
			return ErrBrokenWorkbook
		}
		if allBlank(values) {
			continue
		}
		if len(values) > MaxColumns {
			return ErrTooBig
		}
		b.rows = append(b.rows, rowMark{first: len(b.ends), line: line})
		for i, v := range values {
			if i < len(looks) {
				v = cellText(v, looks[i], from1904)
			}
			b.addText(v[:min(len(v), maxCell)])
		}
		w.last = line
		if len(b.rows) == batchRows || len(b.data) >= batchBytes {
			text, cells = text+len(b.data), cells+len(b.ends)
			w.batches = append(w.batches, b)
			b = &batch{}
		}
		if text+len(b.data) > MaxUnpacked || cells+len(b.ends) > maxCells {
			return ErrUnpacksTooBig
		}
	}
	w.batches = append(w.batches, b)
	return nil
}

func closed(rows *excelize.Rows) error {
	if rows.Close() != nil {
		return ErrBrokenWorkbook
	}
	return nil
}

var compoundFile = []byte("\xD0\xCF\x11\xE0")

// oldWorkbook tells what a compound file ([MS-CFB]) is by the names of its
// streams: a workbook locked by a password, one of Excel 97 to 2003, or
// something else.
func oldWorkbook(r io.ReaderAt, size int64) error {
	const most, overlap = 64 << 20, 64
	wide := func(s string) []byte {
		var out []byte
		for i := range len(s) {
			out = append(out, s[i], 0)
		}
		return out
	}
	locked, book := wide("EncryptedPackage"), wide("Workbook")
	found := ErrBinary
	buf := make([]byte, 1<<20)
	for at := int64(0); at < min(size, most); at += int64(len(buf) - overlap) {
		n, err := r.ReadAt(buf, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return unreadable(err)
		}
		if bytes.Contains(buf[:n], locked) {
			return ErrProtected
		}
		if bytes.Contains(buf[:n], book) {
			found = ErrOldWorkbook
		}
	}
	return found
}

package transfer

import (
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"lethe/data"
)

const exportSheet = "Customers"

// bookWriter writes a workbook with one sheet. Times and days are dates there,
// numbers of custom fields numbers, phone numbers texts, for a spreadsheet
// shortens long numbers.
type bookWriter struct {
	out     io.Writer
	file    *excelize.File
	stream  *excelize.StreamWriter
	columns []exportColumn
	cells   []any
	row     int
	moment  int // styles
	day     int
}

func newBookWriter(w io.Writer, temp string, columns []exportColumn) (_ *bookWriter, err error) {
	b := &bookWriter{out: w, columns: columns, cells: make([]any, len(columns)), row: 1}
	b.file = excelize.NewFile(excelize.Options{TmpDir: temp})
	defer func() {
		if err != nil {
			err = errors.Join(err, b.file.Close())
		}
	}()
	if err := b.file.SetSheetName("Sheet1", exportSheet); err != nil {
		return nil, err
	}
	moment, day := "yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd"
	if b.moment, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &moment}); err != nil {
		return nil, err
	}
	if b.day, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &day}); err != nil {
		return nil, err
	}
	if b.stream, err = b.file.NewStreamWriter(exportSheet); err != nil {
		return nil, err
	}
	if err := b.stream.SetColWidth(1, max(len(columns), 1), 20); err != nil {
		return nil, err
	}
	for i, heading := range headingsLine(columns) {
		b.cells[i] = heading
	}
	return b, b.flushRow()
}

func (b *bookWriter) flushRow() error {
	if b.row > MaxSheetRows+1 {
		return ErrTooManyRows
	}
	err := b.stream.SetRow("A"+strconv.Itoa(b.row), b.cells)
	b.row++
	return err
}

func (b *bookWriter) Write(r *data.Row) error {
	for i, c := range b.columns {
		b.cells[i] = b.cell(c, r)
	}
	return b.flushRow()
}

func (b *bookWriter) cell(c exportColumn, r *data.Row) any {
	if t, ok := c.time(r); ok {
		return b.date(t, b.moment)
	}
	if c.field == data.FieldFollowUp {
		return b.date(r.FollowUp.Time(time.UTC), b.day)
	}
	text := c.text(r)
	if c.custom == nil || text == "" {
		return cellOf(text)
	}
	switch c.custom.Kind {
	case data.FieldNumber:
		if n, err := strconv.ParseFloat(text, 64); err == nil && isNumber(text) && len(text) <= 15 {
			return n
		}
	case data.FieldDate:
		if t, err := time.Parse(time.DateOnly, text); err == nil {
			return b.date(t, b.day)
		}
	}
	return text
}

// date is a cell with a date, as a spreadsheet counts days: from 1900 on.
func (b *bookWriter) date(t time.Time, style int) any {
	if t.IsZero() {
		return nil
	}
	if t.Year() < 1928 { // what is read back as a number, and not as a date
		if style == b.day {
			return t.UTC().Format(time.DateOnly)
		}
		return t.UTC().Format(time.DateTime)
	}
	return excelize.Cell{StyleID: style, Value: t.UTC()}
}

// cellOf leaves a cell without a text out.
func cellOf(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (b *bookWriter) Close() error {
	err := b.stream.Flush()
	if err == nil {
		err = b.file.Write(b.out)
	}
	return errors.Join(err, b.file.Close())
}

package transfer

import (
	"bufio"
	"encoding/csv"
	"io"

	"lethe/data"
)

// textWriter writes RFC 4180: commas, CR LF, quotation marks where they are
// needed.
type textWriter struct {
	out     *bufio.Writer
	csv     *csv.Writer
	columns []exportColumn
	cells   []string
}

func newTextWriter(w io.Writer, mark bool, columns []exportColumn) (*textWriter, error) {
	t := &textWriter{out: bufio.NewWriterSize(w, 256<<10), columns: columns, cells: make([]string, len(columns))}
	if mark {
		if _, err := t.out.WriteString("\uFEFF"); err != nil {
			return nil, err
		}
	}
	t.csv = csv.NewWriter(t.out)
	t.csv.UseCRLF = true
	return t, t.csv.Write(headingsLine(columns))
}

func (t *textWriter) Write(r *data.Row) error {
	for i, c := range t.columns {
		t.cells[i] = c.text(r)
	}
	return t.csv.Write(t.cells)
}

func (t *textWriter) Close() error {
	t.csv.Flush()
	if err := t.csv.Error(); err != nil {
		return err
	}
	return t.out.Flush()
}

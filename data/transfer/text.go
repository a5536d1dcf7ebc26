package transfer

import (
	"bytes"
	"errors"
	"io"
)

// textSource is a file of separated values.
type textSource struct {
	src     io.ReaderAt
	size    int64
	charset charset
	sep     byte
	eol     byte
}

// openText finds out how a text that was looked at parts its rows and cells.
func openText(s *survey, enc charset, r io.ReaderAt, size int64) (*textSource, error) {
	t := &textSource{src: r, size: size, charset: enc, eol: '\n'}
	if s.newlines == 0 && s.returns > 0 {
		t.eol = '\r'
	}
	head, err := t.head()
	if err != nil {
		return nil, err
	}
	t.sep = guessSeparator(head, t.eol)
	return t, nil
}

func (t *textSource) rows() rowReader {
	return newScanner(t.charset.reader(t.src, t.size), t.sep, t.eol)
}

func (t *textSource) format() Format { return CSV }

func (t *textSource) lines(s *survey) int64 {
	if t.eol == '\r' {
		return s.returns + 1
	}
	return s.newlines + 1
}

// head returns the beginning of the text, up to the end of a line if there is
// one.
func (t *textSource) head() ([]byte, error) {
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

package transfer

import (
	"bytes"
	"context"
	"errors"
	"io"
	"unicode/utf8"
)

// survey is what one pass over a file's bytes tells about it.
type survey struct {
	bytes    int64
	zeros    [2]int64 // NUL at even and at odd places
	controls int64    // control characters that text doesn't hold, without NUL
	newlines int64
	returns  int64
	runes    int64  // well-formed UTF-8 sequences above ASCII
	broken   int64  // bytes that belong to none
	escapes  bool   // ISO-2022 switches character sets with these
	sample   []byte // lines that hold bytes above ASCII or escapes

	sampledTo int64 // how far the sample reaches
}

const (
	surveyChunk = 256 << 10
	sampleSize  = 64 << 10
)

// magic are the first bytes of files that people take for lists.
var magic = [][]byte{
	[]byte("%PDF-"), []byte("\x89PNG"),
	[]byte("\xFF\xD8\xFF"), []byte("GIF8"), []byte("\x1F\x8B"), []byte("7z\xBC\xAF"),
	[]byte("Rar!"), []byte("\x7FELF"), []byte("MZ\x90"),
	[]byte("SQLite format 3\x00"), []byte("BZh9"), []byte("\xFD7zXZ"), []byte("{\\rtf"),
}

// isVCard tells a file of contact cards by how each begins (RFC 6350, section
// 6.1.1), in UTF-8 or UTF-16.
func isVCard(r io.ReaderAt) bool {
	head := make([]byte, 128)
	n, err := r.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return false
	}
	text := bytes.ReplaceAll(head[:n], []byte{0}, nil)
	for _, mark := range []string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"} {
		text = bytes.TrimPrefix(text, []byte(mark))
	}
	return bytes.HasPrefix(bytes.ToUpper(bytes.TrimSpace(text)), []byte("BEGIN:VCARD"))
}

// look makes the survey of a text and tells its encoding. It answers ErrEmpty,
// ErrBinary, ErrProtected, ErrOldWorkbook, ErrUnreadable or ctx's error.
func look(ctx context.Context, r io.ReaderAt, size int64) (*survey, charset, error) {
	if size == 0 {
		return nil, charset{}, ErrEmpty
	}
	head := make([]byte, min(size, 16))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, charset{}, unreadable(err)
	}
	for _, m := range magic {
		if bytes.HasPrefix(head, m) {
			return nil, charset{}, ErrBinary
		}
	}
	if bytes.HasPrefix(head, compoundFile) {
		return nil, charset{}, oldWorkbook(r, size)
	}
	marked, known := byMark(head)
	s := &survey{}
	buf := make([]byte, surveyChunk)
	var carried int
	for at := int64(0); at < size; {
		n, err := r.ReadAt(buf[carried:min(int64(len(buf)), int64(carried)+size-at)], at)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, charset{}, unreadable(err)
		}
		if n == 0 {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, charset{}, err
		}
		at += int64(n)
		carried = s.add(buf, carried+n, at >= size)
		if !known && s.binary() {
			return nil, charset{}, ErrBinary
		}
	}
	if known {
		return s, marked, nil
	}
	return s, s.guess(), nil
}

// add counts what stands in buf[:n]. Unless it is the last piece, a character
// that may be cut off at its end is moved to the front of buf and left for the
// next call; its length is returned.
func (s *survey) add(buf []byte, n int, last bool) (carried int) {
	for i := 0; i < n; {
		c := buf[i]
		if c >= utf8.RuneSelf {
			if !last && !utf8.FullRune(buf[i:n]) {
				return copy(buf, buf[i:n])
			}
			s.keep(buf[:n], i)
			r, width := utf8.DecodeRune(buf[i:n])
			if r == utf8.RuneError && width == 1 {
				s.broken++
			} else {
				s.runes++
			}
			s.bytes += int64(width)
			i += width
			continue
		}
		switch {
		case c >= ' ' && c != 0x7F:
		case c == '\n':
			s.newlines++
		case c == '\r':
			s.returns++
		case c == 0:
			s.zeros[s.bytes&1]++
		case c == 0x1B:
			s.escapes = true
			s.keep(buf[:n], i)
		case c == '\t', c == '\f', c == '\v', c == 0x1A:
		default:
			s.controls++
		}
		s.bytes++
		i++
	}
	return 0
}

// keep adds the line around buf[i] to the sample, unless it is in it.
func (s *survey) keep(buf []byte, i int) {
	const longest = 4 << 10
	if s.bytes < s.sampledTo || len(s.sample) >= sampleSize {
		return
	}
	start := bytes.LastIndexAny(buf[:i], "\r\n") + 1
	end := min(i+longest, len(buf))
	if k := bytes.IndexAny(buf[i:end], "\r\n"); k >= 0 {
		end = i + k + 1
	}
	s.sample = append(s.sample, buf[max(start, i-longest):end]...)
	s.sampledTo = s.bytes + int64(end-i)
}

// binary tells whether too much of what was seen can't be text.
func (s *survey) binary() bool {
	zeros := s.zeros[0] + s.zeros[1]
	if s.utf16(0, 1) || s.utf16(1, 0) {
		zeros = 0
	}
	odd := zeros + s.controls
	return odd > 4 && odd > s.bytes/20
}

package transfer

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// maxLine is how much of one line of a card is kept: more than MaxText
// characters, as quoted-printable writes them. The rest is a picture or cut.
const maxLine = 16 * MaxText

// cardLines reads lines that end in LF, CR LF or CR, whatever their length.
type cardLines struct {
	r    *bufio.Reader
	line int // number of the last one, from 1
	back bool
	last string
	cr   bool // the last one ended in CR: an LF behind it belongs to it
}

func newCardLines(r io.Reader) *cardLines { return &cardLines{r: bufio.NewReaderSize(r, 64<<10)} }

// next returns a line without its end. It answers io.EOF behind the last.
func (l *cardLines) next() (string, error) {
	if l.back {
		l.back = false
		l.line++
		return l.last, nil
	}
	var b strings.Builder
	for empty := true; ; empty = false {
		c, err := l.r.ReadByte()
		if errors.Is(err, io.EOF) && !empty {
			break
		}
		if errors.Is(err, io.EOF) {
			return "", io.EOF
		}
		if err != nil {
			return "", unreadable(err)
		}
		if c == '\n' && l.cr && empty { // of the end of the line before
			if c, err = l.r.ReadByte(); err != nil {
				return "", eofOr(err)
			}
		}
		l.cr = false
		if c == '\n' || c == '\r' {
			l.cr = c == '\r'
			break
		}
		if b.Len() < maxLine {
			b.WriteByte(c)
		}
	}
	l.line++
	l.last = b.String()
	return l.last, nil
}

func eofOr(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return unreadable(err)
}

// unread gives the last line back.
func (l *cardLines) unread() {
	l.back = true
	l.line--
}

// property returns the next line of a card with what is folded onto it: lines
// that begin with a blank (RFC 6350, section 3.2), and in quoted-printable
// those behind an equals sign (RFC 2045, section 6.7). Blank lines are passed
// over.
func (l *cardLines) property() (string, error) {
	text, err := l.next()
	for err == nil && strings.TrimSpace(text) == "" {
		text, err = l.next()
	}
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString(text)
	quoted := isQuotedPrintable(text)
	soft := quoted && strings.HasSuffix(text, "=")
	for {
		more, err := l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		folded := more != "" && (more[0] == ' ' || more[0] == '\t')
		switch {
		case soft:
			b.WriteString("\n")
		case folded:
			more = more[1:]
		default:
			l.unread()
			return b.String(), nil
		}
		if b.Len() < maxLine {
			b.WriteString(more)
		}
		soft = quoted && strings.HasSuffix(more, "=")
	}
	return b.String(), nil
}

// isQuotedPrintable tells whether a property's parameters say so.
func isQuotedPrintable(line string) bool {
	head, _, _ := strings.Cut(line, ":")
	return strings.Contains(strings.ToUpper(head), "QUOTED-PRINTABLE")
}

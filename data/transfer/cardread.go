package transfer

import (
	"encoding/base64"
	"errors"
	"io"
	"mime/quotedprintable"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-vcard"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// card is one contact card.
type card struct {
	line   int // at which it begins, from 1
	values []cardValue
	left   bool // a picture, sound or key was left out
	unread bool // a line could not be made sense of
}

// cardValue is a value with the heading of its column.
type cardValue struct{ heading, text string }

// cardReader reads cards one after another. The grammar is go-vcard's; what
// that doesn't know is brought into its form before: quoted-printable and
// parameters without a name (vCard 2.1), character sets of single values.
type cardReader struct {
	lines *cardLines
}

func newCardReader(r io.Reader) *cardReader { return &cardReader{newCardLines(r)} }

// next returns the next card. It answers io.EOF, ErrTooBig or ErrUnreadable.
func (r *cardReader) next() (*card, error) {
	c := &card{}
	for { // what stands between cards is none
		line, err := r.lines.property()
		if err != nil {
			return nil, err
		}
		if isMark(line, "BEGIN") {
			c.line = r.lines.line
			break
		}
	}
	var text strings.Builder
	text.WriteString("BEGIN:VCARD\r\n")
	nested, agent := 0, false
	for {
		line, err := r.lines.property()
		if errors.Is(err, io.EOF) {
			break // the end is missing
		}
		if err != nil {
			return nil, err
		}
		if isMark(line, "BEGIN") {
			if !agent && nested == 0 {
				r.lines.unread() // the end of this one is missing
				break
			}
			nested++
			continue
		}
		if isMark(line, "END") {
			if nested == 0 {
				break
			}
			nested--
			continue
		}
		if nested > 0 { // another person, within AGENT
			c.left = true
			continue
		}
		p := c.property(line)
		agent = strings.HasPrefix(p, "AGENT") && strings.HasSuffix(p, ":\r\n")
		text.WriteString(p)
		if text.Len() > MaxRecord {
			return nil, ErrTooBig
		}
	}
	text.WriteString("END:VCARD\r\n")
	parsed, err := vcard.NewDecoder(strings.NewReader(text.String())).Decode()
	if err != nil {
		c.unread = true
		return c, nil
	}
	c.values = valuesOf(parsed)
	return c, nil
}

// isMark tells "BEGIN:VCARD" and "END:VCARD".
func isMark(line, word string) bool {
	name, value, ok := strings.Cut(line, ":")
	return ok && strings.EqualFold(strings.TrimSpace(name), word) && strings.EqualFold(strings.TrimSpace(value), "VCARD")
}

// property rewrites one line of a card: its name with the parameters that say
// what it is, and its value as UTF-8 on one line. It is empty for what is not
// kept.
func (c *card) property(line string) string {
	head, value, ok := cutValue(line)
	if !ok {
		c.unread = c.unread || !c.left // a picture goes on over lines of its own
		return ""
	}
	parts := splitParams(head)
	group, name := "", strings.ToUpper(strings.TrimSpace(parts[0]))
	if g, n, ok := strings.Cut(name, "."); ok {
		group, name = plainWord(g), n
	}
	if name = plainWord(name); name == "" {
		c.unread = true
		return ""
	}
	var types []string
	var encoding, set, pref string
	for _, part := range parts[1:] {
		key, v, named := strings.Cut(part, "=")
		key, v = strings.ToUpper(strings.TrimSpace(key)), strings.Trim(strings.TrimSpace(v), `"`)
		switch {
		case !named && (key == "QUOTED-PRINTABLE" || key == "BASE64" || key == "B"):
			encoding = key
		case !named:
			types = append(types, plainWord(key))
		case key == "ENCODING":
			encoding = strings.ToUpper(v)
		case key == "CHARSET":
			set = v
		case key == "PREF":
			pref = plainWord(v)
		case key == "TYPE":
			for t := range strings.SplitSeq(v, ",") {
				types = append(types, plainWord(t))
			}
		}
	}
	binary := encoding == "BASE64" || encoding == "B" || strings.HasPrefix(value, "data:")
	switch name {
	case "PHOTO", "LOGO", "SOUND", "KEY":
		c.left = true
		return ""
	}
	switch {
	case binary:
		raw, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value), ""))
		if err != nil || !utf8.Valid(raw) || strings.HasPrefix(value, "data:") {
			c.left = true
			return ""
		}
		value = string(raw)
	case encoding == "QUOTED-PRINTABLE":
		value = unquote(value, set)
	}
	var out strings.Builder
	if group != "" {
		out.WriteString(group + ".")
	}
	out.WriteString(name)
	for _, t := range types {
		if t != "" {
			out.WriteString(";TYPE=" + t)
		}
	}
	if pref != "" {
		out.WriteString(";PREF=" + pref)
	}
	out.WriteByte(':')
	out.WriteString(oneLine.Replace(value))
	out.WriteString("\r\n")
	return out.String()
}

var oneLine = strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// cutValue parts a line at the first colon outside quotation marks.
func cutValue(line string) (head, value string, ok bool) {
	quoted := false
	for i := range len(line) {
		switch line[i] {
		case '"':
			quoted = !quoted
		case ':':
			if !quoted {
				return line[:i], line[i+1:], true
			}
		}
	}
	return strings.Cut(line, ":") // quotation marks that don't close mean nothing
}

// splitParams parts at semicolons outside quotation marks.
func splitParams(head string) []string {
	var out []string
	quoted, from := false, 0
	for i := range len(head) {
		switch head[i] {
		case '"':
			quoted = !quoted
		case ';':
			if !quoted {
				out = append(out, head[from:i])
				from = i + 1
			}
		}
	}
	return append(out, head[from:])
}

// plainWord keeps letters, digits and dashes.
func plainWord(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' {
			return r
		}
		return -1
	}, s)
}

// unquote decodes quoted-printable (RFC 2045, section 6.7) in a character set,
// or as much of it as can be.
func unquote(value, set string) string {
	raw, _ := io.ReadAll(quotedprintable.NewReader(strings.NewReader(value))) // what was read before an error stays
	if enc, err := htmlindex.Get(set); set != "" && err == nil {
		if text, err := enc.NewDecoder().Bytes(raw); err == nil {
			return string(text)
		}
	}
	if utf8.Valid(raw) {
		return string(raw)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return string(text)
}

package fold

import (
	"strings"
	"unicode"
)

// maxMarks is how many marks may stand on one letter; more would be drawn
// over the rows above and below.
const maxMarks = 4

// OneLine makes a text from outside safe to show within a row or a sentence:
// line breaks, tabs, control characters and blank fillers become a single
// blank, characters that turn the direction of writing or can't be seen are
// removed (a joiner stays where it shapes an Indic letter), marks are piled
// at most four high, and bytes that are no text become the replacement
// character. What is longer than limit characters is cut between letters and
// ends with "…" as the last of them. A limit of 0 or less means none.
func OneLine(s string, limit int) string {
	if plain(s) && (limit <= 0 || len(s) <= limit) {
		return s
	}
	var b strings.Builder
	c := cutter{limit: limit}
	var before rune
	gap, marks := false, 0
	for _, r := range s {
		switch {
		case r == 0x200C || r == 0x200D:
			if gap || !virama(before) {
				continue
			}
		case unicode.IsSpace(r) || unicode.IsControl(r) || blank(r):
			gap = true
			continue
		case invisible(r):
			continue
		}
		if unicode.IsMark(r) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		if gap && b.Len() > 0 {
			c.note(&b, ' ')
		}
		gap = false
		c.note(&b, r)
		before = r
		if c.full {
			break
		}
	}
	return c.text(&b)
}

// cutter remembers where a text may be cut so that limit holds.
type cutter struct {
	limit int
	count int
	cut   int // where the last letter starts that leaves room for the "…"
	full  bool
}

func (c *cutter) note(b *strings.Builder, r rune) {
	if c.limit > 0 && c.count < c.limit && !unicode.IsMark(r) && r != 0x200C && r != 0x200D {
		c.cut = b.Len()
	}
	c.count++
	if c.limit > 0 && c.count > c.limit {
		c.full = true
		return
	}
	b.WriteRune(r)
}

func (c *cutter) text(b *strings.Builder) string {
	s := b.String()
	if !c.full {
		return s
	}
	return strings.TrimRight(s[:c.cut], " ") + "…"
}

// plain tells whether s is printable ASCII without blanks in a row or at its
// ends, which OneLine leaves as it is.
func plain(s string) bool {
	before := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return s == "" || before != ' '
}

// blank tells whether r is a letter or symbol that is drawn as nothing.
func blank(r rune) bool {
	switch r {
	case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, 0xFFFC:
		return true
	}
	return false
}

// virama tells whether r joins the Indic letter before it to the next.
func virama(r rune) bool {
	switch r {
	case 0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D4D, 0x0DCA:
		return true
	}
	return false
}

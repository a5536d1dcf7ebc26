package grid

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks one character may carry. Scripts need
// three or four; a pile of them is drawn over the rows above and below.
const maxMarks = 8

// OneLine returns s as it can be drawn on one line without spoiling what is
// around: breaks, tabs and other control characters become a space, runs of
// spaces one, invisible characters and those that turn the direction of text go
// away, piles of combining marks are cut, and bytes that are not UTF-8 become
// U+FFFD. Joiners stay: Devanagari and emoji need them.
func OneLine(s string) string { return oneLine(s, len(s)) }

// oneLine is OneLine of about the first limit characters of s; what follows is
// not looked at.
func oneLine(s string, limit int) string {
	if plain(s, limit) {
		return s
	}
	var b strings.Builder
	space, marks, n := true, 0, 0
	for _, r := range s {
		if n >= limit {
			break
		}
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			if !space {
				b.WriteByte(' ')
				n++
			}
			space, marks = true, 0
			continue
		case invisible(r):
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > maxMarks {
				continue
			}
		case !joiner(r):
			marks = 0
		}
		b.WriteRune(r)
		n++
		space = false
	}
	return strings.TrimRight(b.String(), " ")
}

// plain says whether s is short and can be drawn as it is.
func plain(s string, limit int) bool {
	if len(s) > limit {
		return false
	}
	before := byte(' ')
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || (c == ' ' && before == ' ') {
			return false
		}
		before = c
	}
	return len(s) == 0 || before != ' '
}

// joiner says whether r ties its neighbours together or sets their form.
func joiner(r rune) bool {
	return r == '\u200c' || r == '\u200d' || (r >= '\ufe00' && r <= '\ufe0f')
}

// invisible says whether r takes no room of its own, or turns what follows, and
// is not needed for writing.
func invisible(r rune) bool {
	switch {
	case joiner(r):
		return false
	case unicode.Is(unicode.Cf, r): // formats: directions, zero width, tags, soft hyphen
		return true
	case r == '\u034f' || r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0':
		return true // fillers: letters by name, blanks by look
	case r >= 0xe0100 && r <= 0xe01ef: // variation selectors for ideographs
		return true
	}
	return false
}

// cutBefore returns the longest prefix of s of at most n characters that does
// not part a character from its marks or a joiner from what it joins.
func cutBefore(s string, n int) string {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[at:])
		if size == 0 {
			return s
		}
		at += size
	}
	for at > 0 && at < len(s) {
		next, _ := utf8.DecodeRuneInString(s[at:])
		last, size := utf8.DecodeLastRuneInString(s[:at])
		if !unicode.Is(unicode.M, next) && !joiner(next) && !joiner(last) {
			break
		}
		at -= size
	}
	return s[:at]
}

// Package fold brings texts into the one form in which they are searched,
// filtered and sorted, reads digits however they are written, and makes
// strangers' texts safe to show on one line. It is pure and holds no state.
package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s without differences of case, accents, width and spacing:
// compatibility decomposition (UAX #15, NFKD) without accents, lower case,
// digits of every script as 0 to 9, invisible characters dropped, blanks and
// control characters squeezed into one blank and trimmed. "José" and "JOSÉ "
// both become "jose".
//
// Vowel signs of Devanagari and other Indic scripts are letters, not accents,
// and stay; the nukta, which many leave out when they type, goes. Folding
// what is folded changes nothing.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	return string(Append(make([]byte, 0, len(s)), s))
}

// Append appends Fold(s) to dst and returns the longer slice.
func Append(dst []byte, s string) []byte {
	start, gap := len(dst), false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			return appendUnicode(dst[:start], s)
		case c <= ' ' || c == 0x7f:
			gap = true
			continue
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		}
		if gap && len(dst) > start {
			dst = append(dst, ' ')
		}
		gap = false
		dst = append(dst, c)
	}
	return dst
}

func isFolded(s string) bool {
	before := byte(' ')
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < ' ' || c >= 0x7f || c >= 'A' && c <= 'Z' || c == ' ' && before == ' ' {
			return false
		}
		before = c
	}
	return s == "" || before != ' '
}

func appendUnicode(dst []byte, s string) []byte {
	start, gap := len(dst), false
	var room [128]byte
	for _, r := range string(norm.NFKD.AppendString(room[:0], s)) {
		switch {
		case unicode.IsSpace(r) || unicode.IsControl(r):
			gap = true
			continue
		case invisible(r) || accent(r):
			continue
		}
		if gap && len(dst) > start {
			dst = append(dst, ' ')
		}
		gap = false
		dst = appendLower(dst, r)
	}
	return dst
}

// appendLower appends r in lower case, where upper and lower meet: the final
// sigma becomes a sigma, and letters that accents can't be taken from become
// what people type instead.
func appendLower(dst []byte, r rune) []byte {
	if d, ok := digit(r); ok {
		return append(dst, '0'+byte(d))
	}
	r = unicode.ToLower(unicode.ToUpper(r))
	switch r {
	case 'ß':
		return append(dst, "ss"...)
	case 'æ':
		return append(dst, "ae"...)
	case 'œ':
		return append(dst, "oe"...)
	case 'ø':
		return append(dst, 'o')
	case 'ł':
		return append(dst, 'l')
	case 'đ', 'ð':
		return append(dst, 'd')
	case 'þ':
		return append(dst, "th"...)
	case 'ı':
		return append(dst, 'i')
	}
	return utf8.AppendRune(dst, r)
}

// accent tells whether r is a mark that people leave out when they type. Marks
// of one script only are vowels or the like, but for the points of Hebrew and
// the marks of Arabic, Syriac and Cyrillic.
func accent(r rune) bool {
	if r < 0x300 || !unicode.Is(unicode.Mn, r) {
		return false
	}
	switch r {
	case 0x093C, 0x09BC, 0x0A3C, 0x0ABC, 0x0B3C, 0x0C3C, 0x0CBC: // nukta
		return true
	case 0x3099, 0x309A: // voiced kana are other letters
		return false
	}
	return unicode.In(r, unicode.Inherited, unicode.Hebrew, unicode.Arabic,
		unicode.Syriac, unicode.Cyrillic, unicode.Greek, unicode.Latin)
}

// invisible tells whether r leaves nothing on the screen by itself: format
// characters (joiners, direction marks, soft hyphen) and fillers.
func invisible(r rune) bool {
	switch r {
	case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0:
		return true
	}
	return r >= 0xAD && unicode.Is(unicode.Cf, r) ||
		r >= 0xFE00 && r <= 0xFE0F || r >= 0xE0100 && r <= 0xE01EF
}

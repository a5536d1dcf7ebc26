package fold

import (
	"strings"
	"unicode"
)

// trunkAfter is how many digits must follow a single leading zero before it
// is taken as the one that is dialled within a country.
const trunkAfter = 5

// Digits returns the digits of a search text that looks like a phone number,
// or a part of one: digits of any script, blanks, dashes, dots, slashes and
// brackets, a plus sign at the front. The international prefix (+ or 00) is
// dropped, and so is a single leading zero before five or more digits; what
// stands around a number that was copied is passed over (pasted). It answers false if anything else stands in s or no digit at all.
func Digits(s string) (string, bool) {
	var b strings.Builder
	for _, r := range pasted(s) {
		if d, ok := digit(r); ok {
			b.WriteByte('0' + byte(d))
			continue
		}
		switch {
		case r == '+' || r == '＋':
			if b.Len() > 0 {
				return "", false
			}
		case !separator(r):
			return "", false
		}
	}
	d := b.String()
	switch {
	case len(d) > 2 && strings.HasPrefix(d, "00"):
		d = d[2:]
	case len(d) > trunkAfter && d[0] == '0':
		d = d[1:]
	}
	return d, d != ""
}

// IsDigit tells whether r is a decimal digit of any script, and which.
func IsDigit(r rune) (value int, ok bool) { return digit(r) }

func digit(r rune) (int, bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if r < 0x660 {
		return 0, false
	}
	// Every range of Nd is a row of whole tens, each from 0 to 9.
	for _, t := range unicode.Nd.R16 {
		if r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10, r >= rune(t.Lo)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r <= rune(t.Hi) {
			return int(r-rune(t.Lo)) % 10, r >= rune(t.Lo)
		}
	}
	return 0, false
}

func separator(r rune) bool {
	switch r {
	case '-', '.', '/', '(', ')', '[', ']', '·', '−', '－', '．':
		return true
	}
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || invisible(r)
}

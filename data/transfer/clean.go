package transfer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// faults are what clean found in a cell.
type faults struct {
	badBytes, control, cut bool
}

// clean makes a cell fit to be kept: trimmed, valid UTF-8, without NUL and
// other control characters, at most MaxText characters, without the apostrophe
// that keeps a spreadsheet from taking it for a formula. Line breaks become
// "\n" with lines, else blanks; tabs become blanks. Words for "nothing"
// (NULL, N/A, a dash) come back empty.
func clean(cell string, lines bool) (string, faults) {
	var f faults
	if !plain(cell) {
		cell, f = rewrite(cell, lines)
	}
	cell = strings.TrimSpace(cell)
	if isNothing(cell) {
		return "", f
	}
	cell = unguard(cell)
	if len(cell) > MaxText {
		cell, f.cut = cutAt(cell, MaxText)
	}
	return cell, f
}

// plain tells whether there is nothing to rewrite in the cell: printable ASCII.
func plain(cell string) bool {
	for i := range len(cell) {
		if c := cell[i]; c < ' ' || c >= 0x7F {
			return false
		}
	}
	return true
}

func rewrite(cell string, lines bool) (string, faults) {
	var f faults
	f.badBytes = strings.ContainsRune(cell, utf8.RuneError)
	if !utf8.ValidString(cell) {
		cell = strings.ToValidUTF8(cell, "\uFFFD")
	}
	cell = strings.ReplaceAll(cell, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n', r == '\r', r == '\t', r == '\f', r == '\v', r == '\u0085', r == '\u2028', r == '\u2029':
			return ' '
		case r == '\uFEFF', r == '\u0000' || unicode.IsControl(r):
			f.control = true
			return -1
		}
		return r
	}, cell), f
}

// cutAt returns the first n characters, and whether there were more.
func cutAt(s string, n int) (string, bool) {
	count := 0
	for i := range s {
		if count == n {
			return s[:i], true
		}
		count++
	}
	return s, false
}

// isNothing tells whether the text is a program's word for no value. "NA" and
// "None" are not among them: they are a country and a name.
func isNothing(s string) bool {
	if len(s) > 8 {
		return false
	}
	switch s {
	case "", "NULL", "null", "Null", "(null)", "<null>", `\N`, "N/A", "n/a", "N/a", "#N/A", "n.a.", "NIL",
		"-", "--", "---", "–", "—", "undefined":
		return true
	}
	return false
}

package transfer

import (
	"strings"

	"lethe/data/fold"
)

// kind is what the text of a cell looks like by itself.
type kind int

const (
	nothing kind = iota
	words
	email
	phoneNumber // written as one: with a plus sign, blanks, dashes, brackets
	digits      // 7 to 15 bare digits: a phone number, or a number of some kind
	lostPhone   // 9.18E+11: a phone number that a spreadsheet destroyed
	date
	flag
	webAddress
	number
	kinds
)

// kindOf tells what a cleaned cell looks like.
func kindOf(cell string) kind {
	switch {
	case cell == "":
		return nothing
	case looksLikeEmail(cell):
		return email
	case strings.HasPrefix(cell, "http://"), strings.HasPrefix(cell, "https://"), strings.HasPrefix(cell, "www."):
		return webAddress
	case isScientific(cell):
		return lostPhone
	}
	if k := phoneKind(cell); k != nothing {
		return k
	}
	if _, ok := readFlag(cell); ok {
		return flag
	}
	if c := cell[0]; c >= '0' && c <= '9' || len(cell) >= 8 {
		if _, isSerial := serial(cell); !isSerial {
			if _, _, ok := parseTime(cell, dayFirst); ok {
				return date
			}
		}
	}
	if strings.Trim(cell, "+-.,0123456789 %") == "" {
		return number
	}
	return words
}

func looksLikeEmail(s string) bool {
	at := strings.LastIndexByte(s, '@')
	if at < 1 || len(s) > 254 || strings.ContainsAny(s, " \t\n,;<>\"") {
		return false
	}
	dot := strings.LastIndexByte(s[at:], '.')
	return dot > 1 && at+dot < len(s)-1
}

// isScientific tells whether the text is a big number in scientific notation.
func isScientific(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E")
	return ok && mantissa != "" && strings.Trim(mantissa, "0123456789.,+") == "" &&
		strings.HasPrefix(exponent, "+") && len(exponent) > 1 && strings.Trim(exponent[1:], "0123456789") == ""
}

// phoneKind tells whether the text is written like a phone number.
func phoneKind(s string) kind {
	if i := strings.IndexAny(s, ",;|\n"); i > 0 {
		s = s[:i] // several of them
	}
	s, _, _ = strings.Cut(s, " ::: ")
	if s = strings.Trim(asciiDigits(s), ` '"=`); len(s) > 40 || s == "" {
		return nothing
	}
	if i := strings.IndexByte(s, ':'); i > 0 && i < 9 && !strings.ContainsAny(s[:i], "0123456789") {
		s = s[i+1:] // tel:, p:, whatsapp:
	}
	s, _ = cutExtension(s)
	count, marks, points := 0, 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			count++
		case c == '+' && (i == 0 || s[i-1] == '(' || s[i-1] == ' '):
			marks++
		case c == ' ', c == '-', c == '(', c == ')', c == '/':
			marks++
		case c == '.':
			points++
		default:
			return nothing
		}
	}
	switch {
	case count < 6 || count > 15:
		return nothing
	case marks == 0 && points == 0 && count >= 7:
		return digits
	case marks == 0 && points < 2:
		return nothing // a number with decimals
	}
	if _, _, ok := parseTime(s, dayFirst); ok && s[0] != '+' {
		return nothing
	}
	return phoneNumber
}

// asciiDigits writes the digits of every script as 0 to 9.
func asciiDigits(s string) string {
	if plain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if d, ok := fold.IsDigit(r); ok {
			return '0' + rune(d)
		}
		return r
	}, s)
}

// cutExtension takes "x1234", "ext. 12" and "#5" off a phone number.
func cutExtension(s string) (string, bool) {
	at := strings.LastIndexAny(s, "xX#tT.")
	if at < 6 {
		return s, false
	}
	tail := strings.TrimSpace(s[at+1:])
	if tail == "" || len(tail) > 7 || strings.Trim(tail, "0123456789") != "" {
		return s, false
	}
	head := s[:at]
	switch s[at] {
	case '.':
		lower := strings.ToLower(head)
		rest, ok := strings.CutSuffix(lower, "ext")
		if !ok {
			return s, false
		}
		head = head[:len(rest)]
	case 't', 'T':
		lower := strings.ToLower(head)
		rest, ok := strings.CutSuffix(lower, "ex")
		if !ok {
			return s, false
		}
		head = head[:len(rest)]
	}
	return strings.TrimRight(head, " ,;"), true
}

// readFlag reads yes and no as programs write them, and the words that
// DoubleTick uses for its two flags.
func readFlag(s string) (yes, ok bool) {
	if len(s) > 12 {
		return false, false
	}
	switch strings.ToLower(s) {
	case "yes", "y", "true", "t", "1", "on", "blocked", "opted out", "opted-out", "opt out", "unsubscribed", "x", "✓",
		"ja", "oui", "sí", "si", "sim", "हाँ", "हां", "да", "是", "はい":
		return true, true
	case "no", "n", "false", "f", "0", "off", "unblocked", "not blocked", "opted in", "opted-in", "opt in", "subscribed",
		"active", "nein", "non", "não", "नहीं", "नाही", "нет", "否", "いいえ":
		return false, true
	}
	return false, false
}

// contents is what stands in a column of the first rows.
type contents struct {
	filled int
	of     [kinds]int
	values []string
}

func contentsOf(rows [][]string, column int) contents {
	var c contents
	for _, row := range rows {
		if column >= len(row) || row[column] == "" {
			continue
		}
		c.filled++
		c.of[kindOf(row[column])]++
		c.values = append(c.values, row[column])
	}
	return c
}

// mostly tells whether nearly all that is filled in is of these kinds.
func (c contents) mostly(ks ...kind) bool {
	n := 0
	for _, k := range ks {
		n += c.of[k]
	}
	return c.filled > 0 && n*10 >= c.filled*7
}

// phones tells whether the column can hold phone numbers. Bare digits can be
// anything, so that many of them speak for phones only with a heading.
func (c contents) phones(headingSaysSo bool) bool {
	if headingSaysSo {
		return c.filled == 0 || c.of[phoneNumber]+c.of[digits]+c.of[lostPhone] > 0
	}
	return c.mostly(phoneNumber, digits) && (c.of[phoneNumber]*2 >= c.filled || c.longDigits())
}

// longDigits tells whether the bare digits are long enough, and about as long
// as one another, for mobile numbers.
func (c contents) longDigits() bool {
	long, times := 0, 0
	for _, v := range c.values {
		if n := len(v); n >= 10 && n <= 13 {
			long++
		}
		if t, ok := serial(v); ok && t.Year() > 2000 && t.Year() < 2040 {
			times++
		}
	}
	return long*10 >= c.filled*8 && times*10 < c.filled*8
}

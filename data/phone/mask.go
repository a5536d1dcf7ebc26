package phone

import (
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/unicode/norm"

	"lethe/data"
	"lethe/data/fold"
)

const (
	// shown are how many digits at a number's end a mask leaves.
	shown = 3
	// few are how many digits in a row may always stand in a text: fewer than
	// any number has.
	few = 6
	// telling are how many digits of the customer's own number may not.
	telling = shown + 1
	// maxGap is how many characters may stand between two digits of one number.
	maxGap = 4

	dot = '•'
)

// Mask writes a number so that its country and its last three digits can be
// seen, always in the same shape: "+91 ••••• ••204". It answers "" for none.
func Mask(p data.Phone) string {
	if p == 0 {
		return ""
	}
	s := strconv.FormatUint(uint64(p), 10)
	if len(s) < 7 {
		return "+•• ••••• •••••"
	}
	return "+" + country(s) + " ••••• ••" + s[len(s)-shown:]
}

// country returns the country code at the front of an E.164 number. No code is
// the beginning of another (ITU-T E.164, 6.2.1).
func country(digits string) string {
	for n := 1; n <= 3; n++ {
		code, err := strconv.Atoi(digits[:n])
		if err == nil && phonenumbers.GetRegionCodeForCountryCode(code) != "ZZ" {
			return digits[:n]
		}
	}
	return "••"
}

// MaskIn hides what may be a phone number in a text: of every run of seven or
// more digits, of any script and however separated but by letters, all but the
// last three become "•". Other texts are returned as they are.
func MaskIn(text string) string { return MaskOwn(text) }

// MaskOwn is MaskIn for a text about somebody with these numbers. Of them it
// hides parts too, wherever they stand and whatever stands between the digits:
// from four digits in a row on, all but the number's own last three. So a
// number that is split over words, or half of which is left out, tells no more
// than its mask does.
func MaskOwn(text string, own ...data.Phone) string {
	if countDigits(text) < telling {
		return text
	}
	runes := []rune(text)
	hidden := false
	for _, p := range own {
		hidden = hideOwn(runes, p) || hidden
	}
	hidden = hideRuns(runes) || hidden
	if !hidden {
		return text
	}
	return string(runes)
}

// hideOwn hides parts of one number.
func hideOwn(runes []rune, own data.Phone) bool {
	if own == 0 {
		return false
	}
	number := strconv.FormatUint(uint64(own), 10)
	var at []int // where digits stand
	var digits []byte
	for i, r := range runes {
		if d, ok := digitOf(r); ok {
			at, digits = append(at, i), append(digits, '0'+byte(d))
		}
	}
	hide := make([]bool, len(at))
	found := false
	for i := range digits {
		for j := range number {
			n := 0
			for i+n < len(digits) && j+n < len(number) && digits[i+n] == number[j+n] {
				n++
			}
			if n < telling {
				continue
			}
			for k := range n {
				if j+k < len(number)-shown {
					hide[i+k], found = true, true
				}
			}
		}
	}
	for i, h := range hide {
		if h {
			runes[at[i]] = dot
		}
	}
	return found
}

// hideRuns hides what may be anybody's number.
func hideRuns(runes []rune) bool {
	var run []int // where the digits of the run stand
	gap, hidden := 0, false
	flush := func() {
		if len(run) > few {
			for _, i := range run[:len(run)-shown] {
				runes[i], hidden = dot, true
			}
		}
		run = run[:0]
	}
	for i, r := range runes {
		if _, ok := digitOf(r); ok {
			run, gap = append(run, i), 0
			continue
		}
		if !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me) {
			gap++
		}
		if unicode.IsLetter(r) || gap > maxGap {
			flush()
		}
	}
	flush()
	return hidden
}

// digitOf tells which digit a character is read as: those of every script, and
// those that are raised, lowered or in a circle.
func digitOf(r rune) (int, bool) {
	if d, ok := fold.IsDigit(r); ok {
		return d, true
	}
	if r < utf8.RuneSelf || !unicode.Is(unicode.No, r) {
		return 0, false
	}
	value, n := 0, 0
	for _, c := range norm.NFKD.String(string(r)) {
		if d, ok := fold.IsDigit(c); ok {
			value, n = d, n+1
		}
	}
	return value, n == 1
}

func countDigits(s string) int {
	n := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if _, ok := digitOf(r); ok {
			n++
		}
		i += size
	}
	return n
}

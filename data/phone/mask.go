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
	// few are how many digits side by side may stand in a text: as many as a
	// year has. some are how many may in a run.
	few  = 4
	some = 6
	// What may stand between two digits of one number, in characters: without a
	// letter; with letters; with words between groups of digits.
	maxGap     = 4
	maxLetters = 2
	maxWords   = 12

	dot = '•'
)

// MaskSign is what stands for a hidden digit in the texts of Mask and MaskIn.
const MaskSign = string(dot)

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

// MaskIn hides what may be a phone number in a text, or a telling part of one:
// of every run of seven or more digits, of any script, and of five or more that
// stand side by side, all but the last three become "•". A run goes on over a
// few signs and blanks, over two letters, and over some words where three digits
// or more stand on either side, so that a number cut in two is hidden as well.
// Other texts are returned as they are.
//
// What it hides follows from the text alone. If it hid more of the customer's
// own number than of others, whoever may write a note could try out digits and
// see which are hidden.
func MaskIn(text string) string {
	if countDigits(text) <= few {
		return text
	}
	runes := []rune(text)
	hidden := false
	hide := func(at []int, most int) {
		if len(at) > most {
			for _, i := range at[:len(at)-shown] {
				runes[i], hidden = dot, true
			}
		}
	}
	var run []int // where the digits of the run stand
	groups := digitGroups(runes)
	for i, g := range groups {
		if i > 0 && !joined(&groups[i-1], &g) {
			hide(run, some)
			run = run[:0]
		}
		run = append(run, g.at...)
		hide(g.at, few)
	}
	hide(run, some)
	if !hidden {
		return text
	}
	return string(runes)
}

// group are digits that stand side by side, but for what can't be seen.
type group struct {
	at      []int
	gap     int  // characters before it, since the group before
	letters bool // some of them are letters
}

// joined tells whether two groups may be parts of one number.
func joined(before, g *group) bool {
	switch {
	case g.gap <= maxLetters:
		return true
	case !g.letters:
		return g.gap <= maxGap
	}
	return g.gap <= maxWords && len(before.at) >= shown && len(g.at) >= shown
}

func digitGroups(runes []rune) []group {
	var out []group
	gap, letters := 0, false
	for i, r := range runes {
		switch _, digit := digitOf(r); {
		case digit:
			if len(out) == 0 || gap > 0 {
				out = append(out, group{gap: gap, letters: letters})
			}
			last := &out[len(out)-1]
			last.at = append(last.at, i)
			gap, letters = 0, false
		case !unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me):
			gap++
			letters = letters || unicode.IsLetter(r)
		}
	}
	return out
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

package phone

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"lethe/data"
	"lethe/data/fold"
)

// Format writes a number as people read it, with its country code and in the
// groups of its country: "+91 82999 95902". It answers "" for none.
func Format(p data.Phone) string {
	if p == 0 {
		return ""
	}
	if s, ok := fastFormat(p); ok {
		return s
	}
	n, err := phonenumbers.Parse(p.String(), "")
	if err != nil {
		return p.String()
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// Shown are how many digits at a number's end Mask and MaskIn leave.
const shown = 3

const dot = '•'

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

// MaskIn hides what may be a phone number in a text: of every run of seven or
// more digits, of any script and however separated but by letters, all but the
// last three become "•". Other texts are returned as they are.
func MaskIn(text string) string {
	if countDigits(text) < 7 {
		return text
	}
	runes := []rune(text)
	var run []int // where the digits of the run stand
	gap := 0
	flush := func() {
		if len(run) >= 7 {
			for _, i := range run[:len(run)-shown] {
				runes[i] = dot
			}
		}
		run = run[:0]
	}
	for i, r := range runes {
		if _, ok := fold.IsDigit(r); ok {
			run, gap = append(run, i), 0
			continue
		}
		if !unicode.In(r, unicode.Cf, unicode.Mn) {
			gap++
		}
		if unicode.IsLetter(r) || gap > maxGap {
			flush()
		}
	}
	flush()
	return string(runes)
}

// maxGap is how many characters may stand between two digits of one number.
const maxGap = 4

func countDigits(s string) int {
	n := 0
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		if _, ok := fold.IsDigit(r); ok {
			n++
		}
		i += size
	}
	return n
}

// WhatsAppLink is the address that opens a chat with p, with text ready to be
// sent (WhatsApp's click to chat). Nothing is sent by making it.
func WhatsAppLink(p data.Phone, text string) string {
	link := "https://wa.me/" + strings.TrimPrefix(p.String(), "+")
	if text == "" {
		return link
	}
	return link + "?text=" + strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

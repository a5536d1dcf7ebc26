// Package phone reads telephone numbers as people write them, writes them as
// people read them, and hides them from whom they are not for. Numbers are
// held as data.Phone (E.164). The rules of the countries are those of
// libphonenumber; numbers of India take a shorter way to the same answer.
package phone

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"

	"lethe/data"
	"lethe/data/fold"
)

// Reason says why a text is no phone number.
type Reason string

// The reasons.
const (
	Empty          Reason = "empty"
	NotANumber     Reason = "not_a_number"    // letters, or no digits
	Scientific     Reason = "scientific"      // 9.18E+11: a spreadsheet lost the digits
	Several        Reason = "several"         // more than one number
	TooShort       Reason = "too_short"       //
	TooLong        Reason = "too_long"        //
	UnknownCountry Reason = "unknown_country" // no such country code
	NotValid       Reason = "not_valid"       // no number of its country starts or ends so
)

// Problem is the error of Parse. Its text holds no part of the number.
type Problem struct{ Reason Reason }

// Error names the reason.
func (p *Problem) Error() string { return fmt.Sprintf("not a phone number: %s", p.Reason) }

// maxText bounds what is looked at: nobody writes one number longer.
const maxText = 60

var (
	scientific = regexp.MustCompile(`^[+-]?\d+([.,]\d+)?[eE][+-]?\d+$`)
	trailing   = regexp.MustCompile(`^(\+?\d{7,15})\.0+$`)
	extension  = regexp.MustCompile(`(?i)[\s,;]*(?:ext(?:ensi[oó]n?)?|extn?|x|#|;ext=)[.:\s]*\d{1,7}$`)
	divider    = regexp.MustCompile(`[,;/|\n]|\s{2,}|\bor\b`)
)

// Parse reads a number written in any usual way. One without a country code
// is taken as a number of region (ISO 3166-1 alpha-2); if it is none there but
// a full international number with its plus sign left out, as that. A number
// with its country code is taken if its length fits the country, others only
// if they are valid there. An extension is left out. The error is a *Problem.
func Parse(text, region string) (data.Phone, error) {
	if p, ok := fast(text, region); ok {
		return p, nil
	}
	s, why := clean(text)
	if why != "" {
		return 0, &Problem{why}
	}
	plus := strings.HasPrefix(s, "+") || strings.HasPrefix(s, "00")
	n, err := phonenumbers.Parse(s, region)
	if err == nil && phonenumbers.IsValidNumber(n) {
		return integer(n)
	}
	if !plus {
		d, _ := fold.Digits(s)
		if len(d) >= 10 {
			m, merr := phonenumbers.Parse("+"+d, region)
			if merr == nil && phonenumbers.IsValidNumber(m) {
				return integer(m)
			}
		}
	}
	if err != nil {
		return 0, &Problem{reasonOf(err)}
	}
	switch phonenumbers.IsPossibleNumberWithReason(n) {
	case phonenumbers.IS_POSSIBLE:
		if d, _ := fold.Digits(s); plus && phonenumbers.Format(n, phonenumbers.E164) == "+"+d {
			return integer(n)
		}
		return 0, &Problem{NotValid}
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return 0, &Problem{TooShort}
	case phonenumbers.TOO_LONG:
		return 0, &Problem{TooLong}
	case phonenumbers.INVALID_COUNTRY_CODE:
		return 0, &Problem{UnknownCountry}
	}
	return 0, &Problem{NotValid}
}

func integer(n *phonenumbers.PhoneNumber) (data.Phone, error) {
	s := phonenumbers.Format(n, phonenumbers.E164)
	if p, ok := data.ParseE164(s); ok {
		return p, nil
	}
	if len(s) > 16 {
		return 0, &Problem{TooLong}
	}
	return 0, &Problem{TooShort}
}

func reasonOf(err error) Reason {
	switch {
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return TooLong
	case errors.Is(err, phonenumbers.ErrTooShortNSN), errors.Is(err, phonenumbers.ErrTooShortAfterIDD):
		return TooShort
	case errors.Is(err, phonenumbers.ErrInvalidCountryCode):
		return UnknownCountry
	}
	return NotANumber
}

// clean brings a cell into a form that libphonenumber reads, or tells why not.
func clean(text string) (string, Reason) {
	if len(text) > 4*maxText {
		return "", TooLong
	}
	var b strings.Builder
	for _, r := range text {
		if d, ok := fold.IsDigit(r); ok {
			r = '0' + rune(d)
		}
		switch {
		case r == '＋':
			b.WriteByte('+')
		case r != '\n' && unicode.IsSpace(r):
			b.WriteByte(' ')
		case r == '\n' || !unicode.In(r, unicode.Cf, unicode.Cc):
			b.WriteRune(r)
		}
	}
	s := strings.TrimSpace(b.String())
	if inner, ok := strings.CutPrefix(s, `="`); ok { // a spreadsheet's text guard
		s = strings.TrimSuffix(inner, `"`)
	}
	s = strings.TrimSpace(strings.Trim(s, `'"`))
	for _, scheme := range []string{"tel:", "p:", "whatsapp:"} {
		if len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			s = strings.TrimSpace(s[len(scheme):])
		}
	}
	switch {
	case s == "":
		return "", Empty
	case scientific.MatchString(s):
		return "", Scientific
	}
	if m := trailing.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	s = extension.ReplaceAllString(s, "")
	if several(s) {
		return "", Several
	}
	digits := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			return "", NotANumber
		}
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	switch {
	case digits == 0:
		return "", NotANumber
	case digits > 20 || len(s) > maxText:
		return "", TooLong
	}
	return s, ""
}

// several tells whether at least two full numbers stand in s.
func several(s string) bool {
	full := 0
	for _, part := range divider.Split(s, -1) {
		digits := 0
		for i := range len(part) {
			if part[i] >= '0' && part[i] <= '9' {
				digits++
			}
		}
		if digits >= 7 {
			full++
		}
	}
	return full > 1
}

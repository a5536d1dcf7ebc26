package transfer

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// cellText is what a cell of a workbook says: raw is its value as the file has
// it, shown is the same in the cell's number format. A date comes out as
// 2006-01-02, with its time of day where it has one; a number with all its
// digits, whatever of them is shown; zeros and a plus sign that the format
// puts before a number stay.
func cellText(raw, shown string, from1904 bool) string {
	if raw == shown || raw == "" { // a text, or nothing to be told from how it is shown
		return raw
	}
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) || strings.Trim(raw, "0123456789.+-eE") != "" {
		return raw
	}
	if all, ok := allDigits(raw); ok {
		raw = all
	}
	if (shown == "TRUE" || shown == "FALSE") && (raw == "1" || raw == "0") || strings.HasSuffix(shown, "%") {
		return shown
	}
	if t, ok := serialTime(n, from1904); ok && showsDate(shown, t) {
		if t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 {
			return t.Format(time.DateOnly)
		}
		return t.Format(time.DateTime)
	}
	if digits := onlyDigits(shown); len(digits) > len(raw) && strings.HasSuffix(digits, raw) {
		return shown
	}
	return raw
}

// allDigits writes a whole number in scientific notation out, if every digit
// of it is there: 9.19820012345E+11, and not 9.1982E+11.
func allDigits(s string) (string, bool) {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E")
	e, err := strconv.Atoi(exponent)
	if !ok || err != nil || e < 0 || e > 17 {
		return "", false
	}
	whole, part, _ := strings.Cut(mantissa, ".")
	if len(part) != e || strings.Trim(whole, "0123456789") != "" {
		return "", false
	}
	return whole + part, true
}

// serialTime is the moment that a spreadsheet counts as n days from the end of
// 1899, or from 1904 (ECMA-376 part 1, section 18.17.4), from 1927 on.
func serialTime(n float64, from1904 bool) (time.Time, bool) {
	if from1904 {
		n += 1462
	}
	if n < 10_000 || n >= 110_000 {
		return time.Time{}, false
	}
	const excelEpoch = -25569 * 86400
	return time.Unix(excelEpoch+int64(math.Round(n*86400)), 0).UTC(), true
}

// showsDate tells whether the text shows t as a date: two of its day, its month
// and its year.
func showsDate(shown string, t time.Time) bool {
	var day, month, year bool
	for _, part := range strings.FieldsFunc(shown, func(r rune) bool { return r < '0' || r > '9' }) {
		n, err := strconv.Atoi(part)
		switch {
		case err != nil || len(part) > 4:
			return false // a number
		case n == t.Year() && len(part) == 4, n == t.Year()%100 && len(part) == 2 && !year:
			year = true
		case len(part) > 2:
		case n == t.Day() && !day:
			day = true
		case n == int(t.Month()):
			month = true
		}
	}
	month = month || strings.Contains(strings.ToLower(shown), strings.ToLower(t.Month().String()[:3]))
	return day && month || month && year
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

package transfer

import (
	"strconv"
	"strings"
	"time"
)

// dateOrder is how the numbers of a date like 03/04/2026 stand.
type dateOrder int

const (
	dayFirst dateOrder = iota
	monthFirst
)

// parseTime reads a time as other programs write it; without a zone it is
// UTC. order decides dates that can be read both ways; turned tells that this
// one can only be read the other way. Days since 1899-12-30 (spreadsheets) and
// Unix seconds and milliseconds are read too.
func parseTime(s string, order dateOrder) (t time.Time, turned, ok bool) {
	if t, ok := exportTime(s); ok {
		return t, false, true
	}
	if t, ok := serial(s); ok {
		return t, false, true
	}
	day, clock := splitClock(s)
	y, m, d, turned, ok := parseDay(day, order)
	if !ok {
		return zonedTime(s)
	}
	secs, ok := parseClock(clock)
	if !ok {
		return zonedTime(s)
	}
	t, ok = civil(y, m, d)
	return t.Add(time.Duration(secs) * time.Second), turned, ok
}

// exportTime is the fast way for "2006-01-02 15:04:05" and "2006-01-02".
func exportTime(s string) (time.Time, bool) {
	if len(s) != 10 && len(s) != 19 || s[4] != '-' || s[7] != '-' {
		return time.Time{}, false
	}
	y1, y2, m, d := two(s, 0), two(s, 2), two(s, 5), two(s, 8)
	if y1 < 0 || y2 < 0 || m < 0 || d < 0 {
		return time.Time{}, false
	}
	t, ok := civil(y1*100+y2, m, d)
	if !ok || len(s) == 10 {
		return t, ok
	}
	h, mi, sec := two(s, 11), two(s, 14), two(s, 17)
	if s[10] != ' ' && s[10] != 'T' || s[13] != ':' || s[16] != ':' ||
		h < 0 || h > 23 || mi < 0 || mi > 59 || sec < 0 || sec > 59 {
		return time.Time{}, false
	}
	return t.Add(time.Duration(h*3600+mi*60+sec) * time.Second), true
}

func two(s string, i int) int {
	a, b := s[i]-'0', s[i+1]-'0'
	if a > 9 || b > 9 {
		return -1
	}
	return int(a)*10 + int(b)
}

// Years that a customer list may hold.
const (
	firstYear = 1900
	lastYear  = 2199
)

// civil is the first instant of a day that exists.
func civil(y, m, d int) (time.Time, bool) {
	if y < firstYear || y > lastYear || m < 1 || m > 12 || d < 1 || d > 31 {
		return time.Time{}, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t, t.Day() == d
}

// serial reads times that are plain numbers.
func serial(s string) (time.Time, bool) {
	if s == "" || s[0] < '1' || s[0] > '9' {
		return time.Time{}, false
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || strings.ContainsAny(s, "eExXpP_") {
		return time.Time{}, false
	}
	const excelEpoch = -25569 * 86400 // 1899-12-30
	switch whole := !strings.Contains(s, "."); {
	case n >= 10_000 && n < 110_000: // 1927 to 2201
		return time.Unix(excelEpoch+int64(n*86400+0.5), 0).UTC(), true
	case whole && len(s) == 10:
		return time.Unix(int64(n), 0).UTC(), true
	case whole && len(s) == 13:
		return time.Unix(int64(n)/1000, 0).UTC(), true
	}
	return time.Time{}, false
}

// zonedTime reads the forms that name a zone.
func zonedTime(s string) (time.Time, bool, bool) {
	for _, layout := range [...]string{
		time.RFC3339Nano, "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -0700 MST",
		"2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 MST", time.RFC1123Z, time.RFC1123,
	} {
		if strings.Contains(layout, "MST") && !strings.Contains(s, "UTC") && !strings.Contains(s, "GMT") {
			continue // abbreviations of other zones say nothing certain
		}
		t, err := time.Parse(layout, s)
		if err == nil && t.Year() >= firstYear && t.Year() <= lastYear {
			return t.UTC().Truncate(time.Second), false, true
		}
	}
	return time.Time{}, false, false
}

// splitClock parts "3 Apr 2026, 4:05 pm" before the time of day.
func splitClock(s string) (day, clock string) {
	colon := strings.IndexByte(s, ':')
	if colon < 0 {
		return s, ""
	}
	cut := strings.LastIndexAny(s[:colon], " T,")
	if cut < 0 {
		return s, ""
	}
	return strings.TrimRight(s[:cut], " ,"), strings.TrimSpace(s[cut+1:])
}

// parseClock reads a time of day as seconds; "" is midnight.
func parseClock(s string) (int, bool) {
	if s == "" {
		return 0, true
	}
	s = strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(s, "Z"), " UTC"))
	half := 0
	for i, mark := range [...]string{"a.m.", "p.m.", "am", "pm"} {
		if rest, ok := strings.CutSuffix(s, mark); ok {
			s, half = strings.TrimSpace(rest), 1+i%2
			break
		}
	}
	parts := strings.Split(s, ":")
	if len(parts) < 2 || len(parts) > 3 {
		return 0, false
	}
	secs := 0
	for i, p := range parts {
		if i == 2 {
			p, _, _ = strings.Cut(p, ".")
		}
		n, ok := smallNumber(p)
		if !ok || n > 59 || i == 0 && n > 23 {
			return 0, false
		}
		switch {
		case i == 0 && half > 0 && (n > 12 || n == 0):
			return 0, false
		case i == 0 && half > 0:
			n = n%12 + 12*(half-1)
		}
		secs = secs*60 + n
	}
	if len(parts) == 2 {
		secs *= 60
	}
	return secs, true
}

// parseDay reads a date without its time of day.
func parseDay(s string, order dateOrder) (y, m, d int, turned, ok bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-/., ", r) })
	if len(parts) == 4 && isWeekday(parts[0]) {
		parts = parts[1:]
	}
	if len(parts) != 3 {
		return 0, 0, 0, false, false
	}
	if name := monthNumber(parts[0]); name > 0 { // Apr 3, 2026
		parts[0], parts[1] = parts[1], strconv.Itoa(name)
		order = dayFirst
	} else if name := monthNumber(parts[1]); name > 0 { // 3 Apr 2026, 2026-Apr-03
		parts[1] = strconv.Itoa(name)
		order = dayFirst
	}
	var n [3]int
	for i, p := range parts {
		if n[i], ok = smallNumber(strings.TrimRight(p, "stndrh")); !ok {
			return 0, 0, 0, false, false
		}
	}
	if len(parts[0]) == 4 {
		return n[0], n[1], n[2], false, true
	}
	y, m, d = n[2], n[1], n[0]
	switch {
	case len(parts[2]) == 2 && y < 70:
		y += 2000
	case len(parts[2]) == 2:
		y += 1900
	case len(parts[2]) != 4:
		return 0, 0, 0, false, false
	}
	if order == monthFirst {
		m, d = d, m
	}
	if m > 12 && d <= 12 {
		m, d, turned = d, m, true
	}
	return y, m, d, turned, true
}

// smallNumber reads up to four digits.
func smallNumber(s string) (int, bool) {
	if s == "" || len(s) > 4 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int(c)
	}
	return n, true
}

func monthNumber(s string) int {
	if len(s) < 3 {
		return 0
	}
	s = strings.ToLower(s)
	for m := time.January; m <= time.December; m++ {
		name := strings.ToLower(m.String())
		if strings.HasPrefix(name, s) || s == "sept" && m == time.September {
			return int(m)
		}
	}
	return 0
}

func isWeekday(s string) bool {
	s = strings.ToLower(s)
	for d := time.Sunday; d <= time.Saturday; d++ {
		if len(s) >= 3 && strings.HasPrefix(strings.ToLower(d.String()), s) {
			return true
		}
	}
	return false
}

// orderOf tells how the dates of a column stand, by those that can be read one
// way only; fallback where none can.
func orderOf(values []string, fallback dateOrder) dateOrder {
	votes := 0
	for _, v := range values {
		day, _ := splitClock(v)
		if _, _, _, turned, ok := parseDay(day, dayFirst); ok && turned {
			votes--
		}
		if _, _, _, turned, ok := parseDay(day, monthFirst); ok && turned {
			votes++
		}
	}
	switch {
	case votes > 0:
		return dayFirst
	case votes < 0:
		return monthFirst
	}
	return fallback
}

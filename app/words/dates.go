package words

import (
	"strconv"
	"strings"
	"time"

	"lethe/data"
)

// Date is the day of t in the machine's zone: "6 Feb 2026". The zero time is
// the sign for a missing value.
func (w *Words) Date(t time.Time) string {
	w.mu.Lock()
	pattern := w.date
	w.mu.Unlock()
	return w.fill(pattern, t)
}

// DateTime is the minute of t in the machine's zone: "23 Nov 2026, 15:04".
func (w *Words) DateTime(t time.Time) string {
	w.mu.Lock()
	pattern := w.dateTime
	w.mu.Unlock()
	return w.fill(pattern, t)
}

// Day is a calendar day, which has no zone.
func (w *Words) Day(d data.Date) string {
	return w.Date(d.Time(w.zone))
}

// Zone is the zone in which times are shown.
func (w *Words) Zone() *time.Location { return w.zone }

func (w *Words) fill(pattern string, t time.Time) string {
	if t.IsZero() {
		return w.T("common.missing")
	}
	t = t.In(w.zone)
	w.mu.Lock()
	month := w.months[t.Month()-1]
	w.mu.Unlock()
	return strings.NewReplacer(
		"{day}", strconv.Itoa(t.Day()),
		"{month}", month,
		"{year}", strconv.Itoa(t.Year()),
		"{hour}", two(t.Hour()),
		"{minute}", two(t.Minute()),
	).Replace(pattern)
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

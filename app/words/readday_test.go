package words_test

import (
	"testing"
	"time"

	"lethe/data"
)

func TestReadDay(t *testing.T) {
	want := data.DateOf(time.Date(2026, 2, 6, 0, 0, 0, 0, time.UTC))
	w := english(t)
	for _, text := range []string{"6 Feb 2026", " 6  February 2026", "6/2/2026", "06.02.2026", "6-2-2026", "2026-02-06"} {
		if got := w.ReadDay(text); got != want {
			t.Errorf("%q is %d", text, got)
		}
	}
	for _, text := range []string{"", "6", "6 Feb", "31/2/2026", "tomorrow", "6 Feb 26", "1/1/0001", "6 फ़र॰ 2026"} {
		if got := w.ReadDay(text); got != 0 {
			t.Errorf("%q is %d", text, got)
		}
	}
	w.Choose("hi")
	for _, text := range []string{"6 फ़र॰ 2026", "6 फ़र 2026", "6 फ़रवरी 2026", "6 \u095eरवरी 2026", "6 Feb 2026", "6/2/2026"} {
		if got := w.ReadDay(text); got != want {
			t.Errorf("in Hindi %q is %d", text, got)
		}
	}
	for _, text := range []string{"31 फ़र॰ 2026", "6 फ 2026", "6 फ़र॰"} {
		if got := w.ReadDay(text); got != 0 {
			t.Errorf("in Hindi %q is %d", text, got)
		}
	}
}

// TestDaysComeBack holds that every language reads what it writes.
func TestDaysComeBack(t *testing.T) {
	for _, w := range everyLanguage(t) {
		for month := time.January; month <= time.December; month++ {
			day := data.DateOf(time.Date(2026, month, 28, 0, 0, 0, 0, time.UTC))
			if got := w.ReadDay(w.Day(day)); got != day {
				t.Errorf("%s: %q is read as %d, not %d", w.Language(), w.Day(day), got, day)
			}
		}
	}
}

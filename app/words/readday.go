package words

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"lethe/data"
)

// ReadDay reads a day as people write it here: "6 Feb 2026", 6/2/2026,
// 2026-02-06; and with the month in the language that was chosen, short as Day
// writes it or in full. It answers 0 for what is none, or not finished.
func (w *Words) ReadDay(text string) data.Date {
	parts := strings.Fields(text)
	text = strings.Join(parts, " ")
	for _, form := range []string{"2 Jan 2006", "2 January 2006", "2/1/2006", "2.1.2006", "2-1-2006", time.DateOnly} {
		if t, err := time.Parse(form, text); err == nil && t.Year() >= 1900 {
			return data.DateOf(t)
		}
	}
	if len(parts) != 3 || w.Language() == Fallback {
		return 0
	}
	if month := w.month(parts[1]); month != 0 {
		return w.ReadDay(parts[0] + "/" + strconv.Itoa(month) + "/" + parts[2])
	}
	return 0
}

// month is the month, from 1, whose short name begins what was written; 0 for
// none. Signs of shortening don't count, nor does how a letter is composed.
func (w *Words) month(written string) int {
	written = norm.NFC.String(strings.ToLower(written))
	w.mu.Lock()
	defer w.mu.Unlock()
	for i, name := range w.months {
		stem := norm.NFC.String(strings.ToLower(strings.TrimRight(name, "॰.")))
		if utf8.RuneCountInString(stem) > 1 && strings.HasPrefix(written, stem) {
			return i + 1
		}
	}
	return 0
}

package customers

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/words"
	"lethe/data"
	"lethe/widgets/keys"
)

// dayEntry takes a day, typed or picked from a calendar.
type dayEntry struct {
	*keys.Entry

	words   *words.Words
	now     func() time.Time
	changed func()
	day     data.Date
	quiet   bool
}

func newDayEntry(w *words.Words, now func() time.Time, changed func()) *dayEntry {
	e := &dayEntry{Entry: keys.NewEntry(), words: w, now: now, changed: changed}
	calendar := keys.NewButton("", e.pick)
	calendar.Icon, calendar.Importance = theme.CalendarIcon(), widget.LowImportance
	e.ActionItem = calendar // before anything that draws the entry
	e.SetPlaceHolder(w.T("customers.day"))
	e.OnChanged = func(text string) {
		if e.quiet {
			return
		}
		if day := readDay(text); day != e.day {
			e.day = day
			e.changed()
		}
	}
	return e
}

// set shows a day; 0 for none.
func (e *dayEntry) set(day data.Date) {
	if day == e.day {
		return
	}
	e.day, e.quiet = day, true
	text := ""
	if day != 0 {
		text = e.words.Day(day)
	}
	e.SetText(text)
	e.quiet = false
}

// put shows a day, 0 for none, in place of whatever stands there.
func (e *dayEntry) put(day data.Date) {
	e.day = day - 1
	e.set(day)
}

func (e *dayEntry) pick() {
	c := fyne.CurrentApp().Driver().CanvasForObject(e.Entry)
	if c == nil {
		return
	}
	start := e.now().In(e.words.Zone())
	if e.day != 0 {
		start = e.day.Time(e.words.Zone())
	}
	var pop *widget.PopUp
	pop = widget.NewPopUp(widget.NewCalendar(start, func(t time.Time) {
		pop.Hide()
		e.set(data.DateOf(t))
		e.changed()
	}), c)
	pop.ShowAtRelativePosition(fyne.NewPos(0, e.Size().Height), e.Entry)
}

// readDay reads a day as people write it here: "6 Feb 2026", 6/2/2026,
// 2026-02-06. It answers 0 for what is none, or not finished.
func readDay(text string) data.Date {
	text = strings.Join(strings.Fields(text), " ")
	for _, form := range []string{"2 Jan 2006", "2 January 2006", "2/1/2006", "2.1.2006", "2-1-2006", time.DateOnly} {
		if t, err := time.Parse(form, text); err == nil && t.Year() >= 1900 {
			return data.DateOf(t)
		}
	}
	return 0
}

// Package dayentry is the field for a day.
package dayentry

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/words"
	"lethe/data"
	"lethe/widgets/keys"
)

// Entry takes a day, typed or picked from a calendar.
type Entry struct {
	*keys.Entry

	words   *words.Words
	now     func() time.Time
	changed func()
	day     data.Date
	quiet   bool
}

// New makes an empty one; changed is called whenever the day changes.
func New(w *words.Words, now func() time.Time, changed func()) *Entry {
	e := &Entry{Entry: keys.NewEntry(), words: w, now: now, changed: changed}
	calendar := keys.NewButton("", e.pick)
	calendar.Icon, calendar.Importance = theme.CalendarIcon(), widget.LowImportance
	e.ActionItem = calendar // before anything that draws the entry
	e.SetPlaceHolder(w.T("customers.day"))
	e.OnChanged = func(text string) {
		if e.quiet {
			return
		}
		if day := e.words.ReadDay(text); day != e.day {
			e.day = day
			e.changed()
		}
	}
	return e
}

// Day is the day, 0 for none or for what can't be read.
func (e *Entry) Day() data.Date { return e.day }

// Set shows a day; 0 for none.
func (e *Entry) Set(day data.Date) {
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

// Put shows a day, 0 for none, in place of whatever stands there.
func (e *Entry) Put(day data.Date) {
	e.day = day - 1
	e.Set(day)
}

func (e *Entry) pick() {
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
		e.Set(data.DateOf(t))
		e.changed()
	}), c)
	pop.ShowAtRelativePosition(fyne.NewPos(0, e.Size().Height), e.Entry)
}

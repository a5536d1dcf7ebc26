package deletion

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/app/dayentry"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
)

// asked is when the customer asked to be deleted, if anybody says so.
type asked struct {
	entry  *dayentry.Entry
	line   *form.Line
	object fyne.CanvasObject
	today  data.Date
}

func (f *flow) askedOn(changed func()) *asked {
	w := f.desk.Words
	a := &asked{
		line:  form.NewLine(w.T("deletion.asked.hint"), look.ColorMuted),
		today: data.DateOf(f.desk.Clock().In(w.Zone())),
	}
	show := func() {
		switch a.wrong() {
		case "":
			a.line.Set(w.T("deletion.asked.hint"), look.ColorMuted)
		default:
			a.line.Set(w.T(a.wrong()), look.ColorDanger)
		}
		changed()
	}
	a.entry = dayentry.New(w, f.desk.Clock, show)
	// What can't be read is none to the entry, and must be said all the same.
	typed := a.entry.OnChanged
	a.entry.OnChanged = func(text string) {
		typed(text)
		show()
	}
	a.object = form.Stack(0, form.NewLine(w.T("deletion.asked"), theme.ColorNameForeground).Object(), a.entry.Entry, a.line.Object())
	return a
}

// wrong is the message for a day that won't do, or "".
func (a *asked) wrong() string {
	switch {
	case a.entry.Text != "" && a.entry.Day() == 0:
		return "deletion.asked.unreadable"
	case a.entry.Day() > a.today:
		return "deletion.asked.ahead"
	}
	return ""
}

// day is the day, 0 where nobody asked.
func (c *confirmation) day() data.Date {
	if c.asked == nil {
		return 0
	}
	return c.asked.entry.Day()
}

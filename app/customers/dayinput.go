package customers

import (
	"strconv"
	"strings"

	"lethe/app/dayentry"
	"lethe/data"
)

// dayInput is a calendar day.
func (f *editForm) dayInput(field data.Field, of func(*data.Row) data.Date) *input {
	var in *input
	quiet := false
	entry := dayentry.New(f.page.desk.Words, f.page.desk.Clock, func() {
		in.say("")
		f.changed()
	})
	before := entry.OnChanged
	entry.OnChanged = func(text string) {
		before(text)
		if !quiet {
			f.changed()
		}
	}
	in = &input{field: field, focus: entry.Entry, read: func(r *data.Row) string { return dayText(of(r)) }}
	in.get = func() string {
		if entry.Day() == 0 && strings.TrimSpace(entry.Text) != "" {
			return "?"
		}
		return dayText(entry.Day())
	}
	in.set = func(text string) {
		n, _ := strconv.Atoi(text)
		quiet = true
		entry.Put(data.Date(n))
		quiet = false
	}
	f.labelled(in, entry.Entry)
	in.problem = func() string {
		if in.get() != "?" {
			return ""
		}
		text := f.page.desk.Words.Problem(data.ValueNoDate)
		in.say(text)
		return text
	}
	in.into = func(e *data.Edit, _ *data.Row) {
		n, _ := strconv.Atoi(in.get())
		d := data.Date(n)
		e.FollowUp = &d
	}
	return in
}

func dayText(d data.Date) string {
	if d == 0 {
		return ""
	}
	return strconv.Itoa(int(d))
}

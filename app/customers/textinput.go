package customers

import (
	"lethe/app/form"
	"lethe/data"
)

// textInput is a field of one line. Where values are offered, they complete it.
func (f *editForm) textInput(field data.Field, offered bool) *input {
	entry := form.New(f.page.speak.Name(field), "")
	in := &input{field: field, focus: entry.Entry, read: func(r *data.Row) string { return plainText(r, field) }}
	entry.Check = func(text string) string {
		text = data.CleanLine(text)
		if text == in.read(&f.base.Row) {
			return "" // as it came from a file
		}
		if why := data.CheckText(field, text); why != "" {
			return f.page.desk.Words.Problem(why)
		}
		return ""
	}
	f.entry(in, entry)
	in.into = func(e *data.Edit, _ *data.Row) { e.Texts[field] = in.get() }
	if offered {
		f.offer(in, entry, field)
	}
	return in
}

// entry ties an input to a field of one line.
func (f *editForm) entry(in *input, entry *form.Field) {
	entry.SetTight()
	in.object, in.focus = entry.Object(), entry.Entry
	in.get = func() string { return data.CleanLine(entry.Text()) }
	quiet := false
	in.set = func(text string) {
		quiet = true
		entry.SetText(text)
		quiet = false
	}
	in.problem = func() string {
		ok := entry.Valid()
		f.relayout()
		if ok {
			return ""
		}
		text, _ := entry.Message()
		return text
	}
	in.say = func(text string) {
		entry.Fail(text)
		f.relayout()
	}
	entry.OnChanged = func(string) {
		if !quiet {
			f.changed()
		}
	}
	entry.Entry.OnSubmitted = func(string) { f.submit() }
}

// offer completes an entry from the values of its field in the list.
func (f *editForm) offer(in *input, entry *form.Field, field data.Field) {
	s := newSuggest(func() []string { return f.page.known(field) }, func(v string) {
		entry.SetText(v)
		f.page.desk.Window.Canvas().Focus(entry.Entry)
	})
	before := entry.OnChanged
	entry.OnChanged = func(text string) {
		before(text)
		if f.page.desk.Window.Canvas().Focused() == entry.Entry {
			s.typed(text)
		}
	}
	set := in.set
	in.set = func(text string) {
		set(text)
		s.hide()
	}
	in.object = form.Stack(0, entry.Object(), s.box)
}

// known are the values that a field has in the list, the most frequent first.
func (p *Page) known(field data.Field) []string {
	if p.facets == nil {
		return nil
	}
	var out []string
	for _, c := range p.facets.By[field] {
		if p.desk.Rights().SeesPhones() || !masked(c.Value) {
			out = append(out, c.Value)
		}
	}
	return out
}

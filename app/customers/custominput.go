package customers

import (
	"slices"
	"strconv"

	dropdown "lethe/app/choice"
	"lethe/app/form"
	"lethe/data"
	"lethe/data/fold"
)

// customInput is a custom field by its kind.
func (f *editForm) customInput(c data.CustomField) *input {
	name := data.CustomFieldName(c.ID)
	read := func(r *data.Row) string { return r.Custom[c.ID] }
	switch c.Kind {
	case data.FieldDate:
		in := f.dayInput(name, func(r *data.Row) data.Date {
			d, _ := readISO(r.Custom[c.ID])
			return d
		})
		in.into = func(e *data.Edit, _ *data.Row) {
			e.Texts[name] = ""
			if n, err := strconv.Atoi(in.get()); err == nil {
				e.Texts[name] = data.Date(n).Time(f.page.desk.Words.Zone()).Format("2006-01-02")
			}
		}
		return in
	case data.FieldList:
		return f.listInput(c, read)
	}
	entry := form.New(f.page.speak.Name(name), "")
	in := &input{field: name, read: read}
	entry.Check = func(text string) string {
		if text = data.CleanLine(text); text == in.read(&f.base.Row) {
			return ""
		}
		if _, why := c.Canonical(text); why != "" {
			return f.page.desk.Words.Problem(why)
		}
		return ""
	}
	f.entry(in, entry)
	in.get = func() string {
		text := data.CleanLine(entry.Text())
		if value, why := c.Canonical(text); why == "" {
			return value
		}
		return text
	}
	in.into = func(e *data.Edit, _ *data.Row) { e.Texts[name] = in.get() }
	if c.Kind == data.FieldText {
		f.offer(in, entry, name)
	}
	return in
}

// listInput is one of a list's options. A value that is none any more stands
// there too, until another is taken.
func (f *editForm) listInput(c data.CustomField, read func(*data.Row) string) *input {
	name := data.CustomFieldName(c.ID)
	sel := dropdown.New(nil, "", func(string) { f.changed() })
	in := &input{field: name, focus: sel, read: read, get: sel.Value}
	in.set = func(value string) {
		options := []dropdown.Option{{Value: "", Text: f.page.desk.Words.T("common.missing")}}
		for _, o := range c.Options {
			if masked(o) { // what the role sees masked, it can't give
				continue
			}
			options = append(options, dropdown.Option{Value: o, Text: fold.OneLine(o, 60)})
		}
		if value != "" && !slices.Contains(c.Options, value) {
			options = append(options, dropdown.Option{Value: value, Text: fold.OneLine(value, 60)})
		}
		sel.SetList(options, value)
	}
	in.into = func(e *data.Edit, _ *data.Row) { e.Texts[name] = in.get() }
	f.labelled(in, sel)
	return in
}

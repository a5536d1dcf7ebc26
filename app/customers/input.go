package customers

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	dropdown "lethe/app/choice"
	"lethe/app/dayentry"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
	"lethe/widgets/checkmark"
)

// input is one field of a customer as it is edited. Values are texts in their
// canonical form, so that what was changed, by whom ever, is told by comparing.
type input struct {
	field  data.Field
	object fyne.CanvasObject
	focus  fyne.Focusable

	read    func(*data.Row) string // the value of a row
	get     func() string          // what stands here
	set     func(string)           // without telling that it changed
	problem func() string          // why what stands here can't be kept, or ""
	say     func(string)           // shows a sentence under it
	into    func(e *data.Edit, base *data.Row)
}

func (i *input) dirty(base *data.Row) bool { return i.get() != i.read(base) }

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

// phoneInput is the number, for who may see it.
func (f *editForm) phoneInput() *input {
	w := f.page.desk.Words
	entry := form.New(f.page.speak.Name(data.FieldPhone), "")
	in := &input{field: data.FieldPhone, read: func(r *data.Row) string { return r.Phone.String() }}
	region := f.page.desk.Settings().Region
	entry.Check = func(text string) string {
		switch p, err := phone.Parse(text, region); {
		case strings.TrimSpace(text) == "":
			return w.Error(data.ErrPhoneNeeded)
		case err != nil:
			return w.T("customers.edit.no_phone")
		case f.page.taken(p, f.base.Row.ID):
			return w.Problem(data.ValuePhoneTaken)
		}
		return ""
	}
	f.entry(in, entry)
	in.get = func() string {
		p, err := phone.Parse(entry.Text(), region)
		if err != nil {
			return strings.TrimSpace(entry.Text())
		}
		return p.String()
	}
	set := in.set
	in.set = func(text string) {
		if p, ok := data.ParseE164(text); ok {
			text = phone.Format(p)
		}
		set(text)
	}
	in.into = func(e *data.Edit, _ *data.Row) { e.Phone, _ = data.ParseE164(in.get()) }
	return in
}

// taken tells whether somebody else in the list has a number.
func (p *Page) taken(number data.Phone, own data.CustomerID) bool {
	found, err := p.desk.View.Find(context.Background(), data.Filter{Conditions: []data.Condition{
		{Field: data.FieldPhone, Op: data.OpAnyOf, Values: []string{number.String()}},
	}}, byID)
	return err == nil && slices.ContainsFunc(found.IDs, func(id data.CustomerID) bool { return id != own })
}

// shownInput shows what the role doesn't let the person change.
func (f *editForm) shownInput(field data.Field, why string) *input {
	line := form.NewText("")
	in := &input{field: field, read: func(*data.Row) string { return "" }, get: func() string { return "" }}
	in.object = form.Stack(0, form.NewLine(f.page.speak.Name(field), theme.ColorNameForeground).Object(), line.Object(),
		form.NewLine(why, look.ColorMuted).Object())
	in.set = func(string) {
		line.Set(orMissing(f.page, f.page.rows.text(&f.base.Row, field)), theme.ColorNameForeground)
	}
	in.problem = func() string { return "" }
	in.say = func(string) {}
	in.into = func(*data.Edit, *data.Row) {}
	return in
}

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

// agentInput is the member in charge.
func (f *editForm) agentInput() *input {
	p := f.page
	sel := dropdown.New(nil, "", func(string) { f.changed() })
	id := func(r *data.Row) string { return strconv.FormatInt(int64(r.Agent), 10) }
	in := &input{field: data.FieldAgent, focus: sel, read: id, get: sel.Value}
	in.set = func(value string) {
		nobody := p.desk.Words.T("customers.edit.nobody")
		if f.base.Row.Agent == 0 && f.base.Row.AgentPhone != 0 {
			nobody = phone.Format(f.base.Row.AgentPhone)
		}
		options := []dropdown.Option{{Value: "0", Text: nobody}}
		seen := map[string]int{nobody: 1}
		for _, u := range p.memberIDs() {
			name := fold.OneLine(p.rows.agents[u], 60)
			if seen[name]++; seen[name] > 1 {
				name += " (" + strconv.Itoa(seen[name]) + ")"
			}
			options = append(options, dropdown.Option{Value: strconv.FormatInt(int64(u), 10), Text: name})
		}
		sel.SetList(options, value)
	}
	in.into = func(e *data.Edit, _ *data.Row) {
		n, err := strconv.ParseInt(in.get(), 10, 64)
		if err == nil {
			u := data.UserID(n)
			e.Agent = &u
		}
	}
	f.labelled(in, sel)
	return in
}

func (p *Page) memberIDs() []data.UserID {
	var out []data.UserID
	for u := range p.rows.agents {
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b data.UserID) int {
		if c := strings.Compare(fold.Fold(p.rows.agents[a]), fold.Fold(p.rows.agents[b])); c != 0 {
			return c
		}
		return int(a - b)
	})
	return out
}

// labelled puts the field's name above a control and a line for complaints
// below it.
func (f *editForm) labelled(in *input, control fyne.CanvasObject) {
	line := form.NewLine("", look.ColorDanger)
	in.object = form.Stack(0, form.NewLine(f.page.speak.Name(in.field), theme.ColorNameForeground).Object(),
		container.NewStack(control), line.Object())
	in.problem = func() string { return "" }
	line.SetVisible(false)
	in.say = func(text string) {
		line.Set(text, look.ColorDanger)
		line.SetVisible(text != "")
		f.relayout()
	}
}

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

// flagInput is a yes or no.
func (f *editForm) flagInput(field data.Field, label string, of func(*data.Row) bool, into func(*data.Edit, *bool)) *input {
	tick := checkmark.NewTick(label, func(bool) { f.changed() })
	in := &input{field: field, focus: tick, object: tick}
	in.read = func(r *data.Row) string { return flag(of(r)) }
	in.get = func() string { return flag(tick.On()) }
	in.set = func(text string) { tick.SetOn(text == data.FlagYes) }
	in.problem = func() string { return "" }
	in.say = func(string) {}
	in.into = func(e *data.Edit, _ *data.Row) {
		on := tick.On()
		into(e, &on)
	}
	return in
}

// tagsInput are the tags.
func (f *editForm) tagsInput() *input {
	const between = "\n"
	editor := newTagsEditor(f.page.desk.Words, f.page.speak.Name(data.FieldTags),
		func() []string { return f.page.known(data.FieldTags) }, f.changed)
	f.finish, f.pending = editor.finish, editor.pending
	in := &input{field: data.FieldTags, object: editor.object, focus: editor.field.Entry}
	in.read = func(r *data.Row) string { return strings.Join(r.Tags, between) }
	in.get = func() string { return strings.Join(editor.tags, between) }
	in.set = func(text string) {
		var tags []string
		if text != "" {
			tags = strings.Split(text, between)
		}
		editor.set(tags)
	}
	in.problem = func() string { return "" }
	in.say = editor.field.Fail
	in.into = func(e *data.Edit, base *data.Row) {
		for _, t := range editor.tags {
			if !slices.Contains(base.Tags, t) {
				e.AddTags = append(e.AddTags, t)
			}
		}
		for _, t := range base.Tags {
			if !slices.Contains(editor.tags, t) {
				e.RemoveTags = append(e.RemoveTags, t)
			}
		}
	}
	return in
}

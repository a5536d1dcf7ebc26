package settings

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"lethe/app/choice"
	"lethe/app/country"
	"lethe/app/form"
	"lethe/data"
	"lethe/data/fold"
)

const nameMax = 100 // characters of the business's name

// business is its name and the country of its phone numbers.
func (p *Page) business() []fyne.CanvasObject {
	w := p.desk.Words
	if !p.desk.Rights().May(data.OpSaveSettings) {
		line := form.NewText("")
		p.keep(func() {
			v := p.desk.Settings()
			line.Set(w.T("settings.business_text", "Name", fold.OneLine(v.Business, nameMax),
				"Country", country.Name(w, v.Region)), line.Colour())
		})
		return []fyne.CanvasObject{line.Object()}
	}
	name := form.New(w.T("settings.business_name"), w.T("settings.business_name_hint"))
	name.Check = func(text string) string {
		switch n := len([]rune(strings.TrimSpace(text))); {
		case n == 0:
			return w.T("settings.business_name_needed")
		case n > nameMax:
			return w.T("settings.too_long")
		}
		return ""
	}
	region := country.New(w, w.T("settings.region"), w.T("settings.region_hint"), "")
	s := p.saver()
	s.dirty = func(v data.Settings) bool {
		return strings.TrimSpace(name.Text()) != v.Business || region.Code() != v.Region
	}
	s.valid = func() bool {
		a, b := name.Valid(), region.Field.Valid()
		return a && b
	}
	s.change = func() func(*data.Settings) {
		business, code := strings.TrimSpace(name.Text()), region.Code()
		return func(v *data.Settings) { v.Business, v.Region = business, code }
	}
	name.OnChanged = func(string) { s.changed() }
	region.OnChanged = func(string) { s.changed() }
	name.Entry.OnSubmitted = func(string) { s.save() }
	region.Field.Entry.OnSubmitted = func(string) { s.save() }
	shown := data.Settings{}
	p.keep(func() {
		if v := p.desk.Settings(); !s.dirty(shown) || shown.Business == "" {
			shown = v
			name.SetText(v.Business)
			region.Set(v.Region)
		}
		s.enable()
	})
	return []fyne.CanvasObject{name.Object(), region.Field.Object(), s.object}
}

// activity is for how long a customer counts as active. It is the Account
// Owner's alone.
func (p *Page) activity() []fyne.CanvasObject {
	w := p.desk.Words
	if !p.desk.Rights().May(data.OpSaveOwnersSettings) {
		line := form.NewText("")
		p.keep(func() { line.Set(w.N("settings.activity_text", p.desk.Settings().ActiveDays), line.Colour()) })
		return []fyne.CanvasObject{line.Object()}
	}
	days := form.New(w.T("settings.days"), w.T("settings.days_hint"))
	number := func() int {
		n, err := strconv.Atoi(strings.TrimSpace(days.Text()))
		if err != nil || n < 1 || n > data.MaxDays {
			return 0
		}
		return n
	}
	days.Check = func(string) string {
		if number() == 0 {
			return w.T("settings.days_wrong", "Most", data.MaxDays)
		}
		return ""
	}
	s := p.saver()
	s.dirty = func(v data.Settings) bool { return number() != v.ActiveDays }
	s.valid = days.Valid
	s.change = func() func(*data.Settings) {
		n := number()
		return func(v *data.Settings) { v.ActiveDays = n }
	}
	days.OnChanged = func(string) { s.changed() }
	days.Entry.OnSubmitted = func(string) { s.save() }
	shown := data.Settings{}
	p.keep(func() {
		if v := p.desk.Settings(); !s.dirty(shown) {
			shown = v
			days.SetText(strconv.Itoa(v.ActiveDays))
		}
		s.enable()
	})
	return []fyne.CanvasObject{days.Object(), s.object}
}

// strictness is from how large a deletion on the OTP is due.
func (p *Page) strictness() []fyne.CanvasObject {
	w := p.desk.Words
	s := p.saver()
	hint := form.NewText(w.T("settings.strict_text"))
	list := choice.New([]choice.Option{
		{Value: string(data.StrictHalf), Text: w.T("settings.strict.half")},
		{Value: string(data.StrictTenth), Text: w.T("settings.strict.tenth")},
		{Value: string(data.StrictAlways), Text: w.T("settings.strict.always")},
	}, string(p.desk.Settings().Strictness), func(string) { s.changed() })
	s.dirty = func(v data.Settings) bool { return list.Value() != string(v.Strictness) }
	s.valid = func() bool { return list.Value() != "" }
	s.change = func() func(*data.Settings) {
		value := data.Strictness(list.Value())
		return func(v *data.Settings) { v.Strictness = value }
	}
	shown := p.desk.Settings()
	p.keep(func() {
		if v := p.desk.Settings(); !s.dirty(shown) {
			shown = v
			list.Set(string(v.Strictness))
		}
		s.enable()
	})
	return []fyne.CanvasObject{hint.Object(), list, s.object}
}

// keep calls f now and whenever the settings changed.
func (p *Page) keep(f func()) {
	p.refresh = append(p.refresh, f)
	f()
}

package customers

import (
	"strconv"

	"fyne.io/fyne/v2"

	"lethe/app/look"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/filterpanel"
)

// sidebar holds segments and filters, with how many have which value.
type sidebar struct {
	page     *Page
	panel    *filterpanel.Panel
	segments *filterpanel.Section
	first    []filter // always there
	more     []filter // under More filters
	moreHead *filterpanel.Section
	folds    folds
}

// filter is a section that narrows one field, or one of a few.
type filter interface {
	section() *filterpanel.Section
	// name is the field that it narrows, or the first of them.
	name() data.Field
	// update brings the section in line with the page's filter and counts.
	update()
	// active is how many conditions stand in it.
	active() int
}

func newSidebar(p *Page) *sidebar {
	w := p.desk.Words
	s := &sidebar{page: p, folds: folds{p.desk.Prefs}}
	s.panel = filterpanel.New(w.T("customers.clear_all"), p.clearAll)
	s.panel.SetBack(look.ColorPanel)
	s.segments = filterpanel.NewSection(w.T("customers.segments"), sectionWords(w))
	s.segments.OnChanged = func(key string, on bool) {
		id, err := strconv.ParseInt(key, 10, 64)
		if err != nil || !on {
			id = 0
		}
		p.chooseSegment(id)
	}
	s.moreHead = filterpanel.NewSection(w.T("customers.more_filters"), sectionWords(w))
	s.folds.keep("segments", s.segments, true, nil)
	s.folds.keep("more", s.moreHead, false, s.arrange)
	s.first = []filter{
		newChoiceFilter(p, w.T("customers.location"), data.FieldCity, data.FieldState, data.FieldCountry),
		newChoiceFilter(p, "", data.FieldActivity),
		newTimeFilter(p, data.FieldLastInteraction),
		newChoiceFilter(p, "", data.FieldTags),
	}
	for _, f := range s.first {
		s.folds.keep(string(f.name()), f.section(), true, nil)
	}
	s.build()
	return s
}

// sectionWords are the texts of all sections.
func sectionWords(w *words.Words) filterpanel.Words {
	return filterpanel.Words{
		Search: w.T("customers.search_values"),
		More:   func(n int) string { return w.T("customers.show_more", "Count", n) },
		Fewer:  w.T("customers.show_fewer"),
		Count:  w.Number,
	}
}

// build makes the sections under More filters anew: custom fields come and go.
func (s *sidebar) build() {
	p := s.page
	s.more = []filter{
		newChoiceFilter(p, "", data.FieldSource),
		newChoiceFilter(p, "", data.FieldBlocked),
		newChoiceFilter(p, "", data.FieldOptOut),
		newTimeFilter(p, data.FieldCreated),
		newTimeFilter(p, data.FieldFollowUp),
	}
	for _, f := range p.speak.Fields {
		name := data.CustomFieldName(f.ID)
		switch f.Kind {
		case data.FieldDate:
			s.more = append(s.more, newTimeFilter(p, name))
		case data.FieldNumber:
			s.more = append(s.more, newNumberFilter(p, name))
		default:
			s.more = append(s.more, newChoiceFilter(p, "", name))
		}
	}
	for _, f := range s.more {
		s.folds.keep(string(f.name()), f.section(), false, nil)
		if f.active() > 0 {
			f.section().SetOpen(true)
		}
	}
	s.update()
	s.arrange()
}

// arrange puts the sections into the panel.
func (s *sidebar) arrange() {
	var items []fyne.CanvasObject
	if len(s.page.segments) > 0 {
		items = append(items, s.segments)
	}
	for _, f := range s.first {
		items = append(items, f.section())
	}
	items = append(items, s.moreHead)
	if s.moreHead.Open() {
		for _, f := range s.more {
			items = append(items, f.section())
		}
	}
	s.panel.SetItems(items...)
}

// update shows what is ticked and how many there are.
func (s *sidebar) update() { s.panel.Batch(s.updateSections) }

func (s *sidebar) updateSections() {
	p := s.page
	var values []filterpanel.Value
	for _, g := range p.segments {
		values = append(values, filterpanel.Value{
			Key: strconv.FormatInt(g.ID, 10), Label: fold.OneLine(g.Name, 60),
			Count: p.sizes[g.ID], On: g.ID == p.segment,
		})
	}
	s.segments.SetValues(values)
	active := 0
	for _, f := range s.first {
		f.update()
		f.section().SetBadge(f.active())
	}
	for _, f := range s.more {
		f.update()
		f.section().SetBadge(f.active())
		active += f.active()
	}
	s.moreHead.SetBadge(active)
	s.footer()
}

// footer says how many match.
func (s *sidebar) footer() {
	p := s.page
	if !p.asked.answered && p.total == 0 {
		s.panel.SetFooter("…", !p.filter.Empty())
		return
	}
	s.panel.SetFooter(p.desk.Words.N("customers.match", p.matching), !p.filter.Empty())
}

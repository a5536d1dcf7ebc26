package customers

import (
	"slices"

	"lethe/app/conditions"
	"lethe/data"
	"lethe/data/view"
)

// setFilter narrows the list to another filter.
func (p *Page) setFilter(f data.Filter) {
	p.filter = f
	p.only = false
	if p.segment != 0 && !p.withinSegment() {
		p.segment = 0
	}
	p.bar.setSearch(f.Search)
	p.side.update()
	p.ask(fromTop)
}

// withinSegment tells whether everything that the chosen segment asks for is
// still asked for.
func (p *Page) withinSegment() bool {
	s, ok := p.segmentOf(p.segment)
	if !ok || s.Filter.Search != "" && s.Filter.Search != p.filter.Search {
		return false
	}
	for _, c := range s.Filter.Conditions {
		same := slices.ContainsFunc(p.filter.Conditions, func(o data.Condition) bool {
			return data.Filter{Conditions: []data.Condition{c}}.Encode() == data.Filter{Conditions: []data.Condition{o}}.Encode()
		})
		if !same {
			return false
		}
	}
	return true
}

func (p *Page) segmentOf(id int64) (data.Segment, bool) {
	i := slices.IndexFunc(p.segments, func(s data.Segment) bool { return s.ID == id })
	if i < 0 {
		return data.Segment{}, false
	}
	return p.segments[i], true
}

// setCondition puts c in place of the condition on its field.
func (p *Page) setCondition(c data.Condition) { p.setFilter(p.filter.With(c)) }

// dropCondition takes the condition on a field away; conditions.Search stands
// for the search.
func (p *Page) dropCondition(f data.Field) {
	if f == conditions.Search {
		next := p.filter.Clone()
		next.Search = ""
		p.setFilter(next)
		return
	}
	p.setFilter(p.filter.Without(f))
}

// clearAll shows everybody.
func (p *Page) clearAll() {
	p.segment, p.origin = 0, 0
	p.setFilter(data.Filter{})
}

// searchAll keeps the search and drops everything else.
func (p *Page) searchAll() { p.setFilter(data.Filter{Search: p.filter.Search}) }

// search narrows by what was typed.
func (p *Page) search(text string) {
	next := p.filter.Clone()
	next.Search = text
	p.setFilter(next)
}

// chooseSegment shows the customers of a segment; 0 shows everybody. What the
// segment asks for stands in the sidebar then, and can be narrowed further.
func (p *Page) chooseSegment(id int64) {
	s, ok := p.segmentOf(id)
	if !ok {
		p.clearAll()
		return
	}
	p.segment, p.origin = id, id
	p.setFilter(s.Filter.Clone())
}

// sortBy sorts by a column.
func (p *Page) sortBy(column string, desc bool) {
	p.sort = view.Sort{Field: data.Field(column), Desc: desc}
	p.grid.SetSort(column, desc)
	p.ask(fromTop)
}

// dropUnknown takes conditions on custom fields away that are there no more: they
// would match nobody, or everybody.
func (p *Page) dropUnknown() {
	next := p.filter.Clone()
	for _, f := range p.filter.Fields() {
		id, custom := f.CustomID()
		if custom && !slices.ContainsFunc(p.speak.Fields, func(c data.CustomField) bool { return c.ID == id }) {
			next = next.Without(f)
		}
	}
	if len(next.Conditions) != len(p.filter.Conditions) {
		p.setFilter(next)
	}
}

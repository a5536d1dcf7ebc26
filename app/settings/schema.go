package settings

import (
	"lethe/app/schema"
	"lethe/data"
)

// schema adds the sections with custom fields and tags, for who may change them.
func (p *Page) schema(s *sections) {
	w, rights := p.desk.Words, p.desk.Rights()
	p.fields, p.tags = nil, nil
	if rights.May(data.OpAddField) {
		p.fields = schema.NewFields(p.desk)
		s.add(w.T("schema.fields"), p.fields.Objects()...)
	}
	if rights.May(data.OpTags) {
		p.tags = schema.NewTags(p.desk)
		s.add(w.T("schema.tags"), p.tags.Objects()...)
	}
	p.refreshSchema()
}

// refreshSchema reads both anew.
func (p *Page) refreshSchema() {
	if p.fields != nil {
		p.fields.Refresh()
	}
	if p.tags != nil {
		p.tags.Refresh()
	}
}

package schema

import (
	"strings"

	"lethe/app/form"
	"lethe/data"
)

// What drafts are kept as, over a lock.
const (
	draftField = "schema.field"
	draftTag   = "schema.tag"
)

// fieldDraft is a field that was being made or changed.
type fieldDraft struct {
	was           data.CustomField // no ID: a new one
	name, options string
	kind          data.FieldKind
}

// typing has what stands in a form kept over a lock, until stop is called.
func (f *Fields) typing(was data.CustomField, g *fieldForm) (stop func()) {
	return f.desk.Typing(draftField, func() any {
		d := fieldDraft{was, g.name.Text(), g.options.Text, g.kindNow()}
		if d.name == was.Name && d.kind == was.Kind && d.options == strings.Join(was.Options, "\n") {
			return nil
		}
		return d
	})
}

// takeDraft opens the dialog again over which the window locked.
func (f *Fields) takeDraft() {
	d, ok := f.desk.TakeDraft(draftField).(fieldDraft)
	if !ok || d.was.ID == 0 && !f.desk.Rights().May(data.OpAddField) || d.was.ID != 0 && !f.desk.Rights().May(data.OpChangeField) {
		return
	}
	g := f.form(d.was)
	g.name.SetText(d.name)
	g.options.SetText(d.options)
	if g.kind != nil {
		g.kind.Set(string(d.kind))
	}
	g.arrange()
	if d.was.ID == 0 {
		f.addAs(g)
	} else {
		f.changeAs(d.was, g)
	}
	f.desk.Status(f.desk.Words.T("customers.edit.draft"))
}

// tagDraft is a tag that was being renamed.
type tagDraft struct {
	tag  data.TagUse
	name string
}

func (t *Tags) typing(tag data.TagUse, name *form.Field) (stop func()) {
	return t.desk.Typing(draftTag, func() any {
		if name.Text() == tag.Name {
			return nil
		}
		return tagDraft{tag, name.Text()}
	})
}

func (t *Tags) takeDraft() {
	if d, ok := t.desk.TakeDraft(draftTag).(tagDraft); ok && t.desk.Rights().May(data.OpRenameTag) && t.whole(d.tag) {
		t.changeAs(d.tag, d.name)
		t.desk.Status(t.desk.Words.T("customers.edit.draft"))
	}
}

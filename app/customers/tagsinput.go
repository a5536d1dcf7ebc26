package customers

import (
	"slices"
	"strings"

	"lethe/data"
)

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

package customers

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/keys"
)

// tagsEditor shows tags as chips that a click takes away, and an entry that adds
// one with Enter or a comma, completed from those there are.
type tagsEditor struct {
	words   *words.Words
	tags    []string
	changed func()
	field   *form.Field
	suggest *suggest
	row     *fyne.Container
	object  fyne.CanvasObject
}

func newTagsEditor(w *words.Words, name string, all func() []string, changed func()) *tagsEditor {
	t := &tagsEditor{words: w, changed: changed, row: container.New(layout.NewRowWrapLayout())}
	t.field = form.New(name, "")
	t.field.Entry.SetPlaceHolder(w.T("customers.edit.add_tag"))
	t.suggest = newSuggest(func() []string {
		return slices.DeleteFunc(slices.Clone(all()), func(v string) bool { return slices.Contains(t.tags, v) })
	}, t.add)
	t.field.SetTight()
	t.field.OnChanged = t.typed
	t.field.Entry.OnSubmitted = func(text string) { t.add(text) }
	t.object = form.Stack(0, t.field.Object(), t.suggest.box, t.row)
	return t
}

func (t *tagsEditor) set(tags []string) {
	t.tags = slices.Clone(tags)
	t.show()
}

func (t *tagsEditor) show() {
	t.row.RemoveAll()
	for _, tag := range t.tags {
		b := keys.NewButton(fold.OneLine(tag, 30), func() { t.remove(tag) })
		b.Icon, b.IconPlacement, b.Importance = theme.CancelIcon(), widget.ButtonIconTrailingText, widget.MediumImportance
		t.row.Add(b)
	}
	setVisible(t.row, len(t.tags) > 0)
	t.row.Refresh()
}

func (t *tagsEditor) typed(text string) {
	if before, after, ok := strings.Cut(text, ","); ok {
		t.add(before)
		t.field.SetText(strings.TrimSpace(after))
		return
	}
	t.suggest.typed(text)
	t.changed()
}

// pending tells whether a tag is typed and not added yet.
func (t *tagsEditor) pending() bool { return strings.TrimSpace(t.field.Text()) != "" }

// add takes a tag in. One that differs from a tag there is by case only is that
// one: nobody wants "vip" beside "VIP".
func (t *tagsEditor) add(text string) {
	tag := data.CleanLine(text)
	for _, known := range t.suggest.all() {
		if fold.Fold(known) == fold.Fold(tag) {
			tag = known
		}
	}
	switch why := data.CheckTag(tag); {
	case why == data.ValueEmpty:
		return
	case why != "":
		t.field.Fail(t.words.Problem(why))
		return
	case len(t.tags) >= data.MaxTags:
		t.field.Fail(t.words.Problem(data.ValueTooMany))
		return
	}
	t.field.SetText("")
	t.suggest.hide()
	if !slices.Contains(t.tags, tag) {
		t.tags = append(t.tags, tag)
		slices.Sort(t.tags)
	}
	t.show()
	t.changed()
}

func (t *tagsEditor) remove(tag string) {
	t.tags = slices.DeleteFunc(t.tags, func(v string) bool { return v == tag })
	t.show()
	t.changed()
}

// finish takes in what is typed and not added yet, as who saves then means it.
func (t *tagsEditor) finish() {
	if t.pending() {
		t.add(t.field.Text())
	}
}

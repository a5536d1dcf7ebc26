package schema

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
	"lethe/widgets/listpick"
)

// Tags is the part with the tags. UI goroutine only.
type Tags struct{ part[data.TagUse] }

// NewTags makes the part. It is for whom data.OpTags is open.
func NewTags(d *desk.Desk) *Tags {
	t := &Tags{}
	t.part = newPart(d, func(ctx context.Context) ([]data.TagUse, error) { return d.Store.Tags(ctx, d.Actor) }, t.takeDraft)
	w := d.Words
	t.list = newList(w.T("schema.no_tags"), func(i int) listpick.Row {
		one := t.all[i]
		r := listpick.Row{Text: fold.OneLine(one.Name, nameShown), Detail: w.N("schema.customers", one.Customers)}
		if t.whole(one) {
			r.Button = w.T("schema.change")
		}
		return r
	}, func(i int) { t.change(t.all[i]) })
	return t
}

// whole tells whether the role shows all of a tag's name: who doesn't see it
// can't change it.
func (t *Tags) whole(tag data.TagUse) bool {
	return t.desk.Rights().SeesPhones() || !strings.Contains(tag.Name, phone.MaskSign)
}

// Objects are what stands in the window.
func (t *Tags) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		form.NewText(t.desk.Words.T("schema.tags_text")).Object(), t.list.object, t.said.Object(),
	}
}

// change renames a tag or leads to its removal.
func (t *Tags) change(tag data.TagUse) { t.changeAs(tag, tag.Name) }

// changeAs is change with another name typed already.
func (t *Tags) changeAs(tag data.TagUse, typed string) {
	w, d := t.desk.Words, t.desk
	name := form.New(w.T("schema.tag_name"), "")
	name.SetText(typed)
	stop := t.typing(tag, name)
	name.Check = func(text string) string {
		if why := data.CheckTag(data.CleanLine(text)); why != "" {
			return w.Problem(why)
		}
		return ""
	}
	dialog := confirm.New(d.Window.Canvas(), confirm.Options{
		Title: w.T("schema.change_tag"), Cancel: w.T("common.cancel"), Action: w.T("schema.save"), OnClosed: stop,
		Content: form.Stack(4, name.Object(), form.NewText(w.N("schema.tag_of", tag.Customers)).Object()),
	})
	save := func() {
		if !name.Valid() {
			return
		}
		next := data.CleanLine(name.Text())
		write(d, dialog, func(ctx context.Context) error {
			return d.Store.RenameTag(ctx, d.Actor, tag, next, false)
		}, func(err error) bool {
			var value *data.ValueProblem
			if !errors.As(err, &value) || value.Reason != data.ValueNameTaken {
				return false
			}
			dialog.Hide()
			t.merge(tag, next)
			return true
		}, func() { d.Status(w.T("schema.saved")) })
	}
	dialog.SetOnAction(save)
	name.Entry.OnSubmitted = func(string) { save() }
	dialog.SetExtra(keys.NewButton(w.T("schema.remove_tag"), func() {
		dialog.Hide()
		t.remove(tag)
	}))
	dialog.Show()
	dialog.Focus(name.Entry)
}

// merge asks whether two tags become one.
func (t *Tags) merge(tag data.TagUse, into string) {
	w := t.desk.Words
	t.ask(w.T("schema.merge_title", "Name", fold.OneLine(into, nameShown)),
		w.N("schema.merge_text", tag.Customers, "From", fold.OneLine(tag.Name, nameShown), "Into", fold.OneLine(into, nameShown)),
		w.T("schema.merge_action"), w.T("schema.saved"), func(ctx context.Context) error {
			return t.desk.Store.RenameTag(ctx, t.desk.Actor, tag, into, true)
		})
}

// remove asks whether a tag is taken away from everybody.
func (t *Tags) remove(tag data.TagUse) {
	w := t.desk.Words
	t.ask(w.T("schema.remove_tag_title", "Name", fold.OneLine(tag.Name, nameShown)),
		w.N("schema.remove_tag_text", tag.Customers)+" "+w.T("schema.no_way_back"),
		w.T("schema.remove_tag_action"), w.T("schema.tag_removed"), func(ctx context.Context) error {
			return t.desk.Store.RemoveTag(ctx, t.desk.Actor, tag)
		})
}

func (t *Tags) ask(title, text, action, said string, work func(context.Context) error) {
	d := t.desk
	dialog := confirm.New(d.Window.Canvas(), confirm.Options{
		Title: title, Content: form.NewText(text).Object(), Cancel: d.Words.T("common.cancel"), Action: action, Danger: true,
	})
	dialog.SetReady(true)
	dialog.SetOnAction(func() {
		write(d, dialog, work, nil, func() { d.Status(said) })
	})
	dialog.Show()
}

// row puts a button at the left.
func row(b *keys.Button) fyne.CanvasObject { return container.NewHBox(b, layout.NewSpacer()) }

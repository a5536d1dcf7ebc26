package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
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

func (i *input) focusOr(other fyne.Focusable) fyne.Focusable {
	if i.focus == nil {
		return other
	}
	return i.focus
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

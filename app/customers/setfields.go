package customers

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/widgets/checkmark"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

// fieldPicker is the content of Set Fields: which columns, in which order.
type fieldPicker struct {
	page   *Page
	fields []data.Field // the shown ones first
	shown  int          // how many are
	list   *fyne.Container
	dialog *confirm.Dialog
}

// setFields asks which columns to show.
func (p *Page) setFields() {
	w := p.desk.Words
	f := &fieldPicker{page: p, list: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	f.take(p.columns.shown())
	f.dialog = confirm.New(p.desk.Window.Canvas(), confirm.Options{
		Title:   w.T("customers.fields.title"),
		Content: form.Stack(4, form.NewLine(w.T("customers.fields.hint"), look.ColorMuted).Object(), f.list),
		Cancel:  w.T("common.cancel"), Action: w.T("customers.fields.apply"),
		OnAction: f.apply,
	})
	reset := keys.NewButton(w.T("customers.fields.reset"), func() { f.take(usual()) })
	reset.Importance = widget.LowImportance
	f.dialog.SetExtra(reset)
	f.dialog.Show()
}

// take shows these columns, the others below them.
func (f *fieldPicker) take(shown []data.Field) {
	f.fields, f.shown = slices.Clone(shown), len(shown)
	for _, other := range f.page.columns.all() {
		if !slices.Contains(shown, other) {
			f.fields = append(f.fields, other)
		}
	}
	f.draw()
}

func (f *fieldPicker) draw() {
	f.list.RemoveAll()
	for i, field := range f.fields {
		f.list.Add(f.row(i, field))
	}
	f.list.Refresh()
	if f.dialog != nil {
		f.dialog.SetReady(f.shown > 0)
	}
}

func (f *fieldPicker) row(i int, field data.Field) fyne.CanvasObject {
	tick := checkmark.NewTick(f.page.speak.Name(field), func(on bool) { f.toggle(field, on) })
	tick.SetOn(i < f.shown)
	up, down := keys.NewButton("", func() { f.move(i, i-1) }), keys.NewButton("", func() { f.move(i, i+1) })
	up.Icon, down.Icon = theme.MoveUpIcon(), theme.MoveDownIcon()
	up.Importance, down.Importance = widget.LowImportance, widget.LowImportance
	if i >= f.shown {
		return tick
	}
	if i == 0 {
		up.Disable()
	}
	if i == f.shown-1 {
		down.Disable()
	}
	return container.NewBorder(nil, nil, nil, container.NewHBox(up, down), tick)
}

// toggle takes a column in, behind the others, or out.
func (f *fieldPicker) toggle(field data.Field, on bool) {
	shown := slices.DeleteFunc(slices.Clone(f.fields[:f.shown]), func(o data.Field) bool { return o == field })
	if on {
		shown = append(shown, field)
	}
	f.take(shown)
}

func (f *fieldPicker) move(from, to int) {
	f.fields[from], f.fields[to] = f.fields[to], f.fields[from]
	f.draw()
}

func (f *fieldPicker) apply() {
	c := f.page.columns
	var chosen []choice
	for _, field := range f.fields[:f.shown] {
		one := choice{Field: field}
		if i := slices.IndexFunc(c.chosen, func(o choice) bool { return o.Field == field }); i >= 0 {
			one = c.chosen[i]
		}
		chosen = append(chosen, one)
	}
	c.choose(chosen)
	f.dialog.Hide()
	f.page.setColumns()
}

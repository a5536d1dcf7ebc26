package schema

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/app/agree"
	"lethe/app/choice"
	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
	"lethe/widgets/listpick"
)

const nameShown = 60 // characters of a name

// Fields is the part with the custom fields. UI goroutine only.
type Fields struct{ part[data.CustomField] }

// NewFields makes the part. It is for whom data.OpAddField is open.
func NewFields(d *desk.Desk) *Fields {
	f := &Fields{}
	f.part = newPart(d, func(ctx context.Context) ([]data.CustomField, error) { return d.Store.Fields(ctx, d.Actor) }, f.takeDraft)
	w := d.Words
	f.list = newList(w.T("schema.no_fields"), func(i int) listpick.Row {
		one := f.all[i]
		return listpick.Row{
			Text: fold.OneLine(one.Name, nameShown), Detail: w.T("schema.kind." + string(one.Kind)), Button: w.T("schema.change"),
		}
	}, func(i int) { f.change(f.all[i]) })
	return f
}

// Objects are what stands in the window.
func (f *Fields) Objects() []fyne.CanvasObject {
	add := keys.NewButton(f.desk.Words.T("schema.add_field"), f.add)
	add.EnterPresses = true
	return []fyne.CanvasObject{
		form.NewText(f.desk.Words.T("schema.fields_text")).Object(), f.list.object, f.said.Object(), row(add),
	}
}

// fieldForm asks for name, kind and options.
type fieldForm struct {
	name    *form.Field
	kind    *choice.Select // nil for a field that is there
	options *keys.Entry    // one a line
	fault   *form.Line     // about the options
	below   *fyne.Container
	fixed   data.FieldKind
}

func (f *Fields) form(was data.CustomField) *fieldForm {
	w := f.desk.Words
	g := &fieldForm{name: form.New(w.T("schema.name"), ""), fault: form.NewLine(w.T("schema.options_hint"), look.ColorMuted), fixed: was.Kind}
	g.name.SetText(was.Name)
	g.name.Check = func(text string) string {
		switch why := (data.CustomField{Name: text, Kind: data.FieldText}).CheckField(); why {
		case "":
			return ""
		case data.ValueEmpty:
			return w.T("schema.name_needed")
		default:
			return w.Problem(why)
		}
	}
	g.options = keys.NewLinesEntry(5)
	g.options.SetText(strings.Join(was.Options, "\n"))
	g.below = form.Stack(0, form.NewLine(w.T("schema.options"), theme.ColorNameForeground).Object(), g.options, g.fault.Object())
	if was.ID == 0 {
		var kinds []choice.Option
		for _, k := range []data.FieldKind{data.FieldText, data.FieldNumber, data.FieldDate, data.FieldList} {
			kinds = append(kinds, choice.Option{Value: string(k), Text: w.T("schema.kind." + string(k))})
		}
		g.kind = choice.New(kinds, string(data.FieldText), func(string) { g.arrange() })
	}
	g.arrange()
	return g
}

func (g *fieldForm) kindNow() data.FieldKind {
	if g.kind != nil {
		return data.FieldKind(g.kind.Value())
	}
	return g.fixed
}

// arrange shows the options of a List.
func (g *fieldForm) arrange() {
	if g.kindNow() == data.FieldList {
		g.below.Show()
	} else {
		g.below.Hide()
	}
}

// field is what stands there.
func (g *fieldForm) field(id data.FieldID) data.CustomField {
	out := data.CustomField{ID: id, Name: data.CleanLine(g.name.Text()), Kind: g.kindNow()}
	if out.Kind == data.FieldList {
		out.Options = data.CleanOptions(strings.Split(g.options.Text, "\n"))
	}
	return out
}

func (f *Fields) valid(g *fieldForm) bool {
	ok := g.name.Valid()
	if g.kindNow() != data.FieldList {
		return ok
	}
	w := f.desk.Words
	switch n := len(g.field(0).Options); {
	case n == 0:
		g.fault.Set(w.T("schema.options_needed"), look.ColorDanger)
		return false
	case n > data.MaxOptions:
		g.fault.Set(w.T("schema.options_many", "Count", data.MaxOptions), look.ColorDanger)
		return false
	}
	g.fault.Set(w.T("schema.options_hint"), look.ColorMuted)
	return ok
}

// failed says beside the name that it is taken.
func (f *Fields) failed(g *fieldForm) func(error) bool {
	return func(err error) bool {
		var value *data.ValueProblem
		if errors.As(err, &value) && value.Reason != data.ValueTooMany {
			g.name.Fail(f.desk.Words.Error(err))
			return true
		}
		return false
	}
}

// add asks for a new field.
func (f *Fields) add() {
	f.addAs(f.form(data.CustomField{Kind: data.FieldText}))
}

func (f *Fields) addAs(g *fieldForm) {
	w, d := f.desk.Words, f.desk
	stop := f.typing(data.CustomField{Kind: data.FieldText}, g)
	dialog := confirm.New(d.Window.Canvas(), confirm.Options{
		Title: w.T("schema.add_field"), Cancel: w.T("common.cancel"), Action: w.T("schema.add_field"), OnClosed: stop,
		Content: form.Stack(4, g.name.Object(), form.NewLine(w.T("schema.kind"), theme.ColorNameForeground).Object(), g.kind, g.below),
	})
	save := func() {
		if !f.valid(g) {
			return
		}
		next := g.field(0)
		write(d, dialog, func(ctx context.Context) error {
			_, err := d.Store.AddField(ctx, d.Actor, next)
			return err
		}, f.failed(g), func() { d.Status(w.T("schema.field_added")) })
	}
	dialog.SetOnAction(save)
	g.name.Entry.OnSubmitted = func(string) { save() }
	dialog.Show()
	dialog.Focus(g.name.Entry)
}

// change renames a field, changes its options, or leads to its removal.
func (f *Fields) change(was data.CustomField) { f.changeAs(was, f.form(was)) }

func (f *Fields) changeAs(was data.CustomField, g *fieldForm) {
	w, d := f.desk.Words, f.desk
	stop := f.typing(was, g)
	dialog := confirm.New(d.Window.Canvas(), confirm.Options{
		Title: w.T("schema.change_field"), Cancel: w.T("common.cancel"), Action: w.T("schema.save"), OnClosed: stop,
		Content: form.Stack(4, g.name.Object(),
			form.NewLine(w.T("schema.kind_fixed", "Kind", w.T("schema.kind."+string(was.Kind))), look.ColorMuted).Object(), g.below),
	})
	save := func() {
		if !f.valid(g) {
			return
		}
		next := g.field(was.ID)
		write(d, dialog, func(ctx context.Context) error {
			return d.Store.ChangeField(ctx, d.Actor, was, next)
		}, f.failed(g), func() { d.Status(w.T("schema.saved")) })
	}
	dialog.SetOnAction(save)
	g.name.Entry.OnSubmitted = func(string) { save() }
	if d.Rights().May(data.OpRemoveField) {
		dialog.SetExtra(keys.NewButton(w.T("schema.remove_field"), func() {
			dialog.Hide()
			f.remove(was)
		}))
	}
	dialog.Show()
	dialog.Focus(g.name.Entry)
}

// remove says who loses a value and asks, with the Account Owner's OTP where half
// of the customers do.
func (f *Fields) remove(field data.CustomField) {
	d := f.desk
	var use data.FieldUse
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		use, err = d.Store.FieldUse(ctx, d.Actor, field.ID)
		return err
	}, func(err error) {
		if err != nil {
			d.Status(d.Words.Error(err))
			return
		}
		f.confirmRemoval(field, use, "")
	})
}

func (f *Fields) confirmRemoval(field data.CustomField, use data.FieldUse, why string) {
	w, d := f.desk.Words, f.desk
	title := w.T("schema.remove_title", "Name", fold.OneLine(field.Name, nameShown))
	lines := []string{w.N("schema.remove_loses", use.Customers)}
	if len(use.Segments) > 0 {
		var names []string
		for _, s := range use.Segments {
			names = append(names, fold.OneLine(s, nameShown))
		}
		lines = append(lines, w.N("schema.remove_segments", len(names), "Names", strings.Join(names, ", ")))
	}
	lines = append(lines, w.T("schema.no_way_back"))
	if use.OTPDue {
		lines = append(lines, w.T("schema.remove_otp"))
		if use.OTPSetUp {
			agree.Ask(d, agree.Options{
				Title: title, Text: strings.Join(lines, " "), Action: w.T("schema.remove_action"),
				Work: func(ctx context.Context, code string) error {
					return d.Store.RemoveField(ctx, d.Actor, field.ID, use, code)
				},
				Done: func(err error) { f.removed(field, err) },
			})
			return
		}
		lines = append(lines, w.Error(data.ErrOTPNotSetUp))
	}
	var texts []fyne.CanvasObject
	for _, l := range lines {
		texts = append(texts, form.NewText(l).Object())
	}
	dialog := confirm.New(d.Window.Canvas(), confirm.Options{
		Title: title, Content: form.Stack(2, texts...), Cancel: w.T("common.cancel"),
		Action: w.T("schema.remove_action"), Danger: true,
	})
	dialog.SetReady(!use.OTPDue)
	dialog.SetError(why)
	dialog.SetOnAction(func() {
		write(d, dialog, func(ctx context.Context) error {
			return d.Store.RemoveField(ctx, d.Actor, field.ID, use, "")
		}, func(err error) bool {
			if !errors.Is(err, data.ErrStalePlan) && !errors.Is(err, data.ErrOTPNeeded) {
				return false
			}
			dialog.Hide()
			f.removed(field, err)
			return true
		}, func() { f.removed(field, nil) })
	})
	dialog.Show()
}

// removed tells how a removal ended. Where the list changed meanwhile, it is
// asked anew with the new counts.
func (f *Fields) removed(field data.CustomField, err error) {
	w := f.desk.Words
	switch {
	case err == nil:
		f.desk.Status(w.T("schema.field_removed"))
	case errors.Is(err, data.ErrStalePlan), errors.Is(err, data.ErrOTPNeeded):
		f.desk.Status(w.T("schema.stale"))
		f.remove(field)
	default:
		f.desk.Status(w.Error(err))
	}
}

package customers

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lethe/app/agree"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/phone"
	"lethe/data/store"
	"lethe/data/view"
	"lethe/widgets/keys"
)

// byID is the order that costs nothing.
var byID = view.Sort{}

// editForm is a customer being changed, or a new one. What somebody else
// changes meanwhile comes in where the person changed nothing, and is said
// where they did.
type editForm struct {
	page    *Page
	base    store.Details      // as last read; without an id for a new one
	fields  []data.CustomField // those that there were when it was made
	inputs  []*input
	finish  func()      // takes in what is typed and not entered yet
	pending func() bool // tells whether there is any of that

	fault  *form.Line
	save   *keys.Button
	cancel *keys.Button
	body   *fyne.Container
	foot   fyne.CanvasObject
	busy   bool

	saved func(data.CustomerID)
	left  func() // Cancel
}

func newEditForm(p *Page, base store.Details) *editForm {
	w, rights := p.desk.Words, p.desk.Rights()
	f := &editForm{page: p, base: base, fields: p.speak.Fields, finish: func() {}, pending: func() bool { return false }}
	f.add(f.textOrMasked(data.FieldName, false))
	if rights.SeesPhones() {
		f.add(f.phoneInput())
	} else {
		f.add(f.shownInput(data.FieldPhone, w.T("customers.edit.masked")))
	}
	f.add(f.textOrMasked(data.FieldWhatsApp, false), f.textOrMasked(data.FieldEmail, false), f.textOrMasked(data.FieldCompany, false),
		f.textOrMasked(data.FieldCity, true), f.textOrMasked(data.FieldState, true), f.textOrMasked(data.FieldCountry, true),
		f.tagsInput(), f.textOrMasked(data.FieldSource, true))
	if rights.May(data.OpEditAgent) {
		f.add(f.agentInput())
	}
	f.add(f.dayInput(data.FieldFollowUp, func(r *data.Row) data.Date { return r.FollowUp }))
	f.add(f.flagInput(data.FieldBlocked, w.T("customers.edit.blocked"), func(r *data.Row) bool { return r.Blocked },
		func(e *data.Edit, on *bool) { e.Blocked = on }))
	f.add(f.flagInput(data.FieldOptOut, w.T("customers.edit.opt_out"), func(r *data.Row) bool { return r.OptOut },
		func(e *data.Edit, on *bool) { e.OptOut = on }))
	for _, c := range p.speak.Fields {
		if p.desk.Rights().SeesPhones() || c.Kind == data.FieldDate || !masked(base.Row.Custom[c.ID]) {
			f.add(f.customInput(c))
		} else {
			f.add(f.shownInput(data.CustomFieldName(c.ID), w.T("customers.edit.masked")))
		}
	}
	f.fault = form.NewLine("", look.ColorDanger)
	f.fault.SetVisible(false)
	f.save = keys.NewButton(w.T("customers.edit.save"), f.submit)
	f.save.Importance, f.save.EnterPresses = widget.HighImportance, true
	f.cancel = keys.NewButton(w.T("common.cancel"), func() { f.left() })
	f.foot = form.Stack(0, widget.NewSeparator(), f.fault.Object(),
		container.NewPadded(container.NewGridWithColumns(2, f.cancel, f.save)))
	f.body = form.Stack(2)
	for _, in := range f.inputs {
		f.body.Add(in.object)
		in.set(in.read(&f.base.Row))
	}
	f.update()
	return f
}

// masked tells whether a text came without the digits of a number.
func masked(text string) bool { return strings.Contains(text, phone.MaskSign) }

func (f *editForm) add(inputs ...*input) { f.inputs = append(f.inputs, inputs...) }

// textOrMasked is a text to change, or to look at where the role hides digits in
// it: who saved it would overwrite what they can't see.
func (f *editForm) textOrMasked(field data.Field, offered bool) *input {
	if !f.page.desk.Rights().SeesPhones() && masked(plainText(&f.base.Row, field)) {
		return f.shownInput(field, f.page.desk.Words.T("customers.edit.masked"))
	}
	return f.textInput(field, offered)
}

// changed is called when the person changed something.
func (f *editForm) changed() {
	f.complain("")
	f.update()
}

// complain says above the buttons why nothing is saved; "" takes it away.
func (f *editForm) complain(text string) {
	f.fault.Set(text, look.ColorDanger)
	f.fault.SetVisible(text != "")
	f.relayout()
}

// relayout makes room for lines that came, and takes that of those that went.
func (f *editForm) relayout() {
	if f.body != nil && f.page.details.edit == f {
		f.body.Refresh()
		// Wrapped text knows its height once it has its width.
		f.page.details.inner.Refresh()
		f.page.details.inner.Refresh()
	}
}

func (f *editForm) update() {
	if f.dirty() && !f.busy {
		f.save.Enable()
	} else {
		f.save.Disable()
	}
}

// dirty tells whether anything differs from what is stored.
func (f *editForm) dirty() bool {
	for _, in := range f.inputs {
		if in.dirty(&f.base.Row) {
			return true
		}
	}
	return f.pending()
}

// rebase takes in the customer as somebody else left them.
func (f *editForm) rebase(next store.Details) {
	clash := false
	old := f.base
	f.base = next
	for _, in := range f.inputs {
		was, is := in.read(&old.Row), in.read(&next.Row)
		switch {
		case in.get() == was:
			in.set(is)
		case was != is && in.get() != is:
			in.say(f.page.desk.Words.T("customers.edit.now", "Value", orMissing(f.page, f.said(in.field, &next.Row))))
			clash = true
		}
	}
	if clash {
		f.complain(f.page.desk.Words.T("customers.edit.clash"))
	}
	f.update()
}

// said is a value in words.
func (f *editForm) said(field data.Field, r *data.Row) string {
	if field == data.FieldTags {
		return strings.Join(r.Tags, ", ")
	}
	return f.page.rows.text(r, field)
}

// edit is what the person changed.
func (f *editForm) edit() data.Edit {
	e := data.Edit{Customer: f.base.Row.ID, Version: f.base.Row.Version, Texts: map[data.Field]string{}}
	for _, in := range f.inputs {
		if in.dirty(&f.base.Row) {
			in.into(&e, &f.base.Row)
		}
	}
	return e
}

// valid says what can't be kept, and goes to the first of it.
func (f *editForm) valid() bool {
	var bad *input
	for _, in := range f.inputs {
		isNew := f.base.Row.ID == 0 && in.field == data.FieldPhone
		if (in.dirty(&f.base.Row) || isNew) && in.problem() != "" && bad == nil {
			bad = in
		}
	}
	if bad != nil {
		f.page.desk.Window.Canvas().Focus(bad.focus)
	}
	return bad == nil
}

// submit saves.
func (f *editForm) submit() {
	f.finish()
	if f.busy || f.save.Disabled() || !f.valid() {
		return
	}
	f.write("", f.failed)
}

func (f *editForm) write(code string, failed func(error)) {
	f.busy = true
	f.update()
	e := f.edit()
	id := e.Customer
	f.page.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		id, err = f.store(ctx, e, code)
		return err
	}, func(err error) {
		f.busy = false
		f.update()
		if err != nil {
			failed(err)
			return
		}
		f.saved(id)
	})
}

// store writes an edit, or adds the customer. Background.
func (f *editForm) store(ctx context.Context, e data.Edit, code string) (data.CustomerID, error) {
	d := f.page.desk
	if e.Customer == 0 {
		return d.Store.AddCustomer(ctx, d.Actor, store.NewCustomer{Phone: e.Phone, Edit: e})
	}
	return e.Customer, d.Store.EditCustomer(ctx, d.Actor, e, code)
}

// failed says why nothing was saved. What was typed stays.
func (f *editForm) failed(err error) {
	w := f.page.desk.Words
	var value *data.ValueProblem
	switch {
	case errors.As(err, &value):
		for _, in := range f.inputs {
			if in.field == value.Field {
				in.say(w.Error(err))
				f.page.desk.Window.Canvas().Focus(in.focus)
				return
			}
		}
		f.complain(w.Error(err))
	case errors.Is(err, data.ErrOTPNeeded):
		f.askOTP()
	case errors.Is(err, data.ErrConflict):
		f.complain(w.T("customers.edit.conflict"))
		f.page.details.read()
	case errors.Is(err, data.ErrNotFound):
		// The customer, which reading tells, or a field.
		f.complain(w.T("customers.edit.field_gone"))
		f.page.details.read()
	default:
		f.complain(w.Error(err))
	}
}

// askOTP asks for the Account Owner's word: the number counts as a customer
// removed.
func (f *editForm) askOTP() {
	w := f.page.desk.Words
	e := f.edit()
	agree.Ask(f.page.desk, agree.Options{
		Title: w.T("customers.edit.otp_title"), Text: w.T("customers.edit.otp_text." + string(f.page.desk.Settings().Strictness)), Action: w.T("customers.edit.otp_action"),
		Work: func(ctx context.Context, code string) error {
			_, err := f.store(ctx, e, code)
			return err
		},
		Done: func(err error) {
			if err != nil {
				f.failed(err)
				return
			}
			f.saved(e.Customer)
		},
	})
}

package customers

import (
	"slices"

	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

// startEdit turns the panel into a form.
func (d *details) startEdit() {
	if d.edit == nil && d.whole && d.page.desk.Rights().May(data.OpEditCustomer) {
		d.showForm(newEditForm(d.page, d.found))
	}
}

// startNew asks for a new customer.
func (d *details) startNew() {
	if !d.page.desk.Rights().May(data.OpAddCustomer) {
		return
	}
	d.leave(func() {
		d.close()
		d.shown = true
		d.showForm(newEditForm(d.page, store.Details{}))
	})
}

func (d *details) showForm(f *editForm) {
	w := d.page.desk.Words
	d.edit = f
	f.saved = d.saved
	f.left = func() { d.leave(d.stopEdit) }
	if f.base.Row.ID == 0 {
		d.title.SetText(w.T("customers.edit.new"))
	} else {
		d.title.SetText(orMissing(d.page, title(&f.base.Row)))
	}
	d.acts.RemoveAll()
	d.body.Objects = []fyne.CanvasObject{f.body}
	d.body.Refresh()
	d.foot.Objects = []fyne.CanvasObject{f.foot}
	d.foot.Refresh()
	setVisible(d.panel, true)
	keys.Follow(d.scroll, d.body)
	d.scroll.ScrollToTop()
	d.inner.Refresh()
	d.page.frame.showDetails()
	d.page.desk.Window.Canvas().Focus(f.inputs[0].focusOr(f.cancel))
}

// stopEdit goes back to what is stored; for a new customer the panel closes.
func (d *details) stopEdit() {
	d.edit = nil
	d.foot.RemoveAll()
	d.foot.Refresh()
	if d.id == 0 {
		d.shut()
		return
	}
	d.fill()
	d.scroll.ScrollToTop()
	d.inner.Refresh()
	d.page.desk.Window.Canvas().Focus(d.page.grid)
}

// saved shows what was written.
func (d *details) saved(id data.CustomerID) {
	fresh := d.id == 0
	d.id = id
	d.page.desk.Status(d.page.desk.Words.T("customers.edit.saved"))
	if fresh {
		d.found, d.whole = store.Details{Row: data.Row{Customer: data.Customer{ID: id}}}, false
	}
	d.stopEdit()
	d.read()
}

// unsaved tells whether something typed is not saved.
func (d *details) unsaved() bool {
	return d.edit != nil && d.edit.dirty() || d.typing != nil && d.typing(&draft{})
}

// leave goes on with then, once unsaved changes are saved or given up; or not at
// all, if the person keeps editing.
func (d *details) leave(then func()) {
	f := d.edit
	if f == nil || !f.dirty() {
		d.edit = nil
		d.foot.RemoveAll()
		then()
		return
	}
	if f.busy || d.asking != nil && d.asking.Shown() {
		return
	}
	w := d.page.desk.Words
	ask := confirm.New(d.page.desk.Window.Canvas(), confirm.Options{
		Title: w.T("customers.edit.unsaved"), Content: form.NewText(w.T("customers.edit.unsaved_text")).Object(),
		Cancel: w.T("customers.edit.keep"), Action: w.T("customers.edit.save"),
	})
	drop := keys.NewButton(w.T("customers.edit.discard"), func() {
		ask.Hide()
		d.edit = nil
		d.foot.RemoveAll()
		then()
	})
	ask.SetExtra(drop)
	ask.SetOnAction(func() {
		ask.Hide()
		saved := f.saved
		f.saved = func(id data.CustomerID) {
			saved(id)
			then()
		}
		f.submit()
		if !f.busy {
			f.saved = saved
		}
	})
	d.asking = ask
	ask.Show()
}

// around shows the customer anew because fields or names around them changed. A
// form that is open keeps what was typed, in the fields that there are now.
func (d *details) around() {
	switch f := d.edit; {
	case f == nil && d.id != 0:
		d.fill()
	case f != nil && !f.busy && !slices.EqualFunc(f.fields, d.page.speak.Fields, func(a, b data.CustomField) bool {
		return a.ID == b.ID && a.Name == b.Name && slices.Equal(a.Options, b.Options)
	}):
		kept := f.draft()
		d.showForm(newEditForm(d.page, f.base))
		d.edit.take(kept)
	}
}

package customers

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/keys"
)

// showActs shows what the person may do with the customer in the panel.
func (d *details) showActs() {
	w, rights := d.page.desk.Words, d.page.desk.Rights()
	d.acts.RemoveAll()
	if !d.whole || !rights.May(data.OpEditCustomer) {
		return
	}
	edit := keys.NewButton(w.T("customers.edit.edit"), d.startEdit)
	edit.Icon = theme.DocumentCreateIcon()
	note := keys.NewButton(w.T("customers.note.add"), func() { d.editNote(nil) })
	met := keys.NewButton(w.T("customers.met.add"), func() { d.editInteraction(nil) })
	more := keys.NewButton("", nil)
	more.Icon = theme.MoreVerticalIcon()
	more.OnTapped = func() {
		pop := widget.NewPopUpMenu(d.moreMenu(), d.page.desk.Window.Canvas())
		pop.ShowAtRelativePosition(fyne.NewPos(0, more.Size().Height), more)
	}
	for _, b := range []*keys.Button{edit, note, met, more} {
		b.Importance, b.EnterPresses = widget.LowImportance, true
	}
	d.acts.Add(container.NewHBox(edit, note, met, layout.NewSpacer(), more))
}

// moreMenu blocks and unblocks, opts out and in, and deletes.
func (d *details) moreMenu() *fyne.Menu {
	p, w, id := d.page, d.page.desk.Words, d.id
	items := p.flagItems(&d.found.Row)
	if p.controls().DeleteRow != absent {
		items = append(items, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem(w.T("customers.menu.delete"), func() { p.deleteOne(id) }))
	}
	return fyne.NewMenu("", items...)
}

// flagItems change one flag of a customer by one click.
func (p *Page) flagItems(r *data.Row) []*fyne.MenuItem {
	w := p.desk.Words
	block, optOut := !r.Blocked, !r.OptOut
	text := map[bool]string{true: w.T("customers.menu.block"), false: w.T("customers.menu.unblock")}
	out := map[bool]string{true: w.T("customers.menu.opt_out"), false: w.T("customers.menu.opt_in")}
	id := r.ID
	return []*fyne.MenuItem{
		fyne.NewMenuItem(text[block], func() { p.setFlags(data.Edit{Customer: id, Blocked: &block}) }),
		fyne.NewMenuItem(out[optOut], func() { p.setFlags(data.Edit{Customer: id, OptOut: &optOut}) }),
	}
}

// setFlags writes a flag on the customer as they are now: it overwrites nothing
// that somebody else could have typed.
func (p *Page) setFlags(e data.Edit) {
	d := p.desk
	if !d.Rights().May(data.OpEditCustomer) {
		return
	}
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		now, err := d.Store.Details(ctx, d.Actor, e.Customer)
		if err != nil {
			return err
		}
		e.Version = now.Row.Version
		return d.Store.EditCustomer(ctx, d.Actor, e, "")
	}, func(err error) {
		if err != nil {
			d.Status(d.Words.Error(err))
			return
		}
		d.Status(d.Words.T("customers.edit.saved"))
	})
}

// editRow opens a customer's form.
func (p *Page) editRow(id data.CustomerID) {
	p.details.editSoon = id
	p.details.open(id)
}

package customers

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

// details is the panel over the grid's right that shows one customer, and in
// which they are edited.
type details struct {
	page   *Page
	id     data.CustomerID // 0 while closed, and for a new one
	shown  bool
	found  store.Details // as last read; its row alone until read is set
	whole  bool          // notes and interactions were read
	edit   *editForm     // nil while nothing is edited
	job    *task.Job
	title  *widget.Label
	cross  *keys.Button
	acts   *fyne.Container // what can be done, under the title
	body   *fyne.Container
	foot   *fyne.Container
	scroll *container.Scroll
	inner  *fyne.Container // all of it, over the ground
	panel  *fyne.Container
	asking *confirm.Dialog // about unsaved changes

	// typing takes what stands in the dialog of a note or an interaction into a
	// draft, and tells whether it differs from what is stored; nil while there is
	// no such dialog.
	typing   func(*draft) bool
	editSoon data.CustomerID // whose form opens as soon as they are read
}

func newDetails(p *Page) *details {
	d := &details{page: p, title: widget.NewLabel("")}
	d.title.TextStyle.Bold = true
	d.title.SizeName = theme.SizeNameSubHeadingText
	d.title.Truncation = fyne.TextTruncateEllipsis
	d.cross = keys.NewButton("", func() { d.leave(func() { d.shut() }) })
	d.cross.Icon, d.cross.Importance = theme.CancelIcon(), widget.LowImportance
	d.body, d.acts, d.foot = container.NewVBox(), container.NewVBox(), container.NewStack()
	d.scroll = container.NewVScroll(container.NewPadded(d.body))
	head := container.NewVBox(container.NewBorder(nil, nil, nil, d.cross, d.title), d.acts, widget.NewSeparator())
	d.inner = container.NewBorder(head, d.foot, nil, nil, d.scroll)
	d.panel = container.NewStack(newGround(), d.inner)
	d.panel.Hide()
	return d
}

// open shows a customer: at once what the list knows, then what hangs on it.
// Unsaved changes of another one are asked about first.
func (d *details) open(id data.CustomerID) {
	if d.edit != nil && d.id == id {
		return
	}
	d.leave(func() { d.show(id) })
}

func (d *details) show(id data.CustomerID) {
	row := d.page.rows.row(id)
	if row == nil {
		return
	}
	d.id, d.shown = id, true
	d.found, d.whole = store.Details{Row: *row}, false
	d.fill()
	d.scroll.ScrollToTop()
	setVisible(d.panel, true)
	d.page.frame.showDetails()
	d.read()
}

// read reads the customer with what hangs on it.
func (d *details) read() {
	p, id := d.page, d.id
	if d.job != nil {
		d.job.Cancel()
	}
	if id == 0 {
		return
	}
	var found store.Details
	d.job = p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		found, err = p.desk.Store.Details(ctx, p.desk.Actor, id)
		return err
	}, func(err error) {
		switch {
		case id != d.id || errors.Is(err, context.Canceled):
		case errors.Is(err, data.ErrNotFound):
			d.gone()
		case err != nil:
			p.desk.Status(p.desk.Words.Error(err))
		default:
			d.found, d.whole = found, true
			if d.edit != nil {
				d.edit.rebase(found)
			} else {
				d.fill()
			}
			if d.editSoon == id {
				d.editSoon = 0
				d.startEdit()
			}
		}
	})
}

// gone closes the panel because its customer isn't in the list any more.
func (d *details) gone() {
	d.shut()
	d.page.desk.Status(d.page.desk.Words.T("customers.details.gone"))
}

// changed follows the store: who is shown may have changed or gone.
func (d *details) changed(e data.Event) {
	switch {
	case d.id == 0:
	case slices.Contains(e.Removed, d.id):
		d.gone()
	case e.Everything || slices.Contains(e.Changed, d.id):
		d.read()
	}
}

// shut closes the panel and gives the keys back to the grid.
func (d *details) shut() {
	if d.close() {
		d.page.desk.Window.Canvas().Focus(d.page.grid)
	}
}

// close hides the panel and lets go of what it showed.
func (d *details) close() bool {
	if !d.shown {
		return false
	}
	d.id, d.shown, d.edit = 0, false, nil
	d.found, d.whole = store.Details{}, false
	if d.job != nil {
		d.job.Cancel()
	}
	d.body.RemoveAll()
	d.acts.RemoveAll()
	d.foot.RemoveAll()
	d.title.SetText("")
	setVisible(d.panel, false)
	return true
}

// dismiss is Escape: it leaves the form, or closes the panel.
func (d *details) dismiss() bool {
	switch {
	case !d.shown:
		return false
	case d.edit != nil:
		d.leave(d.stopEdit)
	default:
		d.shut()
	}
	return true
}

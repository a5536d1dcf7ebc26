package customers

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
	"lethe/widgets/paint"
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

func (i *input) focusOr(other fyne.Focusable) fyne.Focusable {
	if i.focus == nil {
		return other
	}
	return i.focus
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

// keepDraft keeps what was typed over a lock; takeDraft brings it back.
func (d *details) keepDraft() {
	if !d.unsaved() {
		return
	}
	kept := &draft{id: d.id}
	if d.edit != nil {
		kept = d.edit.draft()
	}
	if d.typing != nil {
		d.typing(kept)
	}
	d.page.desk.KeepDraft(id, kept)
}

func (d *details) takeDraft() {
	kept, ok := d.page.desk.TakeDraft(id).(*draft)
	if !ok {
		return
	}
	p := d.page
	back := func(base store.Details) {
		d.id, d.shown, d.found, d.whole = kept.id, true, base, true
		if kept.values == nil {
			d.fill()
			setVisible(d.panel, true)
		} else {
			d.showForm(newEditForm(p, base))
			d.edit.take(kept)
		}
		if kept.note != nil {
			d.writeNote(kept.note.old, kept.note.text)
		}
		if kept.met != nil {
			d.writeInteraction(kept.met.old, kept.met)
		}
		p.desk.Status(p.desk.Words.T("customers.edit.draft"))
	}
	if kept.id == 0 {
		back(store.Details{})
		return
	}
	var base store.Details
	p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		base, err = p.desk.Store.Details(ctx, p.desk.Actor, kept.id)
		return err
	}, func(err error) {
		if err == nil && !d.shown && p.desk.Rights().May(data.OpEditCustomer) {
			back(base)
		}
	})
}

// ground is behind the panel: it keeps clicks and the wheel from the grid
// below, and draws the panel's edge.
type ground struct{ widget.BaseWidget }

func newGround() *ground {
	g := &ground{}
	g.ExtendBaseWidget(g)
	return g
}

// Tapped implements fyne.Tappable.
func (g *ground) Tapped(*fyne.PointEvent) {}

// TappedSecondary implements fyne.SecondaryTappable.
func (g *ground) TappedSecondary(*fyne.PointEvent) {}

// Scrolled implements fyne.Scrollable.
func (g *ground) Scrolled(*fyne.ScrollEvent) {}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	back, edge := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	return paint.New(paint.Renderer{
		Widget: g,
		Parts:  []fyne.CanvasObject{back, edge},
		Min:    func() fyne.Size { return fyne.NewSize(1, 1) },
		Update: func() {
			back.FillColor = theme.ColorForWidget(look.ColorPanel, g)
			edge.FillColor = theme.ColorForWidget(theme.ColorNameSeparator, g)
		},
		Arrange: func(size fyne.Size) {
			back.Resize(size)
			edge.Resize(fyne.NewSize(1, size.Height))
		},
	})
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

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

	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

// details is the panel over the grid's right that shows one customer.
type details struct {
	page   *Page
	id     data.CustomerID // 0 while closed
	job    *task.Job
	title  *widget.Label
	cross  *keys.Button
	body   *fyne.Container
	scroll *container.Scroll
	panel  *fyne.Container
}

func newDetails(p *Page) *details {
	d := &details{page: p, title: widget.NewLabel("")}
	d.title.TextStyle.Bold = true
	d.title.SizeName = theme.SizeNameSubHeadingText
	d.title.Truncation = fyne.TextTruncateEllipsis
	d.cross = keys.NewButton("", func() { d.dismiss() })
	d.cross.Icon, d.cross.Importance = theme.CancelIcon(), widget.LowImportance
	d.body = container.NewVBox()
	d.scroll = container.NewVScroll(container.NewPadded(d.body))
	head := container.NewBorder(nil, widget.NewSeparator(), nil, d.cross, d.title)
	d.panel = container.NewStack(newGround(), container.NewBorder(head, nil, nil, nil, d.scroll))
	d.panel.Hide()
	return d
}

// open shows a customer: at once what the list knows, then what hangs on it.
func (d *details) open(id data.CustomerID) {
	row := d.page.rows.row(id)
	if row == nil {
		return
	}
	d.id = id
	d.fill(store.Details{Row: *row}, false)
	d.scroll.ScrollToTop()
	setVisible(d.panel, true)
	d.read()
}

// read reads the customer with what hangs on it.
func (d *details) read() {
	p, id := d.page, d.id
	if d.job != nil {
		d.job.Cancel()
	}
	var found store.Details
	d.job = p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		found, err = p.desk.Store.Details(ctx, p.desk.Actor, id)
		return err
	}, func(err error) {
		switch {
		case id != d.id || errors.Is(err, context.Canceled):
		case errors.Is(err, data.ErrNotFound):
			d.close()
			p.desk.Status(p.desk.Words.T("customers.details.gone"))
		case err != nil:
			p.desk.Status(p.desk.Words.Error(err))
		default:
			d.fill(found, true)
		}
	})
}

// changed follows the store: who is shown may have changed or gone.
func (d *details) changed(e data.Event) {
	switch {
	case d.id == 0:
	case slices.Contains(e.Removed, d.id):
		d.close()
	case e.Everything || slices.Contains(e.Changed, d.id):
		d.read()
	}
}

// close hides the panel and lets go of what it showed.
func (d *details) close() bool {
	if d.id == 0 {
		return false
	}
	d.id = 0
	if d.job != nil {
		d.job.Cancel()
	}
	d.body.RemoveAll()
	d.title.SetText("")
	setVisible(d.panel, false)
	return true
}

// dismiss closes the panel and gives the keys back to the grid.
func (d *details) dismiss() bool {
	closed := d.close()
	if closed {
		d.page.desk.Window.Canvas().Focus(d.page.grid)
	}
	return closed
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

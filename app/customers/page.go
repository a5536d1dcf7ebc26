// Package customers is the page with the list: search, filters, the grid, the
// selection, and everything from which a deletion can start.
package customers

import (
	"context"

	"fyne.io/fyne/v2"

	"lethe/app/conditions"
	"lethe/app/deletion"
	"lethe/app/desk"
	"lethe/app/exporting"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/view"
	"lethe/widgets/grid"
)

const id = "customers"

// Page is the list of customers. UI goroutine only.
type Page struct {
	desk          *desk.Desk
	startDeletion func(*desk.Desk, deletion.Request)
	startImport   func(*desk.Desk, string, func())
	startExport   func(*desk.Desk, exporting.Request)

	filter   data.Filter
	segment  int64 // the chosen one; 0 for none
	origin   int64 // the one chosen last, though its conditions were changed since
	sort     view.Sort
	only     bool // the grid lists the ticked ones alone
	selected Selection[data.CustomerID]
	hidden   int // of the ticked, those whom the filter hides

	imported  store.ImportDone // the last one of this session, where it can be undone
	dismissed int64            // the import of which the strip speaks no longer

	segments []data.Segment
	sizes    map[int64]int // of segments
	owner    string        // the Account Owner's name
	total    int
	matching int
	facets   *view.Facets
	asked    asked

	speak   conditions.Speaker
	rows    *rows
	columns *columnSet

	grid    *grid.Grid
	bar     *titleBar
	strip   *strip
	side    *sidebar
	empty   *emptyState
	details *details
	frame   *frame
	root    fyne.CanvasObject
	cancel  func()
}

var (
	_ desk.Page        = (*Page)(nil)
	_ desk.Finder      = (*Page)(nil)
	_ desk.SelectAller = (*Page)(nil)
	_ desk.Refresher   = (*Page)(nil)
	_ desk.Importer    = (*Page)(nil)
	_ desk.Exporter    = (*Page)(nil)
	_ desk.Adder       = (*Page)(nil)
	_ desk.Unsaver     = (*Page)(nil)
	_ desk.Closer      = (*Page)(nil)
)

func newPage(d *desk.Desk, del func(*desk.Desk, deletion.Request), imp func(*desk.Desk, string, func())) *Page {
	p := &Page{desk: d, startDeletion: del, startImport: imp, startExport: exporting.Start, sort: usualSort()}
	p.speak = conditions.Speaker{Words: d.Words, ActiveDays: d.Settings().ActiveDays}
	p.rows = &rows{view: d.View, selected: &p.selected, now: d.Clock}
	p.total = d.View.Len()
	p.grid = p.newGrid()
	p.bar = newTitleBar(p)
	p.strip = newStrip(p)
	p.side = newSidebar(p)
	p.empty = newEmptyState(p)
	p.details = newDetails(p)
	p.frame = newFrame(p)
	p.root = p.frame.object()
	p.setColumns()
	p.cancel = d.Listen(p.event)
	p.readAround()
	p.ask(p.preview())
	p.side.update() // with room for the counts that are on their way
	p.details.takeDraft()
	p.takeSegmentDraft()
	return p
}

// usualSort is the order of a page that nobody sorted: the newest first.
func usualSort() view.Sort { return view.Sort{Field: data.FieldCreated, Desc: true} }

// preview shows whom the list began with last time, while it is still read. The
// first answer takes their place then, without a jump.
func (p *Page) preview() scroll {
	p.matching = p.total
	ids := p.desk.View.First()
	if len(ids) == 0 {
		return fromTop
	}
	p.showRows(ids, true)
	return inPlace
}

// keepFirst remembers whom the list begins with.
func (p *Page) keepFirst() {
	if !p.only && p.filter.Empty() && p.sort == usualSort() {
		p.desk.KeepFirst(p.rows.ids)
	}
}

// ID implements desk.Page.
func (p *Page) ID() string { return id }

// Title implements desk.Page.
func (p *Page) Title() string { return p.desk.Words.T("shell.page." + id) }

// Content implements desk.Page.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Shown implements desk.Page.
func (p *Page) Shown() { p.desk.Window.Canvas().Focus(p.grid) }

// Hidden implements desk.Page.
func (p *Page) Hidden() {}

// Close implements desk.Closer.
func (p *Page) Close() {
	p.cancel()
	p.asked.stop()
	p.grid.SetSource(nil)
	p.details.keepDraft()
	p.details.close()
}

// Unsaved implements desk.Unsaver.
func (p *Page) Unsaved() bool { return p.details.unsaved() }

// Find implements desk.Finder.
func (p *Page) Find() { p.bar.focusSearch() }

// SelectAll implements desk.SelectAller: it ticks all that match.
func (p *Page) SelectAll() { p.selectMatching() }

// Refresh implements desk.Refresher.
func (p *Page) Refresh() {
	p.readAround()
	p.ask(inPlace)
}

// Import implements desk.Importer.
func (p *Page) Import(path string) {
	if p.desk.Rights().May(data.OpImport) {
		p.startImport(p.desk, path, func() {
			p.readImported()
			p.ask(inPlace)
		})
	}
}

// Export implements desk.Exporter.
func (p *Page) Export() { p.export() }

// Add implements desk.Adder: it opens the form for a new customer.
func (p *Page) Add() {
	if p.controls().Add == usable {
		p.details.startNew()
	}
}

// Key implements desk.Page.
func (p *Page) Key(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		return p.details.dismiss() || p.frame.closeSide() || p.leaveOnly()
	case fyne.KeyF2:
		if p.details.shown {
			p.details.startEdit()
			return true
		}
	case fyne.KeyDelete:
		if p.controls().DeleteRow != absent {
			p.deleteKey(p.grid.FocusedRow())
			return true
		}
	}
	return false
}

// event follows the store. The view is up to date already.
func (p *Page) event(e data.Event) {
	switch e.Kind {
	case data.CustomersChanged:
		p.selected.Set(false, e.Removed...)
		p.countHidden()
		p.details.changed(e)
		p.asked.recount = p.asked.recount || e.Everything
		if p.imported.ID != 0 { // they may all be gone, or touched
			p.readImported()
		}
		p.ask(inPlace)
	case data.SegmentsChanged, data.FieldsChanged:
		p.readAround()
	case data.TeamChanged, data.SettingsChanged:
		p.readAround()
		p.ask(inPlace)
	}
}

// readAround reads what stands around the list: segments, custom fields, names.
func (p *Page) readAround() {
	d := p.desk
	var a around
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		a, err = readAround(ctx, d)
		return err
	}, func(err error) {
		if err != nil {
			d.Status(d.Words.Error(err))
			return
		}
		p.takeAround(a)
	})
}

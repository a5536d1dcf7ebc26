package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lethe/app/deletion"
	"lethe/data"
)

// situation is what the controls depend on now.
func (p *Page) situation() situation {
	return situation{
		Rights: p.desk.Rights(), Total: p.total, Matching: p.matching,
		Selected: p.selected.Len(), Hidden: p.hidden,
		Narrowed: !p.filter.Empty(), Only: p.only, Busy: p.asked.pending,
	}
}

func (p *Page) controls() controls { return controlsOf(p.situation()) }

// apply brings everything around the rows in line with the situation.
func (p *Page) apply() {
	c := p.controls()
	if !c.Checks && p.selected.Len() > 0 {
		p.selected.Clear()
		p.hidden = 0
	}
	p.rows.bin = c.DeleteRow != absent
	p.grid.OnDelete = nil
	if c.DeleteRow != absent {
		p.grid.OnDelete = p.deleteKey
	}
	p.grid.SetCheckable(c.Checks)
	p.grid.RefreshSelection()
	p.bar.update(c)
	p.strip.update(c)
	p.side.footer()
	p.empty.update(c)
}

// delete opens the one deletion flow, if the person may.
func (p *Page) delete(req deletion.Request) {
	if !p.desk.Rights().Can(data.DeleteCustomers) {
		return
	}
	req.Done = func(deleted bool) {
		if deleted {
			p.only = false
			p.unselect()
		}
	}
	p.startDeletion(p.desk, req)
}

func (p *Page) deleteOne(id data.CustomerID) {
	p.delete(deletion.Request{Way: data.WayOne, IDs: []data.CustomerID{id}})
}

func (p *Page) deleteSelected() {
	if p.controls().DeleteSelected == usable {
		p.delete(deletion.Request{Way: data.WaySelected, IDs: p.ticked(), Hidden: p.hidden, Order: p.sort})
	}
}

func (p *Page) deleteFiltered() {
	if p.controls().DeleteFiltered != usable {
		return
	}
	p.delete(deletion.Request{
		Way: data.WayFiltered, IDs: p.rows.ids,
		Filter: p.filter.Clone(), Words: p.speak.Joined(p.filter), Segment: p.segmentInDeletion(), Order: p.sort,
	})
}

func (p *Page) deleteAll() {
	if p.controls().DeleteAll == usable {
		p.delete(deletion.Request{Way: data.WayAll})
	}
}

// deleteKey is the Delete key: the ticked rows, if any; else the row in focus.
func (p *Page) deleteKey(row int) {
	switch {
	case p.selected.Len() > 0:
		p.deleteSelected()
	case row >= 0 && row < len(p.rows.ids):
		p.deleteOne(p.rows.ids[row])
	}
}

// open shows a customer's details.
func (p *Page) open(id data.CustomerID) { p.details.open(id) }

func (p *Page) showMenu(row int, at fyne.Position) {
	widget.ShowPopUpMenuAtPosition(p.menu(row), p.desk.Window.Canvas(), at)
}

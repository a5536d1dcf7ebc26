package customers

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"lethe/app/deletion"
	"lethe/app/exporting"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
)

// situation is what the controls depend on now.
func (p *Page) situation() situation {
	return situation{
		Rights: p.desk.Rights(), Total: p.total, Matching: p.matching,
		Selected: p.selected.Len(), Hidden: p.hidden,
		Narrowed: !p.filter.Empty(), Only: p.only, Busy: p.asked.pending, Imported: p.imported.ID != 0,
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
	if !p.desk.Rights().May(data.OpDelete) {
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

// export opens the export of the ticked, the filtered or all.
func (p *Page) export() {
	if p.controls().Export != usable {
		return
	}
	p.startExport(p.desk, exporting.Request{
		Selected: p.ticked(), Filter: p.filter.Clone(), Matching: p.matching, Order: p.sort,
		Columns: p.columns.shown(), Custom: p.speak.Fields,
	})
}

// undoImport opens the flow that takes the last import back.
func (p *Page) undoImport() {
	if p.controls().UndoImport != usable {
		return
	}
	p.startDeletion(p.desk, deletion.Request{
		Way: data.WayUndo, Import: p.imported.ID, Order: p.sort, Done: func(bool) { p.readImported() },
	})
}

// readImported asks which import of this session can be undone.
func (p *Page) readImported() {
	if !p.desk.Rights().May(data.OpLastImport) {
		return
	}
	var last store.ImportDone
	p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		last, err = p.desk.Store.LastImport(ctx, p.desk.Actor)
		return err
	}, func(err error) {
		if err != nil || last.ID == p.dismissed {
			last = store.ImportDone{}
		}
		p.imported = last
		p.apply()
	})
}

// dismissImport takes the offer to undo the last import away.
func (p *Page) dismissImport() {
	p.dismissed, p.imported = p.imported.ID, store.ImportDone{}
	p.apply()
}

func (p *Page) deleteOne(id data.CustomerID) {
	p.delete(deletion.Request{Way: data.WayOne, IDs: []data.CustomerID{id}})
}

func (p *Page) deleteSelected() {
	if p.controls().DeleteSelected == usable {
		p.delete(deletion.Request{Way: data.WaySelected, IDs: p.selected.IDs(), Hidden: p.hidden, Order: p.sort})
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

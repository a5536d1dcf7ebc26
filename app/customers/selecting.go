package customers

import (
	"fyne.io/fyne/v2"

	"lethe/data"
	"lethe/widgets/grid"
)

func (p *Page) newGrid() *grid.Grid {
	p.columns = newColumnSet(p.desk.Prefs, p.speak)
	p.rows.speak = p.speak
	g := grid.New(nil)
	g.OnSort = p.sortBy
	g.OnOpen = func(row int) { p.open(p.rows.ids[row]) }
	g.OnToggle = func(row int, on bool) { p.tick(row, row, on) }
	g.OnToggleRange = p.tick
	g.OnToggleVisible = func(first, last int, on bool) {
		p.tick(first, last, on)
		if on {
			p.desk.Status(p.desk.Words.N("customers.ticked_on_screen", last-first+1))
		} else {
			p.desk.Status(p.desk.Words.N("customers.unticked_on_screen", last-first+1))
		}
	}
	g.OnSelectAll = p.selectMatching
	g.OnMenu = p.showMenu
	g.OnAction = func(row int, action string) {
		switch action {
		case actionView:
			p.open(p.rows.ids[row])
		case actionDelete:
			p.deleteOne(p.rows.ids[row])
		}
	}
	g.OnColumns = func(columns []grid.Column) { p.columns.moved(columns) }
	g.PositionText = func(row, of int) string {
		return p.desk.Words.T("customers.position", "Row", row+1, "Of", of)
	}
	g.SetSort(string(p.sort.Field), p.sort.Desc)
	return g
}

func (p *Page) setColumns() {
	masked := !p.desk.Rights().SeesPhones()
	p.grid.SetColumns(p.columns.columns(p.desk.Words.T("customers.action"), masked, p.frame != nil && p.frame.narrow))
	p.grid.SetSort(string(p.sort.Field), p.sort.Desc)
}

// tick selects the rows from first to last, or takes them out.
func (p *Page) tick(first, last int, on bool) {
	if !p.controls().Checks || first < 0 || last >= len(p.rows.ids) {
		return
	}
	p.selected.Set(on, p.rows.ids[first:last+1]...)
	p.apply()
}

// selectMatching ticks everybody who matches, on screen or not.
func (p *Page) selectMatching() {
	if !p.controls().Checks || p.asked.pending {
		return
	}
	p.selected.Set(true, p.rows.ids...)
	p.apply()
}

// unselect takes all ticks away.
func (p *Page) unselect() {
	p.selected.Clear()
	p.hidden = 0
	if p.only {
		p.only = false
		p.ask(fromTop)
		return
	}
	p.apply()
}

// showOnly lists the ticked customers alone, those too whom the filter hides;
// or goes back to the filtered list.
func (p *Page) showOnly(on bool) {
	p.only = on
	p.ask(fromTop)
}

// leaveOnly goes back to the filtered list, if only the ticked are listed.
func (p *Page) leaveOnly() bool {
	if !p.only {
		return false
	}
	p.showOnly(false)
	return true
}

// ticked lists who is selected: those in the list in its order, then the others.
func (p *Page) ticked() []data.CustomerID {
	out := p.selected.Filter(p.rows.ids)
	var listed Selection[data.CustomerID]
	listed.Set(true, out...)
	for _, id := range p.selected.IDs() {
		if !listed.Has(id) {
			out = append(out, id)
		}
	}
	return out
}

// menu is the context menu of a row.
func (p *Page) menu(row int) *fyne.Menu {
	w, c := p.desk.Words, p.controls()
	id := p.rows.ids[row]
	items := []*fyne.MenuItem{fyne.NewMenuItem(w.T("customers.menu.view"), func() { p.open(id) })}
	if r := p.rows.row(id); r != nil && r.Phone != 0 {
		items = append(items, fyne.NewMenuItem(w.T("customers.menu.copy_phone"), func() {
			fyne.CurrentApp().Clipboard().SetContent(r.Phone.String())
			p.desk.Status(w.T("common.copied"))
		}))
	}
	if p.desk.Rights().May(data.OpEditCustomer) {
		items = append(items, fyne.NewMenuItem(w.T("customers.menu.edit"), func() { p.editRow(id) }))
		if r := p.rows.row(id); r != nil {
			items = append(items, p.flagItems(r)...)
		}
	}
	if c.Checks {
		text, on := w.T("customers.menu.select"), !p.selected.Has(id)
		if !on {
			text = w.T("customers.menu.unselect")
		}
		items = append(items, fyne.NewMenuItem(text, func() {
			p.selected.Set(on, id)
			p.apply()
		}))
	}
	if c.DeleteRow != absent {
		items = append(items, fyne.NewMenuItemSeparator(),
			fyne.NewMenuItem(w.T("customers.menu.delete"), func() { p.deleteOne(id) }))
	}
	return fyne.NewMenu("", items...)
}

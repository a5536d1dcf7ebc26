package customers

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/keys"
)

// emptyState stands in the grid's place when it has no rows: why, and a way on.
type emptyState struct {
	page   *Page
	text   *widget.Label
	button *keys.Button
	act    func()
	box    *fyne.Container
}

func newEmptyState(p *Page) *emptyState {
	e := &emptyState{page: p, text: widget.NewLabel("")}
	e.text.Alignment = fyne.TextAlignCenter
	e.text.Wrapping = fyne.TextWrapWord
	e.button = keys.NewButton("", func() { e.act() })
	e.button.EnterPresses = true
	room := canvas.NewRectangle(nil)
	room.SetMinSize(fyne.NewSize(520, 0))
	e.box = container.NewCenter(container.NewVBox(container.NewStack(room, e.text),
		container.NewHBox(layout.NewSpacer(), e.button, layout.NewSpacer())))
	e.box.Hide()
	return e
}

// void is why nobody is listed.
type void struct {
	text   string
	button string // "" for none
	act    func()
}

func (e *emptyState) update(c controls) {
	p := e.page
	p.grid.SetWaiting(p.asked.pending && !p.asked.answered)
	if len(p.rows.ids) > 0 || !p.asked.answered {
		setVisible(e.box, false)
		return
	}
	v := p.void(c)
	if e.text.Text != v.text {
		e.text.SetText(v.text)
	}
	label(e.button, v.button)
	e.button.Hidden = v.button == ""
	e.act = v.act
	setVisible(e.box, true)
	e.box.Refresh()
}

// void tells why nobody is listed, and what to do about it.
func (p *Page) void(c controls) void {
	w := p.desk.Words
	search := strings.TrimSpace(fold.OneLine(p.filter.Search, 60))
	switch {
	case p.only:
		return void{w.T("customers.empty.selected"), w.T("customers.show_list"), func() { p.showOnly(false) }}
	case p.total == 0 && !p.desk.Rights().Can(data.ViewAllCustomers):
		return void{text: w.T("customers.empty.own")}
	case p.total == 0 && c.Import != absent:
		return void{w.T("customers.empty.import"), w.T("customers.import"), func() { p.Import("") }}
	case p.total == 0:
		return void{text: w.T("customers.empty.ask", "Name", fold.OneLine(p.owner, 60))}
	case search != "" && len(p.filter.Conditions) > 0:
		return void{w.T("customers.empty.search", "Text", search), w.N("customers.empty.search_all", p.total), p.searchAll}
	case search != "":
		return void{w.T("customers.empty.search", "Text", search), w.T("customers.clear_all"), p.clearAll}
	}
	return void{w.T("customers.empty.filter"), w.T("customers.clear_all"), p.clearAll}
}

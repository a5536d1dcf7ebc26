package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/look"
	"lethe/data"
	"lethe/widgets/banner"
	"lethe/widgets/chips"
	"lethe/widgets/keys"
)

// strip is the row over the grid, always there: idle, narrowed or selected.
type strip struct {
	page           *Page
	bar            *banner.Bar
	chips          *chips.Row
	createSegment  *keys.Button
	deleteFiltered *keys.Button
	unselect       *keys.Button
	hidden         *keys.Button
	selectAll      *keys.Button
	deleteSelected *keys.Button
	undoImport     *keys.Button
	dismiss        *keys.Button // the offer to undo
}

func newStrip(p *Page) *strip {
	w := p.desk.Words
	s := &strip{page: p, bar: banner.New(stripHeight)}
	s.chips = chips.NewRow(w.T("conditions.and"), func(n int) string {
		return w.T("customers.more_chips", "Count", n)
	}, func(key string) { p.dropCondition(data.Field(key)) })
	s.createSegment = keys.NewButton(w.T("customers.create_segment"), p.createSegment)
	s.createSegment.Importance = widget.LowImportance
	s.deleteFiltered = keys.NewButton("", p.deleteFiltered)
	s.deleteFiltered.Importance = widget.DangerImportance
	s.unselect = keys.NewButton("", p.unselect)
	s.unselect.Icon = theme.CancelIcon()
	s.hidden = keys.NewButton("", func() { p.showOnly(!p.only) })
	s.selectAll = keys.NewButton("", p.selectMatching)
	s.undoImport = keys.NewButton(w.T("customers.undo_import"), p.undoImport)
	s.undoImport.Importance = widget.LowImportance
	s.dismiss = keys.NewButton("", p.dismissImport)
	s.dismiss.Icon, s.dismiss.Importance = theme.CancelIcon(), widget.LowImportance
	s.deleteSelected = keys.NewButton(w.T("customers.delete"), p.deleteSelected)
	s.deleteSelected.Importance = widget.DangerImportance
	return s
}

// update shows the state that c asks for.
func (s *strip) update(c controls) {
	p, w := s.page, s.page.desk.Words
	show(s.createSegment, c.CreateSegment)
	show(s.deleteFiltered, c.DeleteFiltered)
	show(s.hidden, c.ShowHidden)
	show(s.selectAll, c.SelectAll)
	show(s.deleteSelected, c.DeleteSelected)
	show(s.undoImport, c.UndoImport)
	switch c.Strip {
	case stripSelected:
		s.selected(c)
	case stripNarrowed:
		label(s.deleteFiltered, w.T("customers.delete_filtered", "Count", p.matching))
		s.chips.SetChips(p.chips())
		s.bar.Set(banner.Neutral, "", nil, present(s.createSegment, s.deleteFiltered))
		s.bar.SetBody(s.chips)
	case stripIdle:
		text := ""
		if c.IdleHint {
			text = w.T("customers.idle")
		}
		if c.UndoImport != absent {
			s.bar.Set(banner.Neutral, w.N("customers.imported", p.imported.Added, "Time", w.DateTime(p.imported.At)),
				nil, present(s.undoImport, s.dismiss))
		} else {
			s.bar.Set(banner.Neutral, text, nil, nil)
		}
		s.bar.SetColours(theme.ColorNameBackground, look.ColorMuted)
	}
}

func (s *strip) selected(c controls) {
	p, w := s.page, s.page.desk.Words
	if p.only {
		label(s.hidden, w.T("customers.show_list"))
	} else {
		label(s.hidden, w.N("customers.hidden", p.hidden))
	}
	label(s.selectAll, w.N("customers.select_all", p.matching))
	s.bar.Set(banner.Success, w.N("customers.selected", p.selected.Len()),
		present(s.unselect), present(s.hidden, s.selectAll, s.deleteSelected))
	s.bar.SetColours(look.ColorStripSelected, look.ColorOnStripSelected)
}

// present lists the buttons that there are. The others are not merely hidden:
// they are not in the window.
func present(buttons ...*keys.Button) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, b := range buttons {
		if b.Visible() {
			out = append(out, b)
		}
	}
	return out
}

func label(b *keys.Button, text string) {
	if b.Text != text {
		b.SetText(text)
	}
}

// chips are the conditions as the strip shows them.
func (p *Page) chips() []chips.Chip {
	var out []chips.Chip
	for _, c := range p.speak.Chips(p.filter) {
		out = append(out, chips.Chip{Key: string(c.Field), Text: c.Text})
	}
	return out
}

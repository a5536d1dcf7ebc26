package customers

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/data/fold"
	"lethe/widgets/keys"
)

// searchLimit is how many characters of a search are taken.
const searchLimit = 200

// titleBar is the page's first row.
type titleBar struct {
	page      *Page
	segment   *keys.Button
	badge     *pill
	entry     *keys.Entry
	clear     *keys.Button
	filters   *keys.Button // where the sidebar is an overlay
	importing *keys.Button
	exporting *keys.Button
	add       *keys.Button
	deleteAll *keys.Button
	fields    *keys.Button
	box       *fyne.Container
	setting   bool // the entry is set by the program
	keepPlace bool // of Delete All, when it is hidden
	laid      laidOut
}

func newTitleBar(p *Page) *titleBar {
	w := p.desk.Words
	b := &titleBar{page: p, badge: newPill("")}
	b.segment = keys.NewButton("", b.showSegments)
	b.segment.Importance, b.segment.Icon = widget.LowImportance, theme.MenuDropDownIcon()
	b.segment.IconPlacement = widget.ButtonIconTrailingText
	b.segment.EnterPresses = true
	b.clear = keys.NewButton("", func() { b.entry.SetText("") })
	b.clear.Importance, b.clear.Icon = widget.LowImportance, theme.CancelIcon()
	b.clear.Hidden = true
	b.entry = keys.NewEntry()
	b.entry.ActionItem = b.clear // before anything that draws the entry
	b.entry.SetPlaceHolder(w.T("customers.search"))
	b.entry.SetIcon(theme.SearchIcon())
	b.entry.OnChanged = b.typed
	b.filters = keys.NewButton(w.T("customers.filters"), p.toggleSide)
	b.importing = keys.NewButton(w.T("customers.import"), func() { p.Import("") })
	b.exporting = keys.NewButton(w.T("customers.export"), p.export)
	b.add = keys.NewButton(w.T("customers.add"), p.Add)
	b.deleteAll = keys.NewButton(w.T("customers.delete_all"), p.deleteAll)
	b.fields = keys.NewButton("", p.setFields)
	b.fields.Icon, b.fields.Importance = theme.SettingsIcon(), widget.LowImportance
	b.filters.Hide()
	b.box = container.New(&barLayout{b})
	return b
}

// hint says what the entry is for, in one word where it is narrow.
func (b *titleBar) hint(short bool) {
	text := b.page.desk.Words.T("customers.search")
	if short {
		text = b.page.desk.Words.T("customers.search_short")
	}
	if b.entry.PlaceHolder != text {
		b.entry.SetPlaceHolder(text)
	}
}

// bare takes the search's icon away where the entry is very narrow.
func (b *titleBar) bare(on bool) {
	if on == (b.entry.Icon == nil) {
		return
	}
	icon := theme.SearchIcon()
	if on {
		icon = nil
	}
	b.entry.SetIcon(icon)
}

// typed narrows the list by what stands in the entry.
func (b *titleBar) typed(text string) {
	setVisible(b.clear, text != "")
	if b.setting {
		return
	}
	if runes := []rune(text); len(runes) > searchLimit {
		text = string(runes[:searchLimit])
	}
	b.page.search(text)
}

// setSearch shows what is searched for, where it isn't what stands there.
func (b *titleBar) setSearch(text string) {
	if runes := []rune(b.entry.Text); string(runes[:min(len(runes), searchLimit)]) == text {
		return
	}
	b.setting = true
	b.entry.SetText(text)
	b.setting = false
}

func (b *titleBar) focusSearch() {
	b.page.desk.Window.Canvas().Focus(b.entry)
	b.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// update shows counts and buttons.
func (b *titleBar) update(c controls) {
	p, w := b.page, b.page.desk.Words
	name := w.T("customers.all")
	if s, ok := p.segmentOf(p.segment); ok {
		name = fold.OneLine(s.Name, 24)
	}
	if b.segment.Text != name {
		b.segment.SetText(name)
	}
	b.badge.widest = w.T("customers.badge_of", "Count", p.total, "Total", p.total)
	switch {
	case !p.asked.answered && p.total == 0: // still read, and nobody knows
		b.badge.set("…")
	case p.only:
		b.badge.set(w.T("customers.badge_of", "Count", len(p.rows.ids), "Total", p.total))
	case p.filter.Empty():
		b.badge.set(w.N("customers.badge_total", p.total))
	default:
		b.badge.set(w.T("customers.badge_of", "Count", p.matching, "Total", p.total))
	}
	b.keepPlace = c.DeleteAllPlace
	show(b.importing, c.Import)
	show(b.add, c.Add)
	show(b.exporting, c.Export)
	show(b.deleteAll, c.DeleteAll)
	objects := append([]fyne.CanvasObject{b.filters, b.segment, b.badge, b.entry},
		present(b.add, b.importing, b.exporting, b.deleteAll, b.fields)...)
	// To lay the row out anew is to draw all that is in it anew.
	now := laidOut{b.badge.MinSize(), b.segment.MinSize(), b.keepPlace}
	if now != b.laid || !slices.Equal(objects, b.box.Objects) {
		b.laid, b.box.Objects = now, objects
		b.box.Refresh()
	}
}

// laidOut is what the places in the row depend on, beside what is in it.
type laidOut struct {
	badge, segment fyne.Size
	keepPlace      bool
}

// narrow shows the button for the sidebar where that is an overlay.
func (b *titleBar) narrow(on bool) { setVisible(b.filters, on) }

// show brings a button in line with its control.
func show(b *keys.Button, c control) {
	if b.Visible() != (c != absent) {
		b.Hidden = c == absent
		b.Refresh()
	}
	if c == greyed && !b.Disabled() {
		b.Disable()
	}
	if c == usable && b.Disabled() {
		b.Enable()
	}
}

// segmentMenu offers everybody and the segments.
func (b *titleBar) segmentMenu() *fyne.Menu {
	p := b.page
	items := []*fyne.MenuItem{fyne.NewMenuItem(p.desk.Words.T("customers.all"), p.clearAll)}
	items[0].Checked = p.segment == 0
	for _, s := range p.segments {
		item := fyne.NewMenuItem(fold.OneLine(s.Name, 40), func() { p.chooseSegment(s.ID) })
		item.Checked = p.segment == s.ID
		items = append(items, item)
	}
	return fyne.NewMenu("", append(items, p.segmentItems()...)...)
}

func (b *titleBar) showSegments() {
	pop := widget.NewPopUpMenu(b.segmentMenu(), b.page.desk.Window.Canvas())
	pop.ShowAtRelativePosition(fyne.NewPos(0, b.segment.Size().Height), b.segment)
}

package customers

import (
	"fyne.io/fyne/v2"

	"lethe/widgets/keys"
)

const (
	barPad    float32 = 12
	barGap    float32 = 8
	searchMax float32 = 260
	searchMin float32 = 96
	// searchShort is up to where only the short words fit into the search.
	searchShort float32 = 190
	// searchBare is up to where its icon goes, so that there is room for what is typed.
	searchBare float32 = 110
)

// barLayout puts segment, badge and search at the left, the buttons at the
// right. Where room is short the search gives way. The place of Delete All is
// kept when it is hidden, so that nothing slides under the pointer.
type barLayout struct{ bar *titleBar }

// MinSize implements fyne.Layout: with the search as narrow as it gets.
func (l *barLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	b := l.bar
	wide := barPad/2 + barPad + barGap/2 + searchMin + barGap
	for _, o := range []*keys.Button{b.fields, b.deleteAll, b.exporting, b.importing, b.add, b.filters, b.segment} {
		if o.Visible() || o == b.deleteAll && b.keepPlace {
			wide += o.MinSize().Width + barGap
		}
	}
	return fyne.NewSize(wide+b.badge.MinSize().Width+barGap, barHeight)
}

// Layout implements fyne.Layout.
func (l *barLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	b := l.bar
	x := barPad / 2
	at := func(o fyne.CanvasObject, width float32) {
		tall := o.MinSize().Height
		put(o, x, (size.Height-tall)/2, width, tall)
		x += width + barGap
	}
	right := size.Width - barPad
	for _, o := range []*keys.Button{b.fields, b.deleteAll, b.exporting, b.importing, b.add} {
		if !o.Visible() && (o != b.deleteAll || !b.keepPlace) {
			continue
		}
		wide, tall := o.MinSize().Width, o.MinSize().Height
		right -= wide
		put(o, right, (size.Height-tall)/2, wide, tall)
		right -= barGap
	}
	if b.filters.Visible() {
		at(b.filters, b.filters.MinSize().Width)
	}
	at(b.segment, b.segment.MinSize().Width)
	at(b.badge, b.badge.MinSize().Width)
	x += barGap / 2
	width := max(min(right-x, searchMax), searchMin)
	at(b.entry, width)
	b.hint(width < searchShort)
	b.bare(width < searchBare)
}

// Package rail is the column at the window's left that goes from page to page.
package rail

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/paint"
)

// Width of the rail.
const Width float32 = 72

// Item is one entry.
type Item struct {
	Key   string
	Label string
	Icon  fyne.Resource // a themed resource follows the theme
	// Initials of this name are drawn in place of the icon, where it isn't empty.
	Person string
	// Note is a short text, such as a count, in the icon's corner.
	Note string
	// Acts marks what is done at once and never stays selected, as Lock.
	Acts bool
}

// Rail holds items from the top down and others at its foot. What a person may not see
// is simply not among them.
type Rail struct {
	widget.BaseWidget

	// OnChosen is called when the person chooses an item, the selected one too.
	OnChosen func(key string)

	top, foot    []*entry
	selected     string
	back, chosen fyne.ThemeColorName
}

// New makes a rail.
func New(items, foot []Item, onChosen func(key string)) *Rail {
	r := &Rail{OnChosen: onChosen, back: theme.ColorNameHeaderBackground}
	r.ExtendBaseWidget(r)
	r.SetItems(items, foot)
	return r
}

// SetItems replaces all items; those that stay keep the focus and the selection.
func (r *Rail) SetItems(items, foot []Item) {
	old := r.entries()
	take := func(list []Item) []*entry {
		out := make([]*entry, 0, len(list))
		for _, item := range list {
			i := slices.IndexFunc(old, func(e *entry) bool { return e.item.Key == item.Key })
			if i < 0 {
				out = append(out, newEntry(r, item))
				continue
			}
			old[i].set(item)
			out = append(out, old[i])
		}
		return out
	}
	r.top, r.foot = take(items), take(foot)
	r.Refresh()
}

// SetSelected marks an item as the present page, without a callback; a key that no item
// has marks none.
func (r *Rail) SetSelected(key string) {
	if r.selected == key {
		return
	}
	r.selected = key
	for _, e := range r.entries() {
		e.Refresh()
	}
}

// SetColours changes the colours behind the rail and behind its selected item.
func (r *Rail) SetColours(back, chosen fyne.ThemeColorName) {
	r.back, r.chosen = back, chosen
	r.Refresh()
	for _, e := range r.entries() {
		e.Refresh()
	}
}

// Selected is the key of the present page.
func (r *Rail) Selected() string { return r.selected }

func (r *Rail) entries() []*entry { return append(slices.Clone(r.top), r.foot...) }

func (r *Rail) choose(e *entry) {
	if !e.item.Acts {
		r.SetSelected(e.item.Key)
	}
	if r.OnChosen != nil {
		r.OnChosen(e.item.Key)
	}
}

// step moves the focus from an item to the next one or the one before.
func (r *Rail) step(from *entry, by int) {
	list := r.entries()
	i := slices.Index(list, from) + by
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if c != nil && i >= 0 && i < len(list) {
		c.Focus(list[i])
	}
}

// CreateRenderer implements fyne.Widget.
func (r *Rail) CreateRenderer() fyne.WidgetRenderer {
	back, line := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	self := &paint.Renderer{Widget: r}
	self.Min = func() fyne.Size {
		return fyne.NewSize(Width, float32(len(r.top)+len(r.foot))*entryHeight+3*gap)
	}
	self.Update = func() {
		back.FillColor = theme.ColorForWidget(r.back, r)
		line.FillColor = theme.ColorForWidget(theme.ColorNameSeparator, r)
		self.Parts = []fyne.CanvasObject{back, line}
		for _, e := range r.entries() {
			self.Parts = append(self.Parts, e)
		}
	}
	self.Arrange = func(size fyne.Size) {
		back.Resize(size)
		line.Move(fyne.NewPos(size.Width-1, 0))
		line.Resize(fyne.NewSize(1, size.Height))
		y := gap
		for _, e := range r.top {
			y = e.place(y, size.Width)
		}
		y = max(y+gap, size.Height-gap-float32(len(r.foot))*entryHeight)
		for _, e := range r.foot {
			y = e.place(y, size.Width)
		}
	}
	self.Update()
	return self
}

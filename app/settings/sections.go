package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/widgets/jumplist"
	"lethe/widgets/keys"
)

// Measures of the page.
const (
	gap       float32 = 6
	margin    float32 = 28
	textWidth float32 = 600 // of the sections, at most
)

// sections are the page's parts, under one another, and the list of them that
// stands beside.
type sections struct {
	list   *jumplist.List
	side   *container.Scroll // around the list
	items  []jumplist.Item
	column *fyne.Container
	scroll *container.Scroll
	of     map[string]*fyne.Container
}

func newSections(scroll *container.Scroll) *sections {
	s := &sections{scroll: scroll, column: form.Stack(0), of: map[string]*fyne.Container{}}
	s.list = jumplist.New(s.jump)
	s.side = container.NewVScroll(s.list)
	scroll.OnScrolled = func(fyne.Position) { s.follow() }
	return s
}

// group begins a group of sections, which shows in the list.
func (s *sections) group(title string) {
	s.items = append(s.items, jumplist.Item{Label: title, Head: true})
}

// add adds a section with its title.
func (s *sections) add(title string, objects ...fyne.CanvasObject) {
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameSubHeadingText
	box := form.Stack(gap, head)
	for _, o := range objects {
		box.Add(o)
	}
	if len(s.of) > 0 {
		s.column.Add(widget.NewSeparator())
	}
	box.Add(container.NewGridWrap(fyne.NewSquareSize(2 * gap)))
	s.column.Add(box)
	s.of[title] = box
	s.items = append(s.items, jumplist.Item{Key: title, Label: title})
}

// show puts the sections into the scroll, with room below so that the last one
// can come to the top as well.
func (s *sections) show() {
	shown := s.items[:0:0]
	for i, item := range s.items {
		empty := item.Head && (i+1 == len(s.items) || s.items[i+1].Head)
		if !empty {
			shown = append(shown, item)
		}
	}
	s.list.SetItems(shown)
	s.scroll.Content = container.New(&column{s}, s.column)
	s.relayout()
}

// relayout lays the sections out anew after one changed its height.
func (s *sections) relayout() {
	keys.Follow(s.scroll, s.scroll.Content)
	s.scroll.Refresh()
}

// top is where a section begins in what scrolls.
func (s *sections) top(title string) float32 {
	return s.column.Position().Y + s.of[title].Position().Y
}

// jump scrolls to a section, and into it if the focus is to go there.
func (s *sections) jump(title string, entering bool) {
	s.scroll.ScrollToOffset(fyne.NewPos(0, max(s.top(title)-gap, 0)))
	s.showMark()
	if !entering {
		return
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(s.scroll)
	if first := firstIn(s.of[title]); c != nil && first != nil {
		c.Focus(first)
	}
}

// firstIn is the first in a container that takes the focus; nil where nothing does.
func firstIn(o fyne.CanvasObject) fyne.Focusable {
	if !o.Visible() {
		return nil
	}
	if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
		return nil
	}
	if f, ok := o.(fyne.Focusable); ok {
		return f
	}
	if c, ok := o.(*fyne.Container); ok {
		for _, child := range c.Objects {
			if f := firstIn(child); f != nil {
				return f
			}
		}
	}
	return nil
}

// follow marks the section that stands at the top.
func (s *sections) follow() {
	const reached = 40 // below the edge counts as there
	now := ""
	for _, item := range s.items {
		if item.Head {
			continue
		}
		if now == "" || s.top(item.Key) <= s.scroll.Offset.Y+reached {
			now = item.Key
		}
	}
	s.list.SetSelected(now)
	s.showMark()
}

// showMark scrolls the list, in a low window, until the marked section is in sight.
func (s *sections) showMark() {
	top, tall := s.list.Marked()
	switch at, room := s.side.Offset.Y, s.side.Size().Height; {
	case room <= 0: // not laid out yet
	case top < room/2: // with the titles over the first ones
		s.side.ScrollToTop()
	case top < at:
		s.side.ScrollToOffset(fyne.NewPos(0, top))
	case top+tall > at+room:
		s.side.ScrollToOffset(fyne.NewPos(0, top+tall-room))
	}
}

// beside is the list with the page's title over it.
func (s *sections) beside(title string) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(margin-gap, gap, margin-3*gap, 0),
		container.NewBorder(form.NewHeading(title).Object(), nil, nil, nil, s.side))
}

// column gives the sections the width that is comfortable to read.
type column struct{ of *sections }

// MinSize implements fyne.Layout.
func (c *column) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(300, margin+o[0].MinSize().Height+c.below())
}

// below is the room under the last section, with which that fills the view.
func (c *column) below() float32 {
	all := c.of.column.Objects
	last := all[len(all)-1]
	return max(c.of.scroll.Size().Height-last.Size().Height-gap, margin)
}

// Layout implements fyne.Layout.
func (c *column) Layout(o []fyne.CanvasObject, size fyne.Size) {
	width := min(textWidth, size.Width-2*margin)
	o[0].Move(fyne.NewPos(margin, margin))
	o[0].Resize(fyne.NewSize(width, o[0].Size().Height)) // wrapped text knows its height once it has its width
	o[0].Resize(fyne.NewSize(width, o[0].MinSize().Height))
}

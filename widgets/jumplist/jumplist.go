// Package jumplist is the list of a long page's sections that stands beside it:
// it tells which one is in sight, and goes to the one that is chosen.
package jumplist

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

const (
	rowHeight  float32 = 28
	headHeight float32 = 34
	inset      float32 = 10
	leastWidth float32 = 120
	mostWidth  float32 = 200
)

// Item is one section, or with Head the title over those that follow, which
// can't be chosen.
type Item struct {
	Key   string // unique; of a Head unused
	Label string
	Head  bool
}

var (
	_ fyne.Focusable  = (*List)(nil)
	_ fyne.Accessible = (*List)(nil)
)

// List is the widget. It is one stop for Tab: Up and Down go from section to
// section, Space or Enter into the one that is marked. UI goroutine only.
type List struct {
	widget.BaseWidget
	keys.Hook

	// OnChosen is called when the person goes to a section; entering tells that
	// the focus is to go there too.
	OnChosen func(key string, entering bool)

	lines    []*line
	selected string
	focused  bool
}

// New makes an empty list.
func New(onChosen func(key string, entering bool)) *List {
	l := &List{OnChosen: onChosen}
	l.ExtendBaseWidget(l)
	return l
}

// SetItems replaces the items. The first section is marked, unless the one that
// was is still there.
func (l *List) SetItems(items []Item) {
	l.lines = nil
	for _, item := range items {
		l.lines = append(l.lines, newLine(l, item))
	}
	if keys := l.sections(); len(keys) > 0 && !slices.Contains(keys, l.selected) {
		l.selected = keys[0]
	}
	l.Refresh()
}

// SetSelected marks the section that is in sight, without a callback.
func (l *List) SetSelected(key string) {
	if l.selected == key || !slices.Contains(l.sections(), key) {
		return
	}
	l.selected = key
	l.repaint()
}

// Selected is the section that is marked.
func (l *List) Selected() string { return l.selected }

// Marked is where the marked section stands in the list, for whoever scrolls it.
func (l *List) Marked() (top, height float32) {
	for _, e := range l.lines {
		if !e.item.Head && e.item.Key == l.selected {
			return e.Position().Y, e.Size().Height
		}
	}
	return 0, 0
}

// sections are the keys of what can be chosen, in order.
func (l *List) sections() []string {
	var out []string
	for _, e := range l.lines {
		if !e.item.Head {
			out = append(out, e.item.Key)
		}
	}
	return out
}

func (l *List) choose(key string, entering bool) {
	l.SetSelected(key)
	if l.OnChosen != nil {
		l.OnChosen(key, entering)
	}
}

func (l *List) repaint() {
	for _, e := range l.lines {
		e.Refresh()
	}
}

// FocusGained implements fyne.Focusable.
func (l *List) FocusGained() {
	l.focused = true
	l.repaint()
	l.Gained(l)
}

// FocusLost implements fyne.Focusable.
func (l *List) FocusLost() {
	l.focused = false
	l.repaint()
}

// TypedRune implements fyne.Focusable.
func (l *List) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (l *List) TypedKey(ev *fyne.KeyEvent) {
	list := l.sections()
	at := slices.Index(list, l.selected)
	switch {
	case at < 0:
		keys.Bubble(l, ev)
		return
	case ev.Name == fyne.KeySpace, keys.IsEnter(ev):
		l.choose(l.selected, true)
		return
	case ev.Name == fyne.KeyUp:
		at--
	case ev.Name == fyne.KeyDown:
		at++
	case ev.Name == fyne.KeyHome:
		at = 0
	case ev.Name == fyne.KeyEnd:
		at = len(list) - 1
	default:
		keys.Bubble(l, ev)
		return
	}
	if at >= 0 && at < len(list) {
		l.choose(list[at], false)
	}
}

// AccessibilityLabel implements fyne.Accessible: the section that is marked.
func (l *List) AccessibilityLabel() string {
	for _, e := range l.lines {
		if e.item.Key == l.selected && !e.item.Head {
			return e.item.Label
		}
	}
	return ""
}

// AccessibilityRole implements fyne.Accessible.
func (l *List) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleContainer }

// CreateRenderer implements fyne.Widget.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	self := &paint.Renderer{Widget: l}
	self.Min = func() fyne.Size {
		size := fyne.NewSize(leastWidth, 0)
		for _, e := range l.lines {
			need := e.MinSize()
			size.Width, size.Height = max(size.Width, need.Width), size.Height+need.Height
		}
		return size
	}
	self.Update = func() {
		self.Parts = nil
		for _, e := range l.lines {
			self.Parts = append(self.Parts, e)
		}
	}
	self.Arrange = func(size fyne.Size) {
		y := float32(0)
		for _, e := range l.lines {
			tall := e.MinSize().Height
			e.Move(fyne.NewPos(0, y))
			e.Resize(fyne.NewSize(size.Width, tall))
			y += tall
		}
	}
	self.Update()
	return self
}

// lineParts are what a line draws.
type lineParts struct {
	back *canvas.Rectangle
	text *paint.Text
}

// draw copies a line's state into its parts.
func (p *lineParts) draw(e *line) {
	l := e.list
	marked := !e.item.Head && e.item.Key == l.selected
	ink, size := theme.ColorNameForeground, theme.SizeNameText
	p.back.FillColor, p.back.StrokeWidth = color.Transparent, 0
	p.text.TextStyle.Bold = marked
	switch {
	case e.item.Head:
		ink, size = theme.ColorNamePlaceHolder, theme.SizeNameCaptionText
	case marked:
		p.back.FillColor = paint.Tint(theme.ColorNamePrimary, e, 0.14)
		ink = theme.ColorNamePrimary
		if l.focused {
			p.back.StrokeColor, p.back.StrokeWidth = theme.ColorForWidget(theme.ColorNamePrimary, e), 2
		}
	case e.Hovered:
		p.back.FillColor = theme.ColorForWidget(theme.ColorNameHover, e)
	}
	p.text.Full = e.item.Label
	p.text.Style(e, ink, size)
}

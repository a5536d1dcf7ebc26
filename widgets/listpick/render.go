package listpick

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"lethe/widgets/paint"
)

const (
	pad      float32 = 10
	barWidth float32 = 12
)

// slot draws one row at a time; it keeps its texts while it only moves.
type slot struct {
	index                int // the row drawn last, or none
	row                  Row
	dirty                bool // its texts must be drawn anew
	back, pill           *canvas.Rectangle
	text, detail, button *paint.Text
}

func newSlot() *slot {
	s := &slot{index: none, back: canvas.NewRectangle(nil), pill: canvas.NewRectangle(nil)}
	s.pill.CornerRadius = 4
	s.text, s.detail, s.button = &paint.Text{}, &paint.Text{}, &paint.Text{}
	s.button.Alignment = fyne.TextAlignCenter
	return s
}

func (s *slot) parts() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.back, &s.text.Text, &s.detail.Text, s.pill, &s.button.Text}
}

// CreateRenderer implements fyne.Widget.
func (l *List) CreateRenderer() fyne.WidgetRenderer {
	frame := canvas.NewRectangle(nil)
	return paint.New(paint.Renderer{
		Widget: l,
		Parts:  []fyne.CanvasObject{frame, l.clip, l.bar},
		Min:    func() fyne.Size { return fyne.NewSize(200, float32(l.minRows)*RowHeight) },
		Update: func() {
			frame.FillColor = theme.ColorForWidget(theme.ColorNameInputBackground, l)
			frame.StrokeColor = theme.ColorForWidget(theme.ColorNameInputBorder, l)
			frame.StrokeWidth = 1
			if l.focused {
				frame.StrokeColor = theme.ColorForWidget(theme.ColorNamePrimary, l)
			}
			for _, s := range l.slots {
				s.index = none
			}
		},
		Arrange: func(size fyne.Size) {
			frame.Resize(size)
			l.clip.Move(fyne.NewPos(1, 1))
			l.clip.Resize(fyne.NewSize(size.Width-2, size.Height-2))
			l.bar.Move(fyne.NewPos(size.Width-barWidth-1, 0))
			l.bar.Resize(fyne.NewSize(barWidth, size.Height))
			l.resize(size)
		},
	})
}

// resize makes as many slots as rows can be seen, in part at both ends.
func (l *List) resize(size fyne.Size) {
	wanted := int(math.Ceil(float64(size.Height/RowHeight))) + 1
	for len(l.slots) < wanted {
		l.slots = append(l.slots, newSlot())
	}
	objects := make([]fyne.CanvasObject, 0, 5*len(l.slots))
	for _, s := range l.slots {
		s.index = none
		objects = append(objects, s.parts()...)
	}
	l.body.Objects = objects
	l.body.Resize(size)
	l.clamp()
	l.draw()
}

// buttons is where the buttons' column begins and how wide it is.
func (l *List) buttons() (x, width float32) {
	right := l.Size().Width - pad/2
	if l.scrolls() {
		right -= barWidth
	}
	return right - l.button, l.button
}

// draw brings the slots to the rows on screen, touching only what differs.
func (l *List) draw() {
	l.fill()
	x, wide := l.buttons()
	used := make(map[*slot]bool, len(l.slots))
	for i := l.top; i < min(l.top+len(l.slots), l.count); i++ {
		s := l.slots[i%len(l.slots)]
		used[s] = true
		l.place(s, float32(i-l.top)*RowHeight-l.rest, x, wide)
	}
	for _, s := range l.slots {
		for _, o := range s.parts() {
			hide(o, !used[s] || (o == &s.button.Text || o == s.pill) && s.row.Button == "")
		}
	}
	l.bar.sync()
}

// fill fetches the rows that came into view and finds the width of their buttons.
func (l *List) fill() {
	for i := l.top; i < min(l.top+len(l.slots), l.count); i++ {
		s := l.slots[i%len(l.slots)]
		if s.index == i {
			continue
		}
		s.index, s.row, s.dirty = i, l.fetch(i), true
		ink, link := theme.ColorNameForeground, theme.ColorNameHyperlink
		if s.row.Muted {
			ink = theme.ColorNamePlaceHolder
		}
		s.text.Full, s.detail.Full, s.button.Full = s.row.Text, s.row.Detail, s.row.Button
		s.text.Style(l, ink, theme.SizeNameText)
		s.detail.Style(l, theme.ColorNamePlaceHolder, theme.SizeNameText)
		s.button.Style(l, link, theme.SizeNameText)
		if w := s.detail.Width(); w > l.detail {
			l.detail = w
		}
		if w := s.button.Width() + 2*pad; s.row.Button != "" && w > l.button {
			l.button = w
		}
	}
}

// place puts a slot's parts at that height.
func (l *List) place(s *slot, y, x, wide float32) {
	back := color.Color(color.Transparent)
	switch {
	case l.focused && s.index == l.current:
		back = paint.Tint(theme.ColorNamePrimary, l, 0.2)
	case s.index == l.hovered:
		back = theme.ColorForWidget(theme.ColorNameHover, l)
	}
	recolour(s.back, back)
	s.back.Move(fyne.NewPos(0, y))
	s.back.Resize(fyne.NewSize(l.Size().Width, RowHeight))
	pill := color.Color(color.Transparent)
	if s.index == l.hovered || l.focused && s.index == l.current {
		pill = theme.ColorForWidget(theme.ColorNameButton, l)
	}
	recolour(s.pill, pill)
	s.pill.Move(fyne.NewPos(x, y+2))
	s.pill.Resize(fyne.NewSize(wide, RowHeight-4))

	room := x - pad
	half := room
	if s.row.Detail != "" {
		half = max(min(room*0.55, room-l.detail-2*pad), room*0.4)
		s.set(s.detail, pad+half, y, room-half-2*pad)
	} else {
		s.set(s.detail, pad, y, 0)
	}
	s.set(s.text, pad, y, half-pad)
	s.set(s.button, x, y, wide)
	s.dirty = false
}

// set places a text and draws it anew only where it changed.
func (s *slot) set(t *paint.Text, x, y, width float32) {
	before := t.Text.Text
	t.Place(x, y, width, RowHeight)
	if s.dirty || before != t.Text.Text {
		t.Refresh()
	}
}

func recolour(r *canvas.Rectangle, c color.Color) {
	if r.FillColor != c {
		r.FillColor = c
		r.Refresh()
	}
}

func hide(o fyne.CanvasObject, hidden bool) {
	switch {
	case hidden == !o.Visible():
	case hidden:
		o.Hide()
	default:
		o.Show()
	}
}

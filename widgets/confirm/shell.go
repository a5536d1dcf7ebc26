package confirm

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/paint"
)

const (
	edge   float32 = 20 // from the card's edge to what is in it
	margin float32 = 16 // from the card to the window's edge
	gap    float32 = 8
	gutter float32 = 14 // beside the content, for the scroll bar
)

var (
	_ fyne.Tappable          = (*shell)(nil)
	_ fyne.SecondaryTappable = (*shell)(nil)
	_ desktop.Hoverable      = (*shell)(nil)
)

// shell covers the whole canvas, swallows the pointer and holds the dialog's card in its
// middle. It is an overlay of its own rather than a widget.PopUp, because that neither
// follows the window's size nor leaves out the blur, which is slow without a GPU.
type shell struct {
	widget.BaseWidget

	d *Dialog
}

func newShell(d *Dialog) *shell {
	s := &shell{d: d}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped implements fyne.Tappable.
func (s *shell) Tapped(*fyne.PointEvent) {}

// TappedSecondary implements fyne.SecondaryTappable.
func (s *shell) TappedSecondary(*fyne.PointEvent) {}

// MouseIn implements desktop.Hoverable.
func (s *shell) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (s *shell) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (s *shell) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (s *shell) CreateRenderer() fyne.WidgetRenderer {
	d := s.d
	veil, card := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	self := &paint.Renderer{Widget: s}
	self.Min = func() fyne.Size { return fyne.Size{} }
	self.Update = func() {
		veil.FillColor = theme.ColorForWidget(theme.ColorNameShadow, s)
		card.FillColor = theme.ColorForWidget(theme.ColorNameOverlayBackground, s)
		card.StrokeColor = theme.ColorForWidget(theme.ColorNameInputBorder, s)
		card.StrokeWidth = 1
		card.CornerRadius = theme.SizeForWidget(theme.SizeNameDialogRadius, s)
		self.Parts = []fyne.CanvasObject{veil, card, d.title, d.scroll, d.fault, d.bar}
		self.Parts = append(self.Parts, d.extra...)
		self.Parts = append(self.Parts, d.cancel, d.action)
	}
	self.Arrange = func(size fyne.Size) {
		veil.Resize(size)
		s.arrange(size, card)
	}
	self.Update()
	return self
}

// arrange gives title, error, bar and buttons what they need and the content the rest,
// up to what it needs.
func (s *shell) arrange(size fyne.Size, card *canvas.Rectangle) {
	d := s.d
	wide := min(Width, size.Width-2*margin)
	room := wide - 2*edge
	if room <= 0 {
		return
	}
	title := wrapped(d.title, room)
	fault := float32(0)
	if d.fault.Visible() {
		fault = wrapped(d.fault, room)
	}
	bar := float32(0)
	if d.bar.Visible() {
		bar = d.bar.MinSize().Height + gap
	}
	buttons := s.buttons(0, 0, room, false)
	content := wrapped(d.scroll.Content, room+gutter)
	rest := edge + title + gap + fault + bar + 2*gap + buttons + edge
	tall := min(rest+content, size.Height-2*margin)
	content = max(tall-rest, 0)

	x, y := (size.Width-wide)/2, (size.Height-tall)/2
	card.Move(fyne.NewPos(x, y))
	card.Resize(fyne.NewSize(wide, tall))
	x, y = x+edge, y+edge
	put(d.title, x, y, room, title)
	y += title + gap
	put(d.scroll, x, y, room+gutter, content)
	y += content + gap
	put(d.fault, x, y, room, fault)
	y += fault
	put(d.bar, x, y, room, max(bar-gap, 0))
	y += bar + gap
	s.buttons(x, y, room, true)
}

// buttons places the row of buttons, in two rows where one is too narrow, and returns
// the height they take.
func (s *shell) buttons(x, y, room float32, place bool) float32 {
	d := s.d
	cancel, action := d.cancel.MinSize(), fyne.Size{}
	right := cancel.Width
	if d.action.Visible() {
		action = d.action.MinSize()
		right += gap + action.Width
	}
	left := float32(0)
	for _, o := range d.extra {
		left += o.MinSize().Width + gap
	}
	tall := max(cancel.Height, action.Height)
	total := tall
	top := y
	if left > 0 && left+right > room {
		total += tall + gap
		top += tall + gap
	}
	if !place {
		return total
	}
	at := x
	for _, o := range d.extra {
		put(o, at, y, o.MinSize().Width, tall)
		at += o.MinSize().Width + gap
	}
	at = x + room
	if d.action.Visible() {
		at -= action.Width
		put(d.action, at, top, action.Width, tall)
		at -= gap
	}
	put(d.cancel, at-cancel.Width, top, cancel.Width, tall)
	return total
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// wrapped is how high an object gets at that width, texts in it wrapped.
func wrapped(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, o.MinSize().Height))
	return o.MinSize().Height
}

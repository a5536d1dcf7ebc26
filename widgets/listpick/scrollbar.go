package listpick

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/paint"
)

var (
	_ fyne.Draggable    = (*scrollbar)(nil)
	_ fyne.Tappable     = (*scrollbar)(nil)
	_ desktop.Hoverable = (*scrollbar)(nil)
)

// scrollbar shows where the list is. Its thumb can be dragged; a click beside the thumb
// goes a page on.
type scrollbar struct {
	widget.BaseWidget

	list    *List
	thumb   *canvas.Rectangle
	hovered bool
	drag    float64 // the share being dragged to; below 0 while nobody drags
}

func newScrollbar(l *List) *scrollbar {
	b := &scrollbar{list: l, thumb: canvas.NewRectangle(nil), drag: -1}
	b.ExtendBaseWidget(b)
	return b
}

// length of the thumb.
func (b *scrollbar) length() float32 {
	height := b.Size().Height
	rows := float64(height / RowHeight)
	return max(float32(rows/max(float64(b.list.count), rows))*height, min(24, height))
}

// sync moves the thumb to where the list is.
func (b *scrollbar) sync() {
	hide(b, !b.list.scrolls())
	wide := float32(4)
	if b.hovered || b.drag >= 0 {
		wide = 8
	}
	length := b.length()
	b.thumb.CornerRadius = wide / 2
	b.thumb.Resize(fyne.NewSize(wide, length))
	b.thumb.Move(fyne.NewPos(b.Size().Width-wide-2, float32(b.list.share())*(b.Size().Height-length)))
}

// Dragged implements fyne.Draggable.
func (b *scrollbar) Dragged(ev *fyne.DragEvent) {
	if b.drag < 0 {
		b.drag = b.list.share()
	}
	if run := b.Size().Height - b.length(); run > 0 {
		b.drag = min(max(b.drag+float64(ev.Dragged.DY/run), 0), 1)
		b.list.scrollToShare(b.drag)
	}
}

// DragEnd implements fyne.Draggable.
func (b *scrollbar) DragEnd() { b.drag = -1; b.sync() }

// Tapped implements fyne.Tappable.
func (b *scrollbar) Tapped(ev *fyne.PointEvent) {
	page := b.list.Size().Height - RowHeight
	switch from := b.thumb.Position().Y; {
	case ev.Position.Y < from:
		b.list.scrollBy(-page)
	case ev.Position.Y > from+b.thumb.Size().Height:
		b.list.scrollBy(page)
	}
}

// MouseIn implements desktop.Hoverable.
func (b *scrollbar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.sync() }

// MouseMoved implements desktop.Hoverable.
func (b *scrollbar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *scrollbar) MouseOut() { b.hovered = false; b.sync() }

// CreateRenderer implements fyne.Widget.
func (b *scrollbar) CreateRenderer() fyne.WidgetRenderer {
	return paint.New(paint.Renderer{
		Widget:  b,
		Parts:   []fyne.CanvasObject{b.thumb},
		Min:     func() fyne.Size { return fyne.NewSize(barWidth, 24) },
		Update:  func() { b.thumb.FillColor = theme.ColorForWidget(theme.ColorNameScrollBar, b) },
		Arrange: func(fyne.Size) { b.sync() },
	})
}

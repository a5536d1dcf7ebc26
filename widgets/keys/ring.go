package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// ringed is Fyne's button with a frame around it while it has the focus: the tint
// that Fyne gives it alone can be overlooked.
type ringed struct {
	fyne.WidgetRenderer

	button *Button
	ring   *canvas.Rectangle
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &ringed{WidgetRenderer: b.Button.CreateRenderer(), button: b, ring: canvas.NewRectangle(nil)}
	r.ring.StrokeWidth = 2
	r.paint()
	return r
}

// Objects implements fyne.WidgetRenderer.
func (r *ringed) Objects() []fyne.CanvasObject {
	objects := r.WidgetRenderer.Objects()
	return append(objects[:len(objects):len(objects)], r.ring)
}

// Layout implements fyne.WidgetRenderer.
func (r *ringed) Layout(size fyne.Size) {
	r.ring.Resize(size)
	r.WidgetRenderer.Layout(size)
}

// Refresh implements fyne.WidgetRenderer.
func (r *ringed) Refresh() {
	r.paint()
	r.WidgetRenderer.Refresh()
}

func (r *ringed) paint() {
	r.ring.Hidden = !r.button.focused
	colour := theme.ColorNamePrimary
	if r.button.Importance == widget.HighImportance || r.button.Importance == widget.DangerImportance {
		colour = theme.ColorNameForeground // which stands out from what these are filled with
	}
	r.ring.StrokeColor = theme.ColorForWidget(colour, r.button)
	r.ring.CornerRadius = theme.SizeForWidget(theme.SizeNameButtonRadius, r.button)
	r.ring.Refresh()
}

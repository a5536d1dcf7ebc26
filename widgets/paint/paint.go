// Package paint holds what the drawn widgets share: a renderer made of four
// functions, and text that fits a width. Colours come from the theme by name
// at every refresh, so that a change of theme or of its variant just repaints.
package paint

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Renderer draws a widget whose parts are plain canvas objects.
// All functions run on the UI goroutine; Arrange and Update may be nil.
type Renderer struct {
	Widget  fyne.Widget
	Parts   []fyne.CanvasObject  // bottom first; Update may replace it
	Min     func() fyne.Size     // the smallest size, which must not depend on the present one
	Arrange func(size fyne.Size) // places the parts
	Update  func()               // copies state and theme into the parts
	Gone    func()               // called once the renderer is thrown away
}

var _ fyne.WidgetRenderer = (*Renderer)(nil)

// New completes r: it copies state and theme into the parts for the first time.
func New(r Renderer) *Renderer {
	if r.Update != nil {
		r.Update()
	}
	return &r
}

// Destroy implements fyne.WidgetRenderer.
func (r *Renderer) Destroy() {
	if r.Gone != nil {
		r.Gone()
	}
}

// Layout implements fyne.WidgetRenderer.
func (r *Renderer) Layout(size fyne.Size) {
	if r.Arrange != nil {
		r.Arrange(size)
	}
}

// MinSize implements fyne.WidgetRenderer.
func (r *Renderer) MinSize() fyne.Size { return r.Min() }

// Objects implements fyne.WidgetRenderer.
func (r *Renderer) Objects() []fyne.CanvasObject { return r.Parts }

// Refresh implements fyne.WidgetRenderer.
func (r *Renderer) Refresh() {
	if r.Update != nil {
		r.Update()
	}
	r.Layout(r.Widget.Size())
	canvas.Refresh(r.Widget)
}

// Tint is the theme's colour of that name, as a veil of the given strength (0 to 1),
// for backgrounds on which text in the foreground colour stays readable.
func Tint(name fyne.ThemeColorName, w fyne.Widget, strength float32) color.Color {
	c := color.NRGBAModel.Convert(theme.ColorForWidget(name, w)).(color.NRGBA)
	c.A = uint8(float32(c.A) * strength)
	return c
}

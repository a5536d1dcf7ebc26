package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/look"
	"lethe/widgets/paint"
)

// ground is behind the panel: it keeps clicks and the wheel from the grid
// below, and draws the panel's edge.
type ground struct{ widget.BaseWidget }

func newGround() *ground {
	g := &ground{}
	g.ExtendBaseWidget(g)
	return g
}

// Tapped implements fyne.Tappable.
func (g *ground) Tapped(*fyne.PointEvent) {}

// TappedSecondary implements fyne.SecondaryTappable.
func (g *ground) TappedSecondary(*fyne.PointEvent) {}

// Scrolled implements fyne.Scrollable.
func (g *ground) Scrolled(*fyne.ScrollEvent) {}

// CreateRenderer implements fyne.Widget.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	back, edge := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	return paint.New(paint.Renderer{
		Widget: g,
		Parts:  []fyne.CanvasObject{back, edge},
		Min:    func() fyne.Size { return fyne.NewSize(1, 1) },
		Update: func() {
			back.FillColor = theme.ColorForWidget(look.ColorPanel, g)
			edge.FillColor = theme.ColorForWidget(theme.ColorNameSeparator, g)
		},
		Arrange: func(size fyne.Size) {
			back.Resize(size)
			edge.Resize(fyne.NewSize(1, size.Height))
		},
	})
}

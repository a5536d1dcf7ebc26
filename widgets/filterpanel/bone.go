package filterpanel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/checkmark"
	"lethe/widgets/paint"
)

// bone stands in the place of a value that is on its way.
type bone struct {
	widget.BaseWidget

	share float32 // of the width, as texts are of different lengths
}

func newBone(i int) *bone {
	b := &bone{share: 0.4 + 0.1*float32((i*2)%4)}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *bone) CreateRenderer() fyne.WidgetRenderer {
	const tall = 10
	bar := canvas.NewRectangle(nil)
	bar.CornerRadius = tall / 2
	return paint.New(paint.Renderer{
		Widget: b,
		Parts:  []fyne.CanvasObject{bar},
		Min:    func() fyne.Size { return fyne.NewSize(checkmark.RowHeight, checkmark.RowHeight) },
		Update: func() { bar.FillColor = theme.ColorForWidget(theme.ColorNameButton, b) },
		Arrange: func(size fyne.Size) {
			bar.Move(fyne.NewPos(4, (size.Height-tall)/2))
			bar.Resize(fyne.NewSize(size.Width*b.share, tall))
		},
	})
}

package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"lethe/assets"
)

// markSize is how large the app's icon stands on a page.
const markSize = 56

// Mark is the app's icon, to stand over a page's title and begin where that does.
func Mark() fyne.CanvasObject {
	icon := canvas.NewImageFromResource(assets.Mark())
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSquareSize(markSize))
	return container.New(layout.NewCustomPaddedLayout(0, 4, theme.InnerPadding(), 0), container.NewHBox(icon))
}

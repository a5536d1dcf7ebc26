package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// PageWidth is how wide pages of rows and texts get: in a window as wide as a wall
// what belongs together would else stand far apart.
const PageWidth float32 = 1280

// AtMost gives an object all of the room, but no more than that width, at the left.
func AtMost(width float32, o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(atMost{width}, o)
}

type atMost struct{ width float32 }

func (a atMost) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(min(size.Width, a.width), size.Height))
}

func (a atMost) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

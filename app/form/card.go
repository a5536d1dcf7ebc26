package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lethe/widgets/keys"
)

// Card puts objects under each other in a column of that width, in the middle
// of the window, and scrolls, also to what gains the focus, where the window is too low.
func Card(width float32, objects ...fyne.CanvasObject) fyne.CanvasObject {
	content := container.New(&centred{width: width}, Stack(8, objects...))
	scroll := container.NewVScroll(content)
	keys.Follow(scroll, content)
	return scroll
}

// centred gives its one object a fixed width and the height it needs.
type centred struct{ width float32 }

func (c *centred) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o := objects[0]
	o.Resize(fyne.NewSize(c.width, o.Size().Height))
	tall := o.MinSize().Height
	o.Resize(fyne.NewSize(c.width, tall))
	o.Move(fyne.NewPos(max((size.Width-c.width)/2, 0), max((size.Height-tall)/2.5, 0)))
}

func (c *centred) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.width, objects[0].MinSize().Height)
}

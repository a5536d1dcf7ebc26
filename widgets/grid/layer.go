package grid

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// free leaves objects where they are put. Its minimum is nothing: a container
// without a layout would ask each object for its own, in every frame.
type free struct{}

func (free) Layout([]fyne.CanvasObject, fyne.Size)     {}
func (free) MinSize([]fyne.CanvasObject) fyne.Size     { return fyne.Size{} }
func newGroup(of ...fyne.CanvasObject) *fyne.Container { return container.New(free{}, of...) }

// layer is a part of the grid beyond whose bounds nothing is drawn.
type layer struct {
	clip *container.Clip
	box  *fyne.Container
}

func newLayer() *layer {
	box := newGroup()
	return &layer{clip: container.NewClip(box), box: box}
}

// bound puts the layer there.
func (l *layer) bound(x, y, width, height float32) {
	l.clip.Move(fyne.NewPos(x, y))
	l.clip.Resize(fyne.NewSize(max(0, width), max(0, height)))
}

// set makes these the objects of the layer.
func (l *layer) set(objects ...fyne.CanvasObject) { l.box.Objects = slices.Clip(objects) }

// add puts another object on top.
func (l *layer) add(o fyne.CanvasObject) { l.box.Objects = append(l.box.Objects, o) }

// put moves and resizes an object where that changes anything.
func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	if size := fyne.NewSize(width, height); o.Size() != size {
		o.Resize(size)
	}
}

// reveal shows an object or hides it, where that changes anything.
func reveal(o fyne.CanvasObject, on bool) {
	if on == o.Visible() {
		return
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

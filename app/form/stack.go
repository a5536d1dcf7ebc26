package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// stacked puts objects under each other with a small gap.
type stacked struct{ gap float32 }

func (s *stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		// Wrapped text knows its height once it has its width.
		o.Resize(fyne.NewSize(size.Width, o.Size().Height))
		tall := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, tall))
		y += tall + s.gap
	}
}

func (s *stacked) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		size.Width = max(size.Width, m.Width)
		size.Height += m.Height + s.gap
	}
	return size
}

// Stack puts objects under each other, a gap after each, over the full width.
func Stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&stacked{gap: gap}, objects...)
}

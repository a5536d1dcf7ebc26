package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"lethe/data/fold"
)

// Measures of the window, in Fyne's pixels.
const (
	RailWidth    float32 = 72
	StatusHeight float32 = 28
	StripHeight  float32 = 40
	nameLength           = 60 // longest name shown in a line

	// In less than this pages are no use: a smaller window scrolls.
	leastWidth  float32 = 680
	leastHeight float32 = 440
)

// frame lays out area, rail, status bar, strip and notice, in this order. The
// notice, if there is one, stands over the area.
type frame struct{}

func (f *frame) Layout(o []fyne.CanvasObject, size fyne.Size) {
	area, rail, status, strip, notice := o[0], o[1], o[2], o[3], o[4]
	top := float32(0)
	if strip.MinSize().Height > 0 {
		top = StripHeight
	}
	strip.Move(fyne.NewPos(0, 0))
	strip.Resize(fyne.NewSize(size.Width, top))
	tall := max(size.Height-top-StatusHeight, 0)
	rail.Move(fyne.NewPos(0, top))
	rail.Resize(fyne.NewSize(RailWidth, tall))
	wide, said := max(size.Width-RailWidth, 0), notice.MinSize().Height
	notice.Move(fyne.NewPos(RailWidth, top))
	notice.Resize(fyne.NewSize(wide, said))
	area.Move(fyne.NewPos(RailWidth, top+said))
	area.Resize(fyne.NewSize(wide, max(tall-said, 0)))
	status.Move(fyne.NewPos(0, top+tall))
	status.Resize(fyne.NewSize(size.Width, StatusHeight))
}

func (f *frame) MinSize(o []fyne.CanvasObject) fyne.Size {
	inner := o[0].MinSize().Max(fyne.NewSize(0, o[1].MinSize().Height))
	return fyne.NewSize(RailWidth+inner.Width, StripHeight+inner.Height+StatusHeight).
		Max(fyne.NewSize(leastWidth, leastHeight))
}

func optional(o fyne.CanvasObject) fyne.CanvasObject {
	if o == nil {
		return layout.NewSpacer()
	}
	return o
}

// oneLine makes what a person entered safe to stand in a line of ours.
func oneLine(s string) string { return fold.OneLine(s, nameLength) }

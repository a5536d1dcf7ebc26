// Package primer has the graphics driver make its programs before somebody
// waits for them.
//
// A driver compiles what draws a rounded corner, a line or a tick when the
// first one is drawn. Where the processor draws, each of these takes up to a
// fifth of a second, in which the window hears no key and no click; most
// drivers keep what they made for the next start. So one of each is drawn with
// the first screen, before anybody can have done anything in it.
package primer

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
)

// New makes an object of one pixel that nobody sees, with one of each kind of
// thing that Lethe's windows are made of. It has done its work once it was
// drawn.
func New() fyne.CanvasObject {
	// Fyne doesn't draw what is color.Transparent. This is as clear, and drawn.
	unseen := color.NRGBA{}
	rounded := canvas.NewRectangle(unseen)
	rounded.CornerRadius = 1
	line := canvas.NewLine(unseen)
	line.Position2 = fyne.NewPos(1, 1)
	parts := []fyne.CanvasObject{
		canvas.NewRectangle(unseen),
		rounded,
		line,
		&canvas.ArbitraryPolygon{
			NormalizedPoints: true, FillColor: unseen,
			Points: []fyne.Position{{X: 0, Y: 0}, {X: 1, Y: 0}, {X: 0, Y: 1}},
		},
	}
	// Icons and texts are images, which are smoothed; the rows of a grid are not.
	// Some drivers make another program for sides that are a power of two.
	for _, mode := range []canvas.ImageScale{canvas.ImageScaleSmooth, canvas.ImageScalePixels} {
		for _, side := range []image.Point{{3, 3}, {3, 4}, {4, 3}, {4, 4}} {
			nothing := image.NewRGBA(image.Rectangle{Max: side})
			raster := canvas.NewRaster(func(int, int) image.Image { return nothing })
			raster.ScaleMode = mode
			parts = append(parts, raster)
		}
	}
	return container.New(dot{}, parts...)
}

// dot puts everything on the same pixel.
type dot struct{}

func (dot) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.Position{})
		o.Resize(fyne.NewSquareSize(1))
	}
}

func (dot) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSquareSize(1) }

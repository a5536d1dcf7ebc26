package grid

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2/canvas"
)

// newRule is the line between two rows. It is a small picture, drawn longer:
// where the processor draws, a rectangle takes twice as long, whose program minds
// strokes and shadows, and a line wants a program of its own. So would a picture
// whose sides are powers of two.
func newRule(ink color.Color) *canvas.Raster {
	pixel := image.NewRGBA(image.Rect(0, 0, 3, 3))
	draw.Draw(pixel, pixel.Rect, image.NewUniform(ink), image.Point{}, draw.Src)
	r := canvas.NewRaster(func(int, int) image.Image { return pixel })
	r.ScaleMode = canvas.ImageScalePixels
	return r
}

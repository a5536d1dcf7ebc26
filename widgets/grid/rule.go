package grid

import (
	"image"
	"image/color"
	"image/draw"

	"fyne.io/fyne/v2/canvas"
)

// newRule is the line between two rows: a picture of few pixels, stretched. It
// is in every row, and where the processor draws it takes half the time of a
// rectangle, which is drawn as one with strokes and a shadow would be. A line,
// or a picture whose sides are powers of two, would want another program of the
// driver's than the rest of a row.
func newRule(ink color.Color) *canvas.Raster {
	pixel := image.NewRGBA(image.Rect(0, 0, 3, 3))
	draw.Draw(pixel, pixel.Rect, image.NewUniform(ink), image.Point{}, draw.Src)
	r := canvas.NewRaster(func(int, int) image.Image { return pixel })
	r.ScaleMode = canvas.ImageScalePixels
	return r
}

package grid

import (
	"math"

	"fyne.io/fyne/v2"
)

// pixelScale is how many pixels the window has for a unit; 1 where there is none.
func (g *Grid) pixelScale() float32 {
	driver := fyne.CurrentApp().Driver()
	windows := driver.AllWindows()
	if len(windows) == 0 {
		return 1
	}
	if c := driver.CanvasForObject(g); c != nil {
		return c.Scale()
	}
	return windows[0].Canvas().Scale() // it was not drawn yet
}

// putWhole places a raster so that it is a whole number of pixels wide and high
// wherever its row is scrolled to. Fyne rounds the place of each edge: of some
// height in between, one row's raster would be a pixel higher than another's,
// and lines of its pixels drawn twice or not at all.
//
// It stands a little aside: of edges half way between two pixels, one may be
// rounded up and the other down. Scales and places are in tenths, quarters or
// thousandths, which don't get there from where it stands.
func (v *view) putWhole(o fyne.CanvasObject, x, y, width, height float32) {
	const aside = 0.0437 // pixels
	whole := func(length float32) float32 {
		return max(1, float32(math.Round(float64(length*v.scale)))) / v.scale
	}
	put(o, x-aside/v.scale, y-aside/v.scale, whole(width), whole(height))
}

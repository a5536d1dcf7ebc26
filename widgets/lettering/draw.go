package lettering

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// Draw draws s into a picture that has scale pixels for a unit of the window,
// at that size in units, its line beginning at x and its top at y, in pixels.
// It must be known. Nothing is drawn outside of within.
func (f *Font) Draw(onto *image.RGBA, within image.Rectangle, s string, size, scale, x float32, y int, ink color.Color) {
	within = within.Intersect(onto.Rect)
	if f.face == nil || within.Empty() {
		return
	}
	run := f.shape(s, size)
	pixels := size * scale
	base := y + int(math.Ceil(float64(float32(run.LineBounds.Ascent)/64*scale)))
	source := image.NewUniform(ink)
	for _, g := range run.Glyphs {
		at := x + float32(g.XOffset)/64*scale
		rise := int(math.Round(float64(float32(g.YOffset) / 64 * scale)))
		left, part := quarter(at)
		m := f.mask(glyphKey{g.GlyphID, pixels, part})
		x += float32(g.Advance) / 64 * scale
		if m.alpha == nil {
			continue
		}
		place := m.alpha.Rect.Add(image.Pt(left, base-rise))
		shown := place.Intersect(within)
		if shown.Empty() {
			continue
		}
		draw.DrawMask(onto, shown, source, image.Point{}, m.alpha, m.alpha.Rect.Min.Add(shown.Min.Sub(place.Min)), draw.Over)
	}
}

// quarter is the pixel at or before x, and how many quarters of one x is behind
// that.
func quarter(x float32) (pixel int, part uint8) {
	n := int(math.Round(float64(x) * quarters))
	pixel = int(math.Floor(float64(n) / quarters))
	return pixel, uint8(n - pixel*quarters)
}

// quarters is on how many places in a pixel a letter can begin.
const quarters = 4

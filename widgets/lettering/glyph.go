package lettering

import (
	"image"
	"image/draw"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"
)

// glyphKey is a letter at a size in pixels, and where in a pixel it begins.
type glyphKey struct {
	glyph  font.GID
	pixels float32
	part   uint8
}

// mask is how much of each pixel a letter covers; its point 0, 0 is on the
// baseline. Of a blank, alpha is nil.
type mask struct{ alpha *image.Alpha }

// mostBytes bounds what a font keeps of masks. All letters of a text in two
// sizes are a tenth of it.
const mostBytes = 1 << 20

// mask answers what is kept, or fills the letter.
func (f *Font) mask(key glyphKey) mask {
	m, ok := f.masks[key]
	if ok {
		return m
	}
	if outline, ok := f.face.GlyphData(key.glyph).(font.GlyphOutline); ok {
		m = fill(outline.Segments, key.pixels/float32(f.face.Upem()), float32(key.part)/quarters)
	}
	size := 64 // the entry's own
	if m.alpha != nil {
		size += len(m.alpha.Pix)
	}
	if f.masked += size; f.masked > mostBytes {
		clear(f.masks)
		f.masked = size
	}
	f.masks[key] = m
	return m
}

// fill draws an outline, whose y axis points up, scaled and moved by shift
// pixels to the right.
func fill(outline []font.Segment, scale, shift float32) mask {
	low, high := image.Pt(math.MaxInt, math.MaxInt), image.Pt(math.MinInt, math.MinInt)
	place := func(p opentype.SegmentPoint) (x, y float32) { return p.X*scale + shift, -p.Y * scale }
	for i := range outline {
		for _, p := range outline[i].ArgsSlice() {
			x, y := place(p)
			low.X, low.Y = min(low.X, int(math.Floor(float64(x)))), min(low.Y, int(math.Floor(float64(y))))
			high.X, high.Y = max(high.X, int(math.Ceil(float64(x)))), max(high.Y, int(math.Ceil(float64(y))))
		}
	}
	box := image.Rectangle{Min: low, Max: high}
	if len(outline) == 0 || box.Empty() {
		return mask{}
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	r.DrawOp = draw.Src
	at := func(p opentype.SegmentPoint) (x, y float32) {
		x, y = place(p)
		return x - float32(low.X), y - float32(low.Y)
	}
	for i := range outline {
		args := outline[i].ArgsSlice()
		x, y := at(args[len(args)-1])
		switch outline[i].Op {
		case opentype.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(x, y)
		case opentype.SegmentOpLineTo:
			r.LineTo(x, y)
		case opentype.SegmentOpQuadTo:
			bx, by := at(args[0])
			r.QuadTo(bx, by, x, y)
		case opentype.SegmentOpCubeTo:
			bx, by := at(args[0])
			cx, cy := at(args[1])
			r.CubeTo(bx, by, cx, cy, x, y)
		}
	}
	r.ClosePath()
	alpha := image.NewAlpha(box)
	r.Draw(alpha, box, image.Opaque, image.Point{})
	return mask{alpha}
}

package grid

import (
	"image"
	"image/draw"
	"math"
	"slices"

	"fyne.io/fyne/v2/canvas"
	"golang.org/x/image/vector"
)

// picture shows all marks of a row, or of the header, in one piece. Each object
// on the canvas is drawn again in every frame, whatever changed: a picture is
// one, where the texts of its cells would be seven, and their labels as many
// again. Texts with letters that the font lacks are not in it: see [lettering.Font.Knows].
type picture struct {
	view             *view
	raster           *canvas.Raster
	redraw           func()  // has Fyne ask for it again: each time, that makes another texture
	top, height      float32 // of what is to be drawn on, in the row
	drawnTop         float32 // the same, in whole pixels
	pinned, scrolled marks
	pinWidth         float32 // what is scrolled begins there
	viewWidth        float32 // and ends there
	scrollX          float32
	scale            float32
}

// newPicture is one of the part of a row from top on. It shows nothing yet.
func newPicture(v *view, top, height float32) *picture {
	p := &picture{view: v, top: top, height: height}
	p.raster = canvas.NewRaster(p.draw)
	p.redraw = p.raster.Refresh
	p.raster.ScaleMode = canvas.ImageScalePixels // it is made as large as it is shown
	return p
}

// place puts it into its row, its upper edge on a whole pixel of that: texts in
// it are then rounded as they would be without it.
func (p *picture) place() {
	scale := float64(p.view.scale)
	first := math.Floor(float64(p.top) * scale)
	last := math.Ceil(float64(p.top+p.height) * scale)
	p.drawnTop = float32(first / scale)
	p.view.putWhole(p.raster, 0, p.drawnTop, p.view.g.shape.size.Width, float32((last-first)/scale))
}

// show draws other marks, where they are others or stand elsewhere.
func (p *picture) show(pinned, scrolled *marks) {
	s := &p.view.g.shape
	if slices.Equal(p.pinned.texts, pinned.texts) && slices.Equal(p.scrolled.texts, scrolled.texts) &&
		slices.Equal(p.pinned.boxes, pinned.boxes) && slices.Equal(p.scrolled.boxes, scrolled.boxes) &&
		p.pinWidth == s.pinWidth && p.viewWidth == s.viewWidth && p.scrollX == p.view.g.scrollX &&
		p.scale == p.view.scale {
		return
	}
	p.pinned.reset()
	p.pinned.add(pinned)
	p.scrolled.reset()
	p.scrolled.add(scrolled)
	p.pinWidth, p.viewWidth, p.scrollX = s.pinWidth, s.viewWidth, p.view.g.scrollX
	p.scale = p.view.scale
	p.redraw()
}

// forget drops what it showed, and has Fyne do so.
func (p *picture) forget() {
	if p.pinned.empty() && p.scrolled.empty() {
		return
	}
	p.pinned.reset()
	p.scrolled.reset()
	clear(p.view.paper.Pix)
	p.redraw()
}

// draw is called by Fyne for a picture of that many pixels, which it copies
// before it calls for another one.
func (p *picture) draw(width, height int) image.Image {
	onto := p.view.blank(width, height)
	if width == 0 || height == 0 || p.raster.Size().Width <= 0 {
		return onto
	}
	// Sizes are rounded to pixels. What is left of that in the scale would be
	// letters of their own for each width of the window.
	const steps = 1000
	scale := float32(math.Round(float64(width)/float64(p.raster.Size().Width)*steps) / steps)
	b := &brush{onto: onto, scale: scale, top: p.drawnTop}
	end := b.pixel(p.viewWidth)
	pin := min(b.pixel(p.pinWidth), end) // narrower than its checkboxes, nothing is scrolled
	b.within = image.Rect(pin, 0, end, height)
	b.draw(&p.scrolled, p.pinWidth-p.scrollX)
	b.within = image.Rect(0, 0, pin, height)
	b.draw(&p.pinned, 0)
	return onto
}

// blank is a clear sheet. There is one for all pictures.
func (v *view) blank(width, height int) *image.RGBA {
	if v.paper.Rect.Dx() != width || v.paper.Rect.Dy() != height {
		v.paper = image.NewRGBA(image.Rect(0, 0, width, height))
	}
	clear(v.paper.Pix)
	return v.paper
}

// brush draws marks.
type brush struct {
	onto   *image.RGBA
	within image.Rectangle // nothing is drawn beyond it
	scale  float32         // pixels for a unit of the window
	top    float32         // the place of the uppermost pixels
}

// pixel is the pixel nearest to a place.
func (b *brush) pixel(v float32) int { return int(math.Round(float64(v * b.scale))) }

// draw draws marks, moved by dx. Fyne puts texts on whole pixels, and so does it.
func (b *brush) draw(m *marks, dx float32) {
	for _, x := range m.boxes {
		b.box(x, dx)
	}
	for _, t := range m.texts {
		font := t.letters.font
		font.Draw(b.onto, b.within, t.text, t.letters.size, b.scale, float32(b.pixel(t.x+dx)), b.pixel(t.top-b.top), t.ink)
	}
}

// box fills a rectangle. Without round corners it is a line, of which one is as
// strong as the next, and none too thin to be seen.
func (b *brush) box(x box, dx float32) {
	left, top := x.x+dx, x.top-b.top
	area := image.Rect(b.pixel(left), b.pixel(top), b.pixel(left+x.width), b.pixel(top+x.height))
	if x.radius == 0 {
		area.Min.X = area.Max.X - max(1, b.pixel(x.width))
	}
	fill := image.NewUniform(x.fill)
	shown := area.Intersect(b.within)
	if shown.Empty() {
		return
	}
	radius := min(x.radius*b.scale, float32(area.Dx())/2, float32(area.Dy())/2)
	if radius <= 0 {
		draw.Draw(b.onto, shown, fill, image.Point{}, draw.Over)
		return
	}
	mask := image.NewAlpha(image.Rect(0, 0, area.Dx(), area.Dy()))
	r := rounded(float32(area.Dx()), float32(area.Dy()), radius)
	r.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	draw.DrawMask(b.onto, shown, fill, image.Point{}, mask, shown.Min.Sub(area.Min), draw.Over)
}

// rounded is a rectangle whose corners are quarters of a circle.
func rounded(width, height, radius float32) *vector.Rasterizer {
	// A cubic curve is next to a quarter of a circle where its middle points are
	// 4/3·(√2−1) of the radius away from its ends.
	bend := radius * (1 - 0.5522847)
	r := vector.NewRasterizer(int(width), int(height))
	r.DrawOp = draw.Src
	r.MoveTo(radius, 0)
	r.LineTo(width-radius, 0)
	r.CubeTo(width-bend, 0, width, bend, width, radius)
	r.LineTo(width, height-radius)
	r.CubeTo(width, height-bend, width-bend, height, width-radius, height)
	r.LineTo(radius, height)
	r.CubeTo(bend, height, 0, height-bend, 0, height-radius)
	r.LineTo(0, radius)
	r.CubeTo(0, bend, bend, 0, radius, 0)
	r.ClosePath()
	return r
}

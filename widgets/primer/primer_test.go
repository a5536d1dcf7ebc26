package primer_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/primer"
)

// Everything in it reaches the driver: it has a size, and a colour that Fyne
// doesn't take for nothing to draw.
func TestPrimer_IsDrawn(t *testing.T) {
	o := primer.New()
	o.Resize(o.MinSize())
	kinds := map[string]bool{}
	for _, part := range o.(*fyne.Container).Objects {
		if s := part.Size(); s.Width < 1 || s.Height < 1 || !part.Visible() {
			t.Errorf("%T is %v large, visible %v", part, s, part.Visible())
		}
		drawn := func(kind string, c color.Color) {
			kinds[kind] = true
			if c == nil || c == color.Transparent {
				t.Errorf("%s isn't drawn", kind)
			}
		}
		switch part := part.(type) {
		case *canvas.Rectangle:
			if part.CornerRadius > 0 {
				drawn("rounded", part.FillColor)
			} else {
				drawn("rectangle", part.FillColor)
			}
		case *canvas.Line:
			drawn("line", part.StrokeColor)
			if part.StrokeWidth == 0 {
				t.Error("the line has no width")
			}
		case *canvas.ArbitraryPolygon:
			drawn("polygon", part.FillColor)
			if len(part.Points) < 3 {
				t.Error("the polygon has no area")
			}
		case *canvas.Raster:
			kinds[map[canvas.ImageScale]string{canvas.ImageScaleSmooth: "image", canvas.ImageScalePixels: "row"}[part.ScaleMode]] = true
		}
	}
	for _, want := range []string{"rectangle", "rounded", "line", "polygon", "image", "row"} {
		if !kinds[want] {
			t.Errorf("there is no %s", want)
		}
	}
}

func TestPrimer_IsNotSeen(t *testing.T) {
	ground := canvas.NewRectangle(color.NRGBA{R: 200, G: 120, B: 40, A: 255})
	w := test.NewTempWindow(t, container.NewStack(ground, laid()))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(8, 8))
	picture := w.Canvas().Capture()
	want := picture.At(5, 5)
	for x := range 3 {
		for y := range 3 {
			if got := picture.At(x, y); got != want {
				t.Errorf("at %d, %d it is %v instead of %v", x, y, got, want)
			}
		}
	}
}

func laid() fyne.CanvasObject {
	o := primer.New()
	o.Resize(o.MinSize())
	return container.NewWithoutLayout(o)
}

package lettering_test

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"lethe/widgets/lettering"
)

var texts = []string{
	"Asha Sharma", "+91 98200 51877", "AVATAR To Wa fi ffl", "Żółć, Émile & Ñandú", "• – … “quoted” ₹ 1,200", "j", "  two  blanks ",
	"A rather long name that goes on and on until it has to be cut somewhere",
}

var styles = []fyne.TextStyle{{}, {Bold: true}}

func font(style fyne.TextStyle) *lettering.Font {
	return lettering.Of(theme.DefaultTheme().Font(style))
}

// A text is as wide and as high as Fyne measures it.
func TestMeasures(t *testing.T) {
	test.NewTempApp(t)
	for _, style := range styles {
		f := font(style)
		for _, size := range []float32{11, 12, 13, 20.5} {
			for _, s := range texts {
				want := fyne.MeasureText(s, size, style)
				height := f.Height(size)
				if got := f.Width(s, size); math.Abs(float64(got-want.Width)) > 1.0/32 || height != want.Height {
					t.Errorf("%q at %g is %g wide, %g high; for Fyne %v", s, size, got, height, want)
				}
			}
		}
	}
}

// A text is drawn where Fyne draws it, at every scale.
func TestDraw_LooksAsFynes(t *testing.T) {
	test.NewTempApp(t)
	ink := color.NRGBA{R: 20, G: 40, B: 60, A: 255}
	for _, style := range styles {
		for _, scale := range []float32{1, 1.25, 1.5, 2} {
			for _, s := range texts {
				const size = 13
				want := fynes(s, size, scale, style, ink)
				// A letter begins at a quarter of a pixel, so an edge may be an
				// eighth of one lighter or darker; the strokes of two fillers
				// differ by as much again. Half a pixel aside is far more.
				mean, most := difference(drawn(s, style, size, scale, 0, want.Bounds(), ink), want)
				if mean > 4 || most > 70 {
					t.Errorf("%q %v at %g differs by %.2f a pixel, at most %d", s, style, scale, mean, most)
				}
				if aside, _ := difference(drawn(s, style, size, scale, 0.5, want.Bounds(), ink), want); aside < 1.5*mean {
					t.Errorf("%q %v at %g differs by %.2f a pixel, half a pixel aside by %.2f", s, style, scale, mean, aside)
				}
			}
		}
	}
}

// drawn is a text as the package draws it, on white.
func drawn(s string, style fyne.TextStyle, size, scale, x float32, bounds image.Rectangle, ink color.Color) image.Image {
	onto := image.NewRGBA(bounds)
	draw.Draw(onto, bounds, image.White, image.Point{}, draw.Src)
	font(style).Draw(onto, bounds, s, size, scale, x, 0, ink)
	return onto
}

// fynes is what Fyne makes of a text, on white.
func fynes(s string, size, scale float32, style fyne.TextStyle, ink color.Color) image.Image {
	text := canvas.NewText(s, ink)
	text.TextSize, text.TextStyle = size, style
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetScale(scale)
	c.SetContent(container.NewStack(canvas.NewRectangle(color.White), text))
	c.Resize(text.MinSize())
	return c.Capture()
}

// difference is that of two pictures in 255ths: the mean of all pixels, and the
// largest one.
func difference(a, b image.Image) (mean float64, most int) {
	sum := 0
	box := a.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			p, _ := color.GrayModel.Convert(a.At(x, y)).(color.Gray)
			q, _ := color.GrayModel.Convert(b.At(x, y)).(color.Gray)
			d := int(p.Y) - int(q.Y)
			sum += max(d, -d)
			most = max(most, d, -d)
		}
	}
	return float64(sum) / float64(box.Dx()*box.Dy()), most
}

func TestKnows(t *testing.T) {
	test.NewTempApp(t)
	f := font(fyne.TextStyle{})
	for _, s := range append(texts, "") {
		if !f.Knows(s) {
			t.Errorf("%q is not known", s)
		}
	}
	for _, s := range []string{"नागपूर", "Ωμέγα", "Иван", "שלום", "😀", "e\u0301", "a\tb", "漢字", "a\u200db"} {
		if f.Knows(s) {
			t.Errorf("%q is known", s)
		}
	}
	none := lettering.Of(fyne.NewStaticResource("none", []byte("no font")))
	if none.Knows("a") || !none.Knows("") || none.Width("a", 13) != 0 || none.Height(13) != 0 {
		t.Error("something is known of what is no font")
	}
	none.Draw(image.NewRGBA(image.Rect(0, 0, 9, 9)), image.Rect(0, 0, 9, 9), "a", 13, 1, 0, 0, color.Black)
}

// Nothing is drawn outside of what was named, and what is half in is.
func TestDraw_Within(t *testing.T) {
	test.NewTempApp(t)
	f := font(fyne.TextStyle{})
	whole, part := image.NewRGBA(image.Rect(0, 0, 60, 20)), image.NewRGBA(image.Rect(0, 0, 60, 20))
	f.Draw(whole, whole.Rect, "Wwww", 13, 1, 2.5, 1, color.Black)
	within := image.Rect(7, 5, 30, 15)
	f.Draw(part, within, "Wwww", 13, 1, 2.5, 1, color.Black)
	inked := 0
	for y := range 20 {
		for x := range 60 {
			want := color.RGBA{}
			if (image.Point{x, y}).In(within) {
				want = whole.RGBAAt(x, y)
			}
			if got := part.RGBAAt(x, y); got != want {
				t.Fatalf("at %d, %d it is %v, want %v", x, y, got, want)
			}
			if want.A > 0 {
				inked++
			}
		}
	}
	if inked == 0 {
		t.Error("nothing was drawn")
	}
}

// What is kept of letters is bounded, and drawing goes on beyond it.
func TestDraw_ManySizes(t *testing.T) {
	test.NewTempApp(t)
	f := font(fyne.TextStyle{})
	for size := float32(10); size < 200; size += 0.5 {
		onto := image.NewRGBA(image.Rect(0, 0, 400, 300))
		f.Draw(onto, onto.Rect, "mW", size, 1, 0, 0, color.Black)
		inked := false
		for _, b := range onto.Pix {
			inked = inked || b != 0
		}
		if !inked {
			t.Fatalf("nothing was drawn at %g", size)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	f := font(fyne.TextStyle{})
	onto := image.NewRGBA(image.Rect(0, 0, 200, 36))
	for b.Loop() {
		f.Draw(onto, onto.Rect, "+91 98200 51877", 13, 1, 4, 8, color.Black)
	}
}

package grid

import (
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
)

// scaled makes the window's pixels another size.
func (r *rig) scaled(t *testing.T, scale float32) {
	t.Helper()
	c, ok := r.win.Canvas().(software.WindowlessCanvas)
	if !ok {
		t.Fatal("no scale")
	}
	c.SetScale(scale)
	r.Refresh()
}

// A picture has the pixels that it was made with, and each line between two rows
// is as strong as the next, at every scale and wherever the rows are scrolled to.
// Fyne's graphics driver rounds both edges: so does this.
func TestPictures_CoverWholePixels(t *testing.T) {
	round := func(v float32) int { return int(math.Round(float64(v))) }
	for _, scale := range []float32{0.8, 0.9, 1, 1.1, 1.25, 1.3, 1.333, 1.5, 1.7, 2} {
		r := newRig(t, 100, 420, HeaderHeight+12*RowHeight)
		r.scaled(t, scale)
		for _, step := range []float32{0, 1, 2, 7, 0.3, 0.61} {
			r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -step)})
			for _, s := range r.view.slots {
				for what, o := range map[string]*canvas.Raster{"picture": s.picture.raster, "line": s.line} {
					y := r.view.ground.clip.Position().Y + s.ground.Position().Y + o.Position().Y
					want := round(o.Size().Height * scale)
					if what == "line" && want != max(1, round(scale)) {
						t.Errorf("at %g a line has %d pixels", scale, want)
					}
					if got := round((y+o.Size().Height)*scale) - round(y*scale); got != want {
						t.Errorf("at %g the %s of row %d has %d pixels and covers %d", scale, what, s.row, want, got)
					}
				}
			}
		}
	}
}

// A window whose pixels are another size, as on another screen, has its pictures
// made anew.
func TestPictures_FollowTheScale(t *testing.T) {
	r := newRig(t, 3, 420, HeaderHeight+3*RowHeight)
	for _, scale := range []float32{2, 1} {
		r.scaled(t, scale)
		if p := r.view.slots[0].picture; p.scale != scale {
			t.Errorf("a picture of %g is shown at %g", p.scale, scale)
		}
	}
}

// A line is as strong as the next, wherever it stands, and there however large
// the window's pixels are.
func TestBrush_DrawsLinesAlike(t *testing.T) {
	for _, scale := range []float32{0.8, 1, 1.3, 1.5, 2} {
		for x := range 20 {
			onto := image.NewRGBA(image.Rect(0, 0, 60, 4))
			b := &brush{onto: onto, scale: scale}
			b.within = image.Rect(0, 0, b.pixel(float32(x+1)), 4) // it is the last of what is drawn
			b.box(box{x: float32(x), width: 1, height: 5, fill: color.Black}, 0)
			inked := 0
			for i := range 60 {
				if onto.RGBAAt(i, 1).A > 0 {
					inked++
				}
			}
			if want := max(1, int(math.Round(float64(scale)))); inked != want {
				t.Errorf("at %g a line at %d is %d pixels wide, want %d", scale, x, inked, want)
			}
		}
	}
}

// Where there is room for nothing but the checkboxes, no text is drawn beside.
func TestPicture_InTooLittleRoom(t *testing.T) {
	r := newRig(t, 3, 420, HeaderHeight+3*RowHeight)
	r.Grid.Resize(fyne.NewSize(30, 200))
	r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-8, 0)})
	s := r.view.slots[0]
	drawn := s.picture.draw(30, 24)
	for y := range 24 {
		for x := range 30 {
			if _, _, _, a := drawn.At(x, y).RGBA(); a != 0 {
				t.Fatalf("%v is drawn, at %d, %d", s.picture.texts(), x, y)
			}
		}
	}
}

// Fyne keeps for a while what it drew, and with it whose picture that was. Of
// rows that are not needed any more, nothing is in it.
func TestPictures_OfFormerRowsAreEmpty(t *testing.T) {
	for name, do := range map[string]func(*rig){
		"a lower window": func(r *rig) { r.Grid.Resize(fyne.NewSize(420, HeaderHeight+2*RowHeight)) },
		"other columns":  func(r *rig) { r.SetColumns(fiveColumns[:2]) },
		"no rows":        func(r *rig) { r.SetSource(nil) },
	} {
		r := newRig(t, 30, 420, HeaderHeight+9*RowHeight)
		r.sheet.cells = func(int64, string) Cell { return Cell{Text: "Asha नागपूर", Chips: []string{"VIP"}} }
		r.Refresh()
		former := append([]*slot(nil), r.view.slots...)
		do(r)
		gone := 0
		for _, s := range former {
			if r.view.slotOf(s.row) == s {
				continue
			}
			gone++
			if n := len(s.picture.texts()); n > 0 {
				t.Errorf("%s: %d texts stay in a picture", name, n)
			}
			for _, label := range append(s.pinned.labels, s.scrolled.labels...) {
				if label.Text != "" {
					t.Errorf("%s: %q stays", name, label.Text)
				}
			}
		}
		if gone < 7 {
			t.Errorf("%s: only %d rows are gone", name, gone)
		}
	}
}

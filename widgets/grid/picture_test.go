package grid

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"

	"lethe/widgets/lettering"
)

// What is in a picture looks as Fyne's own texts do in its place, at every scale
// and wherever the columns are scrolled to.
func TestPicture_LooksAsTextsDo(t *testing.T) {
	for _, scale := range []float32{1, 1.25, 1.5, 2} {
		for name, do := range map[string]func(*rig){
			"idle":              func(*rig) {},
			"scrolled":          func(r *rig) { r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-24, -5)}) },
			"ticked and sorted": func(r *rig) { r.SetSort("name", true); r.sheet.tick(1, 2, true); r.RefreshSelection() },
		} {
			r := newRig(t, 30, 420, HeaderHeight+5*RowHeight)
			r.scaled(t, scale)
			do(r)
			drawn := r.win.Canvas().Capture()
			texts := writeAll(r)
			if texts == 0 {
				t.Fatal("Fyne has nothing to write")
			}
			written := r.win.Canvas().Capture()
			mean := apart(drawn, written)
			if mean > 0.8 {
				t.Errorf("%s at %g differs by %.2f a block", name, scale, mean)
			}
			r.sheet.cells = func(int64, string) Cell { return Cell{} }
			r.Refresh()
			if empty := apart(drawn, r.win.Canvas().Capture()); empty < 3*mean {
				t.Errorf("%s at %g differs by %.2f a block, from empty rows by %.2f", name, scale, mean, empty)
			}
		}
	}
}

// writeAll leaves all texts to Fyne, and answers how many.
func writeAll(r *rig) int {
	none := lettering.Of(fyne.NewStaticResource("none", nil))
	v := r.view
	v.text.font, v.small.font, v.bold.font = none, none, none
	for _, s := range v.slots {
		s.unfill()
	}
	v.sync()
	n := v.header.still.used + v.header.moving.used
	for _, s := range v.slots {
		n += s.pinned.used + s.scrolled.used
	}
	return n
}

// apart is by how much two pictures differ, in 255ths, as a mean of blocks of
// some pixels: a text may be rounded to the pixel beside.
func apart(a, b image.Image) float64 {
	const side = 5
	box := a.Bounds()
	if b.Bounds() != box {
		return 255
	}
	var sum float64
	blocks := 0
	for y := box.Min.Y; y+side <= box.Max.Y; y += side {
		for x := box.Min.X; x+side <= box.Max.X; x += side {
			sum += math.Abs(shade(a, x, y, side) - shade(b, x, y, side))
			blocks++
		}
	}
	return sum / float64(blocks)
}

// shade is the mean of a block.
func shade(m image.Image, x, y, side int) float64 {
	sum := 0
	for dy := range side {
		for dx := range side {
			p, _ := color.GrayModel.Convert(m.At(x+dx, y+dy)).(color.Gray)
			sum += int(p.Y)
		}
	}
	return float64(sum) / float64(side*side)
}

// A picture is drawn again when something in it changed, and only then: each
// time, Fyne makes another texture.
func TestPicture_IsDrawnWhenItChanged(t *testing.T) {
	r := newRig(t, 100, 420, HeaderHeight+5*RowHeight)
	r.sheet.cells = func(key int64, column string) Cell {
		switch {
		case column == "tags" && key == 50: // the picture has the frame only
			return Cell{Chips: []string{"नागपूर"}}
		case key >= 50:
			return Cell{}
		}
		return Cell{Text: fmt.Sprintf("%s %d", column, key)}
	}
	r.Refresh()
	drawn := 0
	for _, s := range r.view.slots {
		s.picture.redraw = func() { drawn++ }
	}
	for _, c := range []struct {
		name string
		do   func()
		want int
	}{
		{"a row on", func() { r.ScrollTo(1) }, 1},
		{"two rows on", func() { r.ScrollTo(3) }, 2},
		{"reading the same again", r.Refresh, 0},
		{"ticking a row", func() { r.sheet.tick(4, 4, true); r.RefreshSelection() }, 0},
		{"some pixels on", func() { r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -3)}) }, 0},
		{"some pixels aside", func() { r.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(-3, 0)}) }, 6},
		{"rows of which one has something", func() { r.ScrollTo(50) }, 6},
		{"no rows", func() { r.SetSource(nil) }, 1},
		{"rows that have nothing", func() { r.SetSource(r.sheet); r.ScrollTo(60) }, 12},
	} {
		drawn = 0
		if c.do(); drawn != c.want {
			t.Errorf("%s: %d pictures are drawn, want %d", c.name, drawn, c.want)
		}
	}
}

// Letters that the font lacks are Fyne's to draw; they stand where they would
// in the picture, and go when the row does.
func TestPicture_LeavesOtherScriptsToFyne(t *testing.T) {
	r := newRig(t, 3, 520, HeaderHeight+3*RowHeight)
	r.sheet.cells = func(key int64, column string) Cell {
		switch column {
		case "tags":
			return Cell{Chips: []string{"VIP", "ग्राहक"}}
		case "name":
			return Cell{Text: "नागपूर"}
		}
		return Cell{Text: "x"}
	}
	r.Refresh()
	for row := range 3 {
		s := r.view.slotOf(row)
		if len(s.picture.texts()) != 3 || s.pinned.used != 1 || s.scrolled.used != 1 {
			t.Fatalf("row %d has %v in its picture, and %d and %d labels", row, s.picture.texts(), s.pinned.used, s.scrolled.used)
		}
		name, tag := s.pinned.labels[0], s.scrolled.labels[0]
		if name.Text != "नागपूर" || name.Position().X != r.columnLeft(0)+padding || !name.Visible() {
			t.Errorf("%q is at %v", name.Text, name.Position())
		}
		chips := s.cells[2].marks()
		frame := chips.boxes[1]
		at := tag.Position().SubtractXY(frame.x, frame.top)
		if tag.Text != "ग्राहक" || at.X != chipInset || at.Y != chipPad || tag.MinSize().Width > frame.width {
			t.Errorf("%q is at %v in its frame", tag.Text, at)
		}
	}
	r.sheet.cells = nil
	r.Refresh()
	if s := r.view.slotOf(0); s.pinned.used != 0 || s.pinned.labels[0].Visible() || s.pinned.labels[0].Text != "" {
		t.Error("a label stayed")
	}
}

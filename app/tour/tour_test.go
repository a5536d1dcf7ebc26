package main

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"

	"lethe/app/probe"
)

func shown(objects ...probe.Object) *snapshot {
	return &snapshot{probe.Snapshot{Objects: objects}}
}

func TestWhatIsUnderALabel(t *testing.T) {
	s := shown(
		probe.Object{Kind: "Text", Text: "Name", X: 106, Y: 10, W: 40, H: 16},
		probe.Object{Kind: "Entry", Text: "left", X: 100, Y: 60, W: 200, H: 30},
		probe.Object{Kind: "Entry", Text: "first", X: 100, Y: 30, W: 200, H: 30},
		probe.Object{Kind: "Entry", Text: "beside", X: 400, Y: 12, W: 200, H: 30},
		probe.Object{Kind: "Text", Text: "City", X: 406, Y: 0, W: 40, H: 10},
	)
	for label, want := range map[string]string{"Name": "first", "City": "beside"} {
		if o := field(label).in(s); o == nil || o.Text != want {
			t.Errorf("under %s stands %+v", label, o)
		}
	}
	if o := field("Phone").in(s); o != nil {
		t.Errorf("under nothing stands %+v", o)
	}
}

func TestOnlyTheTopLayerCounts(t *testing.T) {
	s := shown(
		probe.Object{Kind: "Button", Text: "Delete", Acts: true, W: 10, H: 10},
		probe.Object{Kind: "Button", Text: "Cancel", Acts: true, Disabled: true, W: 10, H: 10, Layer: 1},
	)
	s.Top = 1
	if button("Delete").in(s) != nil || s.says("Delete") {
		t.Error("what lies under a dialog is found")
	}
	if button("Cancel").in(s) == nil || button("Cancel").usable().in(s) != nil {
		t.Error("a disabled button is taken for a usable one, or not found at all")
	}
}

func TestTargetsOfARow(t *testing.T) {
	s := shown(
		probe.Object{Kind: "row", Row: 0, Text: "Asha | +91 98200 00001", Acts: true, W: 90, H: 36},
		probe.Object{Kind: "check", Row: 0, Acts: true, W: 18, H: 18},
		probe.Object{Kind: "row", Row: 1, Text: "Ravi | +91 98200 00002", Acts: true, Y: 36, W: 90, H: 36},
		probe.Object{Kind: "check", Row: 1, Acts: true, Y: 40, W: 18, H: 18},
	)
	if o := inRow("check", "Ravi", "00002").in(s); o == nil || o.Y != 40 {
		t.Errorf("found %+v", o)
	}
	if o := inRow("check", "Ravi", "00001").in(s); o != nil {
		t.Errorf("found %+v for nobody", o)
	}
}

func TestContrast(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 4, 4))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	if c := contrast(img, img.Bounds()); c != 1 {
		t.Errorf("white on white has %f", c)
	}
	img.Set(1, 1, color.Black)
	if c := contrast(img, img.Bounds()); math.Abs(c-21) > 0.01 {
		t.Errorf("black on white has %f", c)
	}
	draw.Draw(img, img.Bounds(), image.NewUniform(color.RGBA{20, 27, 30, 255}), image.Point{}, draw.Src)
	img.Set(1, 1, color.RGBA{29, 38, 42, 255})
	if c := contrast(img, img.Bounds()); c >= least {
		t.Errorf("dark on dark has %f", c)
	}
}

func TestCoveredByWhatIsDrawnLater(t *testing.T) {
	text := probe.Object{Kind: "Text", X: 10, Y: 10, W: 30, H: 10}
	panel := probe.Object{Kind: "Panel", W: 200, H: 200}
	if !shown(text, panel).covered(0) || shown(panel, text).covered(1) {
		t.Error("what is drawn later covers, what is drawn before doesn't")
	}
}

func TestReadPPM(t *testing.T) {
	img, err := readPPM(strings.NewReader("P6\n2 1\n255\n\x01\x02\x03\xff\x00\x80"))
	if err != nil || img.RGBAAt(0, 0) != (color.RGBA{1, 2, 3, 255}) || img.RGBAAt(1, 0) != (color.RGBA{255, 0, 128, 255}) {
		t.Errorf("read %v, %v", img, err)
	}
	for _, bad := range []string{"", "P5\n1 1\n255\nx", "P6\n1 1\n65535\nxxxxxx", "P6\n2 2\n255\nxx"} {
		if _, err := readPPM(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestStepsStopAtTheFirstFailure(t *testing.T) {
	first := errors.New("first")
	tour := &tour{ctx: context.Background(), act: "testing"}
	tour.fail(nil)
	if tour.err != nil {
		t.Fatal("no error is a failure")
	}
	tour.fail(first)
	tour.failf("second")
	tour.click(button("Delete"))
	tour.expect(3)
	if !errors.Is(tour.err, first) || strings.Contains(tour.err.Error(), "second") {
		t.Errorf("failed with %v", tour.err)
	}
}

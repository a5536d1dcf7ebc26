package assets

import (
	"bytes"
	"fmt"
	"image/png"
	"os"
	"strings"
	"testing"
)

func TestIconIsAPictureThatInstallersTake(t *testing.T) {
	picture, err := png.Decode(bytes.NewReader(Icon().Content()))
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 512 || size.Y != 512 {
		t.Errorf("icon is %v, want 512 by 512", size)
	}
	if _, _, _, alpha := picture.At(0, 0).RGBA(); alpha != 0 {
		t.Error("the corner of the icon is not transparent")
	}
	if _, _, _, alpha := picture.At(256, 256).RGBA(); alpha != 0xffff {
		t.Error("the middle of the icon is not opaque")
	}
}

// The desktops' sizes, of which the two smallest are drawn from lethe-small.svg.
func TestEachSizeOfTheIconIsItsOwn(t *testing.T) {
	for _, side := range []int{16, 24, 32, 48, 64, 128, 256} {
		raw, err := os.ReadFile(fmt.Sprintf("icons/hicolor/%d.png", side))
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		if size := picture.Bounds().Size(); size.X != side || size.Y != side {
			t.Errorf("%d.png is %v", side, size)
		}
		// The river stays lighter than the night behind it, also where it is drawn
		// in a few pixels.
		bright := 0
		for y := range side {
			for x := range side {
				if r, g, b, a := picture.At(x, y).RGBA(); a == 0xffff && min(r, g, b) > 0xc000 {
					bright++
				}
			}
		}
		if share := float64(bright) / float64(side*side); share < 0.024 {
			t.Errorf("%d.png: the river takes %.3f of it", side, share)
		}
	}
}

// Fyne tells an SVG by its name.
func TestMarkIsAnSVG(t *testing.T) {
	mark := Mark()
	if !strings.HasSuffix(mark.Name(), ".svg") || !bytes.Contains(mark.Content(), []byte("<svg")) {
		t.Errorf("%s is no SVG", mark.Name())
	}
}

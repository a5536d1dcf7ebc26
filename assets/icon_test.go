package assets

import (
	"bytes"
	"image/png"
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

// Fyne tells an SVG by its name.
func TestMarkIsAnSVG(t *testing.T) {
	mark := Mark()
	if !strings.HasSuffix(mark.Name(), ".svg") || !bytes.Contains(mark.Content(), []byte("<svg")) {
		t.Errorf("%s is no SVG", mark.Name())
	}
}

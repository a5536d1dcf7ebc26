package lettering_test

import (
	"bytes"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"lethe/widgets/lettering"
)

// A font of pictures, as those of emoji are, has letters without an outline.
// They are Fyne's to draw: here they would be blank.
func TestKnows_OnlyOutlines(t *testing.T) {
	test.NewTempApp(t)
	file := theme.DefaultTheme().Font(fyne.TextStyle{}).Content()
	for _, table := range []string{"glyf", "loca"} { // of outlines
		file = bytes.Replace(file, []byte(table), []byte("none"), 1)
	}
	f := lettering.Of(fyne.NewStaticResource("blank", file))
	if f.Height(13) == 0 {
		t.Fatal("this is no font")
	}
	if f.Knows("a") || f.Knows("1") {
		t.Error("a letter without an outline is known")
	}
}

package form_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lethe/app/form"
)

func TestAtMost(t *testing.T) {
	test.NewTempApp(t)
	inner := canvas.NewRectangle(nil)
	inner.SetMinSize(fyne.NewSize(200, 50))
	o := form.AtMost(600, inner)
	if o.MinSize() != fyne.NewSize(200, 50) {
		t.Errorf("it needs %v", o.MinSize())
	}
	for wide, want := range map[float32]float32{400: 400, 600: 600, 3000: 600} {
		o.Resize(fyne.NewSize(wide, 300))
		if inner.Size() != fyne.NewSize(want, 300) || inner.Position().X != 0 {
			t.Errorf("in %v it is %v at %v", wide, inner.Size(), inner.Position())
		}
	}
}

package app_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"lethe/app"
	"lethe/data/store/storetest"
)

// The primer stands in the first screen, and in none that comes after it.
func TestPrimer_InTheFirstScreenOnly(t *testing.T) {
	mark := canvas.NewRectangle(color.NRGBA{})
	p := run(t, app.Options{Dir: list(t), Primer: mark})
	shown := func() bool {
		for _, o := range p.window.Content().(*fyne.Container).Objects {
			if o == mark {
				return true
			}
		}
		return false
	}
	if !shown() {
		t.Error("it isn't in the first screen")
	}
	p.answer(storetest.Password)
	p.says(t, "the list")
	if shown() {
		t.Error("it is in the second too")
	}
}

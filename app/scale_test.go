package app_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/app"
	"lethe/data/store/storetest"
)

// TestAnotherScaleKeepsTheWindowOnTheScreen opens a window that was left at one
// scale at another: what counts is its size in pixels.
func TestAnotherScaleKeepsTheWindowOnTheScreen(t *testing.T) {
	for _, c := range []struct {
		left      string
		at, scale int
		want      fyne.Size
	}{
		{"", 0, 0, fyne.NewSize(1280, 800)},
		{"", 0, 200, fyne.NewSize(640, 400)},
		{"1000x700", 0, 0, fyne.NewSize(1000, 700)},
		{"1000x700", 100, 200, fyne.NewSize(500, 350)},
		{"500x350", 200, 100, fyne.NewSize(1000, 700)},
		{"500x350", 200, 200, fyne.NewSize(500, 350)},
	} {
		f := test.NewTempApp(t)
		f.Preferences().SetString("window.size", c.left)
		f.Preferences().SetInt("window.scale", c.at)
		p := runIn(t, f, app.Options{Dir: list(t), Scale: c.scale})
		if got := p.window.Canvas().Size(); got != c.want {
			t.Errorf("left %q at %d, opened at %d: %v, want %v", c.left, c.at, c.scale, got, c.want)
		}
	}
}

// TestASmallWindowScrolls holds that nothing makes the window larger than half
// of 800 by 600, which is what is left at 200 %.
func TestASmallWindowScrolls(t *testing.T) {
	p := run(t, app.Options{Dir: list(t)})
	if need := p.window.Content().MinSize(); need.Width > 400 || need.Height > 300 {
		t.Errorf("signing in: the window can't get smaller than %v", need)
	}
	p.answer(storetest.Password)
	p.window.Resize(fyne.NewSize(400, 300))
	if need := p.window.Content().MinSize(); need.Width > 400 || need.Height > 300 {
		t.Errorf("the window can't get smaller than %v", need)
	}
}

package progress_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/progress"
)

func TestFraction(t *testing.T) {
	test.NewTempApp(t)
	b := progress.New("", nil)
	for _, c := range []struct {
		done, total int
		share       float64
		known       bool
	}{
		{0, 1, 0, true}, {640, 1280, 0.5, true}, {5, 4, 1, true}, {-1, 4, 0, true}, {3, 0, 0, false}, {3, -1, 0, false},
	} {
		b.Set(c.done, c.total, "")
		if share, known := b.Fraction(); share != c.share || known != c.known {
			t.Errorf("%d of %d = %v, %v", c.done, c.total, share, known)
		}
	}
	if b.Button() != nil {
		t.Error("a button that nobody asked for")
	}
}

func TestStop(t *testing.T) {
	test.NewTempApp(t)
	stopped := 0
	b := progress.New("Stop", func() { stopped++ })
	test.NewTempWindow(t, b)
	test.Tap(b.Button())
	b.SetStoppable(false)
	test.Tap(b.Button())
	b.SetStoppable(true)
	b.Button().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if stopped != 2 {
		t.Errorf("stopped %d times, want 2", stopped)
	}
}

func TestSweepEndsWhenHidden(t *testing.T) {
	test.NewTempApp(t)
	b := progress.New("", nil)
	w := test.NewTempWindow(t, b)
	w.Resize(fyne.NewSize(300, 60))
	b.Set(0, 0, "Cleaning up the files…")
	b.Hide()
	b.Set(1, 2, "")
	b.Show()
	if share, known := b.Fraction(); share != 0.5 || !known {
		t.Errorf("%v %v", share, known)
	}
}

func TestLooks(t *testing.T) {
	test.NewTempApp(t)
	b := progress.New("Stop", nil)
	b.Set(1, 4, "1 of 4")
	b.Resize(fyne.NewSize(300, 50))
	test.AssertObjectRendersToMarkup(t, "part.xml", b)
	b.Set(4, 4, "4 of 4")
	b.SetStoppable(false)
	test.AssertObjectRendersToMarkup(t, "whole.xml", b)
	b.Set(0, 4, "")
	test.AssertObjectRendersToMarkup(t, "nothing.xml", b)
	line := progress.NewInline()
	line.Set(1, 2, "Importing 1 of 2")
	line.Resize(fyne.NewSize(300, 28))
	test.AssertObjectRendersToMarkup(t, "inline.xml", line)
}

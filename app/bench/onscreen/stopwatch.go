package onscreen

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// stopwatch is an object without size that knows when the window makes a frame:
// the driver asks every object of it for its smallest size first, then draws
// all and swaps the buffers, and only then takes up what is queued.
type stopwatch struct {
	widget.BaseWidget
	canvas fyne.Canvas
	then   func(frame time.Duration) // what waits for the next frame, or nil
}

func newStopwatch(c fyne.Canvas) *stopwatch {
	s := &stopwatch{canvas: c}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer is called by Fyne.
func (s *stopwatch) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewWithoutLayout())
}

// MinSize is called by Fyne at the beginning of a frame, and at other times.
func (s *stopwatch) MinSize() fyne.Size {
	if then := s.then; then != nil {
		s.then = nil
		begun := time.Now()
		go fyne.Do(func() { then(time.Since(begun)) })
	}
	return fyne.Size{}
}

// next calls then once the next frame is on screen, with how long that took
// from its beginning. What changed the window comes before this call.
func (s *stopwatch) next(then func(frame time.Duration)) {
	s.then = then
	s.canvas.Refresh(s)
}

// show puts an object into the window, with a stopwatch before it.
func (m *meter) show(o fyne.CanvasObject) {
	m.watch = newStopwatch(m.window.Canvas())
	if o == nil {
		m.window.SetContent(container.NewStack(m.watch))
		return
	}
	m.window.SetContent(container.NewStack(m.watch, o))
}

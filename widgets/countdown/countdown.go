// Package countdown counts the seconds down before something starts, with a button
// that stops it.
package countdown

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

// Ticks starts something that ticks once a second, and returns its channel and what
// stops it.
type Ticks func() (ticks <-chan time.Time, stop func())

// EverySecond ticks by the machine's clock.
func EverySecond() (<-chan time.Time, func()) {
	t := time.NewTicker(time.Second)
	return t.C, t.Stop
}

// View is a line as "Deleting 1,714 customers in 5 seconds. [Stop]".
// All its methods and callbacks belong to the UI goroutine.
type View struct {
	widget.BaseWidget

	// OnDone is called once when the count reaches zero.
	OnDone func()
	// OnStopped is called when the person pressed Stop in time, not by Stop().
	OnStopped func()

	text   func(left int) string
	ticks  Ticks
	button *keys.Button
	left   int
	run    *run // nil while nothing counts
}

// run is one count: quit ends its goroutine, gone is closed when that has ended.
type run struct{ quit, gone chan struct{} }

// New makes a view that doesn't count yet. The text is asked for anew at each second.
func New(ticks Ticks, stop string, text func(left int) string) *View {
	v := &View{ticks: ticks, text: text}
	v.button = keys.NewButton(stop, v.pressed)
	v.ExtendBaseWidget(v)
	return v
}

// Button is the Stop button, to be focused.
func (v *View) Button() *keys.Button { return v.button }

// Left is the seconds left.
func (v *View) Left() int { return v.left }

// Running reports whether it counts.
func (v *View) Running() bool { return v.run != nil }

// Start counts from that many seconds. A count that runs is stopped first.
func (v *View) Start(seconds int) {
	v.Stop()
	v.left = seconds
	v.button.Enable()
	v.Refresh()
	if seconds <= 0 {
		v.finish()
		return
	}
	r := &run{quit: make(chan struct{}), gone: make(chan struct{})}
	v.run = r
	ticks, stop := v.ticks()
	go func() {
		defer close(r.gone)
		defer stop()
		for range seconds {
			select {
			case <-r.quit:
				return
			case <-ticks:
				fyne.Do(func() { v.step(r) })
			}
		}
	}()
}

// Stop ends the count without a callback, and returns when its goroutine has ended.
// After it, OnDone won't be called. It may be called at any time, and twice.
func (v *View) Stop() {
	r := v.run
	if r == nil {
		return
	}
	v.run = nil
	close(r.quit)
	<-r.gone
}

// step takes one second away, unless the run it came from is over.
func (v *View) step(r *run) {
	if v.run != r {
		return
	}
	v.left--
	v.Refresh()
	if v.left == 0 {
		v.run = nil // its goroutine ends by itself with this step
		v.finish()
	}
}

func (v *View) finish() {
	v.button.Disable()
	if v.OnDone != nil {
		v.OnDone()
	}
}

func (v *View) pressed() {
	if v.run == nil {
		return
	}
	v.Stop()
	v.button.Disable()
	if v.OnStopped != nil {
		v.OnStopped()
	}
}

// CreateRenderer implements fyne.Widget.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	text := &paint.Text{}
	back := canvas.NewRectangle(nil)
	back.CornerRadius = 6
	return paint.New(paint.Renderer{
		Widget: v,
		Parts:  []fyne.CanvasObject{back, &text.Text, v.button},
		Min: func() fyne.Size {
			button := v.button.MinSize()
			return fyne.NewSize(button.Width+200, button.Height+12)
		},
		Update: func() {
			back.FillColor = paint.Tint(theme.ColorNameWarning, v, 0.2)
			text.Full = v.text(v.left)
			text.TextStyle.Bold = true
			text.Style(v, theme.ColorNameForeground, theme.SizeNameText)
		},
		Arrange: func(size fyne.Size) {
			button := v.button.MinSize()
			back.Resize(size)
			v.button.Resize(button)
			v.button.Move(fyne.NewPos(size.Width-button.Width-6, (size.Height-button.Height)/2))
			text.Place(12, 0, size.Width-button.Width-12-6-12, size.Height)
		},
	})
}

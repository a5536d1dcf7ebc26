// Package checkmark draws a checkbox of three states, and a row made of one:
// tick, label, count. Neither fires a callback when it is set by the program.
package checkmark

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/paint"
)

// State is what a box shows.
type State int

// The three states. Partial is for a box that stands for many.
const (
	Off State = iota
	On
	Partial
)

// BoxSize is the side of a box, in Fyne's pixels.
const BoxSize float32 = 18

// Of is On or Off.
func Of(on bool) State {
	if on {
		return On
	}
	return Off
}

// Box is the drawn checkbox alone: it takes neither taps nor the focus, so that a
// row or a grid that holds many of them keeps its own.
type Box struct {
	widget.BaseWidget

	state    State
	disabled bool
}

// NewBox makes a box.
func NewBox(state State) *Box {
	b := &Box{state: state}
	b.ExtendBaseWidget(b)
	return b
}

// State is what the box shows.
func (b *Box) State() State { return b.state }

// SetState shows another state; where it is the same nothing is drawn anew.
func (b *Box) SetState(state State) {
	if b.state != state {
		b.state = state
		b.Refresh()
	}
}

// SetDisabled greys the box, or not.
func (b *Box) SetDisabled(disabled bool) {
	if b.disabled != disabled {
		b.disabled = disabled
		b.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	frame := canvas.NewRectangle(nil)
	frame.CornerRadius, frame.StrokeWidth = 4, 1.5
	tick := &canvas.ArbitraryPolygon{NormalizedPoints: true, Points: tickPoints()}
	dash := canvas.NewRectangle(nil)
	dash.CornerRadius = 1
	return paint.New(paint.Renderer{
		Widget: b,
		Parts:  []fyne.CanvasObject{frame, tick, dash},
		Min:    func() fyne.Size { return fyne.NewSquareSize(BoxSize) },
		Update: func() {
			edge, fill := theme.ColorNamePlaceHolder, theme.ColorNameInputBackground
			if b.state != Off {
				edge, fill = theme.ColorNamePrimary, theme.ColorNamePrimary
			}
			if b.disabled {
				edge = theme.ColorNameDisabled
				if b.state != Off {
					fill = theme.ColorNameDisabled
				}
			}
			frame.StrokeColor = theme.ColorForWidget(edge, b)
			frame.FillColor = theme.ColorForWidget(fill, b)
			mark := theme.ColorForWidget(theme.ColorNameForegroundOnPrimary, b)
			tick.FillColor, dash.FillColor = mark, mark
			tick.Hidden, dash.Hidden = b.state != On, b.state != Partial
		},
		Arrange: func(size fyne.Size) {
			at := fyne.NewPos((size.Width-BoxSize)/2, (size.Height-BoxSize)/2)
			frame.Move(at)
			frame.Resize(fyne.NewSquareSize(BoxSize))
			tick.Move(at)
			tick.Resize(fyne.NewSquareSize(BoxSize))
			dash.Move(at.AddXY(4, BoxSize/2-1))
			dash.Resize(fyne.NewSize(BoxSize-8, 2))
		},
	})
}

// tickPoints is the outline of a tick in a square of 1 by 1, clockwise.
func tickPoints() []fyne.Position {
	return []fyne.Position{
		{X: 0.20, Y: 0.52},
		{X: 0.29, Y: 0.43},
		{X: 0.43, Y: 0.57},
		{X: 0.72, Y: 0.27},
		{X: 0.81, Y: 0.36},
		{X: 0.43, Y: 0.75},
	}
}

package checkmark

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

// RowHeight is the height of a Tick.
const RowHeight float32 = 28

// NoCount is the count of a Tick that shows none.
const NoCount = -1

var (
	_ fyne.Tappable     = (*Tick)(nil)
	_ fyne.Focusable    = (*Tick)(nil)
	_ fyne.Accessible   = (*Tick)(nil)
	_ desktop.Hoverable = (*Tick)(nil)
)

// Tick is a value row: box, label, count at the right, grey where the count is
// zero. The whole row can be clicked; Space toggles it. A label too long is cut.
type Tick struct {
	widget.DisableableWidget
	keys.Drawn

	// OnChanged is called when the person toggles the row, never by a setter.
	OnChanged func(on bool)
	// Format writes the count; nil writes plain digits.
	Format func(count int) string

	label string
	count int
	state State
}

// NewTick makes a row that is off and shows no count.
func NewTick(label string, onChanged func(on bool)) *Tick {
	t := &Tick{label: label, count: NoCount, OnChanged: onChanged}
	t.ExtendBaseWidget(t)
	t.Draws(t)
	return t
}

// Label is the row's text.
func (t *Tick) Label() string { return t.label }

// Count is the row's count, or NoCount.
func (t *Tick) Count() int { return t.count }

// State is what the box shows.
func (t *Tick) State() State { return t.state }

// On reports whether the row is ticked.
func (t *Tick) On() bool { return t.state == On }

// SetOn ticks the row or not, without a callback.
func (t *Tick) SetOn(on bool) { t.Set(t.label, t.count, Of(on)) }

// SetState shows a state, without a callback.
func (t *Tick) SetState(state State) { t.Set(t.label, t.count, state) }

// Set changes all at once, without a callback; where nothing differs nothing is drawn anew.
func (t *Tick) Set(label string, count int, state State) {
	if t.label == label && t.count == count && t.state == state {
		return
	}
	t.label, t.count, t.state = label, count, state
	t.Refresh()
}

// Toggle does what a click does: Off and Partial become On, On becomes Off.
func (t *Tick) Toggle() {
	if t.Disabled() {
		return
	}
	t.SetOn(t.state != On)
	if t.OnChanged != nil {
		t.OnChanged(t.state == On)
	}
}

// Tapped implements fyne.Tappable.
func (t *Tick) Tapped(*fyne.PointEvent) {
	if t.Disabled() {
		return
	}
	t.TakeFocus()
	t.Toggle()
}

// TypedKey implements fyne.Focusable.
func (t *Tick) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeySpace {
		t.Toggle()
		return
	}
	keys.Bubble(t, ev)
}

// AccessibilityLabel implements fyne.Accessible.
func (t *Tick) AccessibilityLabel() string {
	if t.count == NoCount {
		return t.label
	}
	return t.label + ", " + t.countText()
}

// AccessibilityRole implements fyne.Accessible.
func (t *Tick) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

func (t *Tick) countText() string {
	switch {
	case t.count == NoCount:
		return ""
	case t.Format != nil:
		return t.Format(t.count)
	}
	return strconv.Itoa(t.count)
}

// CreateRenderer implements fyne.Widget.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(nil)
	back.CornerRadius = 4
	box := NewBox(t.state)
	label, count := &paint.Text{}, &paint.Text{}
	return paint.New(paint.Renderer{
		Widget: t,
		Parts:  []fyne.CanvasObject{back, box, &label.Text, &count.Text},
		Min:    func() fyne.Size { return fyne.NewSize(96, RowHeight) },
		Update: func() {
			back.FillColor = color.Transparent
			if t.Hovered && !t.Disabled() {
				back.FillColor = theme.ColorForWidget(theme.ColorNameHover, t)
			}
			back.StrokeWidth = 0
			if t.Focused {
				back.StrokeColor = theme.ColorForWidget(theme.ColorNamePrimary, t)
				back.StrokeWidth = 2
			}
			box.SetDisabled(t.Disabled())
			box.SetState(t.state)
			colour := theme.ColorNameForeground
			switch {
			case t.Disabled():
				colour = theme.ColorNameDisabled
			case t.count == 0 && t.state == Off:
				colour = theme.ColorNamePlaceHolder
			}
			label.Full, count.Full = t.label, t.countText()
			label.Style(t, colour, theme.SizeNameText)
			if colour == theme.ColorNameForeground {
				colour = theme.ColorNamePlaceHolder
			}
			count.Style(t, colour, theme.SizeNameText)
			count.Alignment = fyne.TextAlignTrailing
		},
		Arrange: func(size fyne.Size) {
			back.Resize(size)
			box.Move(fyne.NewPos(6, (size.Height-BoxSize)/2))
			box.Resize(fyne.NewSquareSize(BoxSize))
			const left = 6 + BoxSize + 8
			room := size.Width - left - 8
			wide := min(count.Width(), room)
			count.Place(size.Width-8-wide, 0, wide, size.Height)
			if wide > 0 {
				room -= wide + 8
			}
			label.Place(left, 0, room, size.Height)
		},
	})
}

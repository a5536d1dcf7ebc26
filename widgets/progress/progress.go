// Package progress is a slim bar with a text and, where it can be stopped, a button.
package progress

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

const (
	thick float32 = 6
	gap   float32 = 10
)

// Bar shows how far something is. Its text stands above the bar, or, Inline, at its
// left. UI goroutine only; whoever reports progress does so at most ten times a second.
type Bar struct {
	widget.BaseWidget

	inline      bool
	text        string
	done, total int
	button      *keys.Button
	sweep       *fyne.Animation
	at          float32 // where the sweep is, 0 to 1
	slide       func()  // moves the drawn piece of the sweep, and nothing else
}

// New makes a bar that stands at nothing. Without a button text it can't be stopped.
func New(button string, onButton func()) *Bar {
	b := &Bar{total: 1}
	if button != "" {
		b.button = keys.NewButton(button, onButton)
	}
	b.ExtendBaseWidget(b)
	return b
}

// NewInline makes a bar of one line, for a status line.
func NewInline() *Bar {
	b := New("", nil)
	b.inline = true
	return b
}

// Set shows how much is done, and a text that says so. A total of 0 or less means that
// nobody knows: the bar sweeps.
func (b *Bar) Set(done, total int, text string) {
	b.done, b.total, b.text = done, total, text
	b.animate()
	b.Refresh()
}

// SetStoppable enables or disables the button.
func (b *Bar) SetStoppable(on bool) {
	if b.button == nil {
		return
	}
	if on {
		b.button.Enable()
	} else {
		b.button.Disable()
	}
}

// Button is the button, to be focused; nil where there is none.
func (b *Bar) Button() *keys.Button { return b.button }

// Text is what the bar says.
func (b *Bar) Text() string { return b.text }

// Fraction is how much is done, 0 to 1; known is false while the bar sweeps.
func (b *Bar) Fraction() (share float64, known bool) {
	if b.total <= 0 {
		return 0, false
	}
	return min(max(float64(b.done)/float64(b.total), 0), 1), true
}

// Show implements fyne.CanvasObject.
func (b *Bar) Show() { b.BaseWidget.Show(); b.animate() }

// Hide implements fyne.CanvasObject.
func (b *Bar) Hide() { b.BaseWidget.Hide(); b.animate() }

// animate runs the sweep while it is to be seen, and only then.
func (b *Bar) animate() {
	_, known := b.Fraction()
	if known || b.Hidden || !fyne.CurrentApp().Settings().ShowAnimations() {
		b.still()
		return
	}
	if b.sweep != nil {
		return
	}
	b.sweep = fyne.NewAnimation(period, func(float32) {
		at := beat.at(time.Now())
		if at == b.at {
			return
		}
		b.at = at
		if b.slide != nil {
			b.slide()
		}
	})
	b.sweep.RepeatCount = fyne.AnimationRepeatForever
	b.sweep.Curve = fyne.AnimationLinear
	b.sweep.Start()
}

func (b *Bar) still() {
	if b.sweep != nil {
		b.sweep.Stop()
		b.sweep = nil
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer {
	track, fill := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	track.CornerRadius, fill.CornerRadius = thick/2, thick/2
	text := &paint.Text{}
	parts := []fyne.CanvasObject{track, fill, &text.Text}
	if b.button != nil {
		parts = append(parts, b.button)
	}
	return paint.New(paint.Renderer{
		Widget: b,
		Parts:  parts,
		Gone:   b.still,
		Min: func() fyne.Size {
			line := fyne.MeasureText("M", theme.SizeForWidget(theme.SizeNameText, b), fyne.TextStyle{}).Height
			size := fyne.NewSize(160, line+6+thick)
			if b.inline {
				size = fyne.NewSize(240, line)
			}
			if b.button != nil {
				button := b.button.MinSize()
				size = fyne.NewSize(size.Width+gap+button.Width, max(size.Height, button.Height))
			}
			return size
		},
		Update: func() {
			track.FillColor = paint.Tint(theme.ColorNamePlaceHolder, b, 0.35)
			fill.FillColor = theme.ColorForWidget(theme.ColorNamePrimary, b)
			text.Full = b.text
			size := theme.SizeNameText
			if b.inline {
				size = theme.SizeNameCaptionText
			}
			text.Style(b, theme.ColorNameForeground, size)
		},
		Arrange: func(size fyne.Size) { b.arrange(size, text, track, fill) },
	})
}

func (b *Bar) arrange(size fyne.Size, text *paint.Text, track, fill *canvas.Rectangle) {
	wide := size.Width
	if b.button != nil {
		button := b.button.MinSize()
		b.button.Resize(button)
		b.button.Move(fyne.NewPos(wide-button.Width, (size.Height-button.Height)/2))
		wide -= button.Width + gap
	}
	x, y := float32(0), (size.Height-thick)/2
	if b.inline {
		room := min(text.Width(), max(wide-80, 0))
		text.Place(0, 0, room, size.Height)
		if room > 0 {
			x = room + gap
		}
		wide = min(wide-x, 160)
	} else {
		line := text.MinSize().Height
		top := (size.Height - line - 6 - thick) / 2
		text.Place(0, top, wide, line)
		y = top + line + 6
	}
	track.Move(fyne.NewPos(x, y))
	track.Resize(fyne.NewSize(max(wide, 0), thick))
	b.slide = func() { b.fill(track, fill) }
	b.slide()
}

// fill puts the filled piece on the track.
func (b *Bar) fill(track, fill *canvas.Rectangle) {
	wide := track.Size().Width
	share, known := b.Fraction()
	from, to := float32(0), float32(share)
	if !known { // a piece of a third, running through from end to end
		from, to = max(b.at*4/3-1.0/3, 0), min(b.at*4/3, 1)
	}
	fill.Hidden = to <= from
	fill.Move(track.Position().AddXY(from*wide, 0))
	fill.Resize(fyne.NewSize(max((to-from)*wide, 0), thick))
}

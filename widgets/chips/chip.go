// Package chips shows conditions as small pills that can be taken away, in one
// row that never makes its parent grow.
package chips

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

const (
	height   float32 = 28
	padding  float32 = 10
	cross    float32 = 16 // the side of the ✕
	maxWidth float32 = 280
)

var (
	_ fyne.Tappable     = (*chip)(nil)
	_ fyne.Focusable    = (*chip)(nil)
	_ fyne.Accessible   = (*chip)(nil)
	_ desktop.Hoverable = (*chip)(nil)
)

// chip is one pill. With removable it carries a ✕, and a click on that, or Delete,
// Backspace or Space in focus, calls act; otherwise a click anywhere does.
type chip struct {
	widget.BaseWidget
	keys.Drawn

	text      string
	removable bool
	act       func()
	escape    func() // what Escape does; nil passes it on
}

func newChip(text string, removable bool, act func()) *chip {
	c := &chip{text: text, removable: removable, act: act}
	c.ExtendBaseWidget(c)
	c.Draws(c)
	return c
}

// wish is the width the chip would like.
func (c *chip) wish() float32 {
	w := fyne.MeasureText(c.text, theme.SizeForWidget(theme.SizeNameText, c), fyne.TextStyle{}).Width + 2*padding
	if c.removable {
		w += cross + 2
	}
	return min(w, maxWidth)
}

// Tapped implements fyne.Tappable.
func (c *chip) Tapped(ev *fyne.PointEvent) {
	c.TakeFocus()
	if !c.removable || ev.Position.X >= c.Size().Width-padding-cross-4 {
		c.act()
	}
}

// TypedKey implements fyne.Focusable.
func (c *chip) TypedKey(ev *fyne.KeyEvent) {
	remove := c.removable && (ev.Name == fyne.KeyDelete || ev.Name == fyne.KeyBackspace)
	if remove || ev.Name == fyne.KeySpace {
		c.act()
		return
	}
	if c.escape != nil && ev.Name == fyne.KeyEscape {
		c.escape()
		return
	}
	keys.Bubble(c, ev)
}

// AccessibilityLabel implements fyne.Accessible.
func (c *chip) AccessibilityLabel() string { return c.text }

// AccessibilityRole implements fyne.Accessible.
func (c *chip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (c *chip) CreateRenderer() fyne.WidgetRenderer {
	back, over := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	back.CornerRadius, over.CornerRadius = height/2, height/2
	text := &paint.Text{}
	icon := canvas.NewImageFromResource(theme.CancelIcon())
	icon.FillMode = canvas.ImageFillContain
	icon.Hidden = !c.removable
	return paint.New(paint.Renderer{
		Widget: c,
		Parts:  []fyne.CanvasObject{back, over, &text.Text, icon},
		Min:    func() fyne.Size { return fyne.NewSize(height, height) },
		Update: func() {
			back.FillColor = paint.Tint(theme.ColorNamePrimary, c, 0.16)
			back.StrokeColor = paint.Tint(theme.ColorNamePrimary, c, 0.5)
			back.StrokeWidth = 1
			if c.Focused {
				back.StrokeColor, back.StrokeWidth = theme.ColorForWidget(theme.ColorNamePrimary, c), 2
			}
			over.FillColor = color.Transparent
			if c.Hovered {
				over.FillColor = theme.ColorForWidget(theme.ColorNameHover, c)
			}
			text.Full = c.text
			text.Style(c, theme.ColorNameForeground, theme.SizeNameText)
		},
		Arrange: func(size fyne.Size) {
			back.Resize(size)
			over.Resize(size)
			room := size.Width - 2*padding
			if c.removable {
				room -= cross + 2
				icon.Move(fyne.NewPos(size.Width-padding-cross+2, (size.Height-cross)/2))
				icon.Resize(fyne.NewSquareSize(cross))
			}
			text.Place(padding, 0, room, size.Height)
		},
	})
}

package rail

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/initials"
	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

const (
	entryHeight float32 = 60
	gap         float32 = 8
	side        float32 = 24 // of an icon
)

var (
	_ fyne.Tappable      = (*entry)(nil)
	_ fyne.Focusable     = (*entry)(nil)
	_ fyne.Accessible    = (*entry)(nil)
	_ desktop.Hoverable  = (*entry)(nil)
	_ desktop.Cursorable = (*entry)(nil)
)

// entry is one item on the rail.
type entry struct {
	widget.BaseWidget
	keys.Drawn

	rail *Rail
	item Item
}

func newEntry(r *Rail, item Item) *entry {
	e := &entry{rail: r, item: item}
	e.ExtendBaseWidget(e)
	e.Draws(e)
	return e
}

func (e *entry) set(item Item) {
	if e.item != item {
		e.item = item
		e.Refresh()
	}
}

func (e *entry) place(y, width float32) float32 {
	e.Move(fyne.NewPos(0, y))
	e.Resize(fyne.NewSize(width, entryHeight))
	return y + entryHeight
}

// Tapped implements fyne.Tappable.
func (e *entry) Tapped(*fyne.PointEvent) {
	e.TakeFocus()
	e.rail.choose(e)
}

// Cursor implements desktop.Cursorable.
func (e *entry) Cursor() desktop.Cursor { return desktop.PointerCursor }

// TypedKey implements fyne.Focusable: Space and Enter choose, Up and Down move the focus.
func (e *entry) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeySpace, keys.IsEnter(ev):
		e.rail.choose(e)
	case ev.Name == fyne.KeyUp:
		e.rail.step(e, -1)
	case ev.Name == fyne.KeyDown:
		e.rail.step(e, 1)
	default:
		keys.Bubble(e, ev)
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (e *entry) AccessibilityLabel() string {
	if e.item.Note != "" {
		return e.item.Label + ", " + e.item.Note
	}
	return e.item.Label
}

// AccessibilityRole implements fyne.Accessible.
func (e *entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (e *entry) CreateRenderer() fyne.WidgetRenderer {
	const pill float32 = 16
	back, note := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	back.CornerRadius, note.CornerRadius = 8, pill/2
	icon := &canvas.Image{FillMode: canvas.ImageFillContain}
	disc := initials.New(e.item.Person, side+4)
	label, number := &paint.Text{}, &paint.Text{}
	return paint.New(paint.Renderer{
		Widget: e,
		Parts:  []fyne.CanvasObject{back, icon, disc, note, &number.Text, &label.Text},
		Min:    func() fyne.Size { return fyne.NewSize(Width, entryHeight) },
		Update: func() {
			chosen := e.rail.selected == e.item.Key && !e.item.Acts
			ink := theme.ColorNameForeground
			back.FillColor, back.StrokeWidth = color.Transparent, 0
			switch {
			case chosen:
				back.FillColor = paint.Tint(theme.ColorNamePrimary, e, 0.18)
				if e.rail.chosen != "" {
					back.FillColor = theme.ColorForWidget(e.rail.chosen, e)
				}
				ink = theme.ColorNamePrimary
			case e.Hovered:
				back.FillColor = theme.ColorForWidget(theme.ColorNameHover, e)
			}
			if e.Focused {
				back.StrokeColor, back.StrokeWidth = theme.ColorForWidget(theme.ColorNamePrimary, e), 2
			}
			icon.Hidden = e.item.Icon == nil || e.item.Person != ""
			if !icon.Hidden {
				icon.Resource = theme.NewColoredResource(e.item.Icon, ink)
				icon.Refresh()
			}
			disc.Hidden = e.item.Person == ""
			disc.SetName(e.item.Person)
			note.Hidden, number.Hidden = e.item.Note == "", e.item.Note == ""
			note.FillColor = theme.ColorForWidget(theme.ColorNamePrimary, e)
			number.Full, number.Alignment = e.item.Note, fyne.TextAlignCenter
			number.Style(e, theme.ColorNameForegroundOnPrimary, theme.SizeNameCaptionText)
			number.TextSize = 10
			label.Full, label.Alignment = e.item.Label, fyne.TextAlignCenter
			label.Style(e, ink, theme.SizeNameCaptionText)
			label.TextSize = 11
		},
		Arrange: func(size fyne.Size) {
			back.Move(fyne.NewPos(4, 2))
			back.Resize(fyne.NewSize(size.Width-9, size.Height-4))
			icon.Move(fyne.NewPos((size.Width-side)/2, 9))
			icon.Resize(fyne.NewSquareSize(side))
			disc.Move(fyne.NewPos((size.Width-side-4)/2, 7))
			disc.Resize(fyne.NewSquareSize(side + 4))
			wide := min(max(number.Width()+8, pill), 30)
			note.Move(fyne.NewPos(size.Width/2+4, 5))
			note.Resize(fyne.NewSize(wide, pill))
			number.Place(size.Width/2+4, 5, wide, pill)
			label.Place(3, side+12, size.Width-6, size.Height-side-14)
		},
	})
}

package filterpanel

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

var (
	_ fyne.Tappable     = (*heading)(nil)
	_ fyne.Focusable    = (*heading)(nil)
	_ fyne.Accessible   = (*heading)(nil)
	_ desktop.Hoverable = (*heading)(nil)
)

// heading is a section's first line: title, badge, and an arrow that says whether it is open.
type heading struct {
	widget.BaseWidget
	keys.Drawn

	title  string
	badge  int
	open   bool
	toggle func()
}

func newHeading(title string, toggle func()) *heading {
	h := &heading{title: title, toggle: toggle, open: true}
	h.ExtendBaseWidget(h)
	h.Draws(h)
	return h
}

func (h *heading) setBadge(n int) {
	if h.badge != n {
		h.badge = n
		h.Refresh()
	}
}

func (h *heading) setTitle(title string) {
	if h.title != title {
		h.title = title
		h.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (h *heading) Tapped(*fyne.PointEvent) {
	h.TakeFocus()
	h.toggle()
}

// TypedKey implements fyne.Focusable: Space and Enter fold, Left closes, Right opens.
func (h *heading) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeySpace, keys.IsEnter(ev),
		ev.Name == fyne.KeyLeft && h.open, ev.Name == fyne.KeyRight && !h.open:
		h.toggle()
	default:
		keys.Bubble(h, ev)
	}
}

// AccessibilityLabel implements fyne.Accessible.
func (h *heading) AccessibilityLabel() string { return h.title }

// AccessibilityRole implements fyne.Accessible.
func (h *heading) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer implements fyne.Widget.
func (h *heading) CreateRenderer() fyne.WidgetRenderer {
	const tall, pill, arrowSide = float32(36), float32(20), float32(18)
	back, badge := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	back.CornerRadius, badge.CornerRadius = 4, pill/2
	title, number := &paint.Text{}, &paint.Text{}
	arrow := canvas.NewImageFromResource(theme.MenuDropDownIcon())
	arrow.FillMode = canvas.ImageFillContain
	return paint.New(paint.Renderer{
		Widget: h,
		Parts:  []fyne.CanvasObject{back, &title.Text, badge, &number.Text, arrow},
		Min:    func() fyne.Size { return fyne.NewSize(96, tall) },
		Update: func() {
			back.FillColor, back.StrokeWidth = color.Transparent, 0
			if h.Hovered {
				back.FillColor = theme.ColorForWidget(theme.ColorNameHover, h)
			}
			if h.Focused {
				back.StrokeColor, back.StrokeWidth = theme.ColorForWidget(theme.ColorNamePrimary, h), 2
			}
			title.Full, title.TextStyle.Bold = h.title, true
			title.Style(h, theme.ColorNameForeground, theme.SizeNameText)
			badge.FillColor = theme.ColorForWidget(theme.ColorNamePrimary, h)
			badge.Hidden, number.Hidden = h.badge == 0, h.badge == 0
			number.Full, number.Alignment = strconv.Itoa(h.badge), fyne.TextAlignCenter
			number.Style(h, theme.ColorNameForegroundOnPrimary, theme.SizeNameCaptionText)
			arrow.Resource = theme.NewThemedResource(theme.MenuExpandIcon())
			if h.open {
				arrow.Resource = theme.NewThemedResource(theme.MenuDropDownIcon())
			}
			arrow.Refresh()
		},
		Arrange: func(size fyne.Size) {
			back.Resize(size)
			right := size.Width - 6 - arrowSide
			arrow.Move(fyne.NewPos(right, (size.Height-arrowSide)/2))
			arrow.Resize(fyne.NewSquareSize(arrowSide))
			wide := max(number.Width()+12, pill)
			room := right - 8 - 6
			if h.badge > 0 {
				room -= wide + 6
			}
			title.Place(8, 0, room, size.Height)
			at := 8 + min(title.Width(), room) + 8
			badge.Move(fyne.NewPos(at, (size.Height-pill)/2))
			badge.Resize(fyne.NewSize(wide, pill))
			number.Place(at, 0, wide, size.Height)
		},
	})
}

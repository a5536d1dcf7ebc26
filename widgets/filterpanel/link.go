package filterpanel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/checkmark"
	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

var (
	_ fyne.Tappable      = (*link)(nil)
	_ fyne.Focusable     = (*link)(nil)
	_ fyne.Accessible    = (*link)(nil)
	_ desktop.Cursorable = (*link)(nil)
)

// link is a text to click on, as high as a value row.
type link struct {
	widget.BaseWidget
	keys.Drawn

	text   string
	tapped func()
}

func newLink(tapped func()) *link {
	l := &link{tapped: tapped}
	l.Hidden = true
	l.ExtendBaseWidget(l)
	l.Draws(l)
	return l
}

func (l *link) set(text string, visible bool) {
	visible = visible && text != ""
	if l.text == text && l.Visible() == visible {
		return
	}
	l.text, l.Hidden = text, !visible
	l.Refresh()
}

// Tapped implements fyne.Tappable.
func (l *link) Tapped(*fyne.PointEvent) { l.tapped() }

// Cursor implements desktop.Cursorable.
func (l *link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// TypedKey implements fyne.Focusable.
func (l *link) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeySpace || keys.IsEnter(ev) {
		l.tapped()
		return
	}
	keys.Bubble(l, ev)
}

// AccessibilityLabel implements fyne.Accessible.
func (l *link) AccessibilityLabel() string { return l.text }

// AccessibilityRole implements fyne.Accessible.
func (l *link) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleLink }

// CreateRenderer implements fyne.Widget.
func (l *link) CreateRenderer() fyne.WidgetRenderer {
	text, back := &paint.Text{}, canvas.NewRectangle(nil)
	back.CornerRadius = 4
	return paint.New(paint.Renderer{
		Widget: l,
		Parts:  []fyne.CanvasObject{back, &text.Text},
		Min:    func() fyne.Size { return fyne.NewSize(text.Width()+16, checkmark.RowHeight) },
		Update: func() {
			back.FillColor = paint.Tint(theme.ColorNamePrimary, l, 0)
			back.StrokeColor, back.StrokeWidth = theme.ColorForWidget(theme.ColorNamePrimary, l), 0
			if l.Focused {
				back.StrokeWidth = 2
			}
			text.Full = l.text
			text.Style(l, theme.ColorNameHyperlink, theme.SizeNameText)
		},
		Arrange: func(size fyne.Size) {
			back.Resize(size)
			text.Place(8, 0, size.Width-16, size.Height)
		},
	})
}

// Package choice is a drop-down of values that each have a text, for the
// keyboard too.
package choice

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
)

// Option is one value with what it is called. No two texts of a list are alike.
type Option struct{ Value, Text string }

// Select shows one of its options and lets the person take another. It bubbles
// the keys that it has no use for. UI goroutine only.
type Select struct {
	widget.Select
	keys.Hook

	// OnChosen is called when the person took another value, never by Set.
	OnChosen func(value string)

	options []Option
	focused bool
}

// New makes a drop-down that shows value.
func New(options []Option, value string, onChosen func(value string)) *Select {
	s := &Select{OnChosen: onChosen}
	s.PlaceHolder = " "
	s.ExtendBaseWidget(s)
	s.SetList(options, value)
	return s
}

// SetList changes the options and the value, without a callback.
func (s *Select) SetList(options []Option, value string) {
	s.options = options
	s.Options = make([]string, len(options))
	for i, o := range options {
		s.Options[i] = o.Text
	}
	s.Selected = ""
	s.Set(value)
	s.Refresh()
}

// Set shows a value, without a callback; nothing where it isn't among the options.
// Where it is shown already, nothing is drawn anew.
func (s *Select) Set(value string) {
	text := ""
	for _, o := range s.options {
		if o.Value == value {
			text = o.Text
		}
	}
	s.OnChanged = s.chosen
	if s.Selected != text {
		s.Selected = text
		s.Refresh()
	}
}

// Value is the value shown, or "".
func (s *Select) Value() string {
	if i := s.SelectedIndex(); i >= 0 {
		return s.options[i].Value
	}
	return ""
}

func (s *Select) chosen(string) {
	if s.OnChosen != nil {
		s.OnChosen(s.Value())
	}
}

// FocusGained implements fyne.Focusable.
func (s *Select) FocusGained() {
	s.focused = true
	s.Select.FocusGained()
	s.Gained(s)
}

// FocusLost implements fyne.Focusable.
func (s *Select) FocusLost() {
	s.focused = false
	s.Select.FocusLost()
}

// TypedKey implements fyne.Focusable.
func (s *Select) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		s.Select.TypedKey(ev)
	default:
		keys.Bubble(s, ev)
	}
}

// CreateRenderer implements fyne.Widget: Fyne's drop-down in a frame, without
// which it can't be told from a text.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	f := &framed{WidgetRenderer: s.Select.CreateRenderer(), owner: s, frame: canvas.NewRectangle(nil)}
	f.paint()
	return f
}

type framed struct {
	fyne.WidgetRenderer

	owner *Select
	frame *canvas.Rectangle
}

func (f *framed) Objects() []fyne.CanvasObject {
	return append(slices.Clone(f.WidgetRenderer.Objects()), f.frame)
}

func (f *framed) Layout(size fyne.Size) {
	f.frame.Resize(size)
	f.WidgetRenderer.Layout(size)
}

func (f *framed) Refresh() {
	f.paint()
	f.WidgetRenderer.Refresh()
}

func (f *framed) paint() {
	f.frame.StrokeColor = theme.ColorForWidget(theme.ColorNameInputBorder, f.owner)
	f.frame.StrokeWidth = theme.SizeForWidget(theme.SizeNameInputBorder, f.owner)
	if f.owner.focused {
		f.frame.StrokeColor, f.frame.StrokeWidth = theme.ColorForWidget(theme.ColorNamePrimary, f.owner), 2
	}
	f.frame.CornerRadius = theme.SizeForWidget(theme.SizeNameInputRadius, f.owner)
	f.frame.Refresh()
}

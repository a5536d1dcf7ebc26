package outboxpage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
)

// list is a widget.List that shows what the keyboard is on, and bubbles keys
// that it has no use for.
type list struct {
	widget.List

	at int // the row selected
}

func newList(length func() int, fill func(i int, subject, about *widget.Label), chosen func(i int)) *list {
	l := &list{}
	l.Length = length
	l.CreateItem = func() fyne.CanvasObject {
		subject, about := widget.NewLabel(""), widget.NewLabel("")
		subject.TextStyle.Bold = true
		subject.Truncation, about.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
		about.SizeName = theme.SizeNameCaptionText
		return container.NewVBox(subject, about)
	}
	l.UpdateItem = func(i int, o fyne.CanvasObject) {
		labels := o.(*fyne.Container).Objects
		fill(i, labels[0].(*widget.Label), labels[1].(*widget.Label))
	}
	l.OnSelected = func(i int) {
		l.at = i
		chosen(i)
	}
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey implements fyne.Focusable: the arrows select.
func (l *list) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyUp:
		l.Select(max(l.at-1, 0))
	case fyne.KeyDown:
		l.Select(min(l.at+1, l.Length()-1))
	default:
		keys.Bubble(l, ev)
	}
}

package jumplist

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

var (
	_ fyne.Tappable      = (*line)(nil)
	_ desktop.Hoverable  = (*line)(nil)
	_ desktop.Cursorable = (*line)(nil)
)

// line is one line of the list, for the pointer; the keyboard is the list's.
type line struct {
	widget.BaseWidget
	keys.Drawn

	list *List
	item Item
}

func newLine(l *List, item Item) *line {
	e := &line{list: l, item: item}
	e.ExtendBaseWidget(e)
	e.Draws(e)
	return e
}

// Tapped implements fyne.Tappable.
func (e *line) Tapped(*fyne.PointEvent) {
	if !e.item.Head {
		e.list.choose(e.item.Key, false)
	}
}

// Cursor implements desktop.Cursorable.
func (e *line) Cursor() desktop.Cursor {
	if e.item.Head {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// CreateRenderer implements fyne.Widget.
func (e *line) CreateRenderer() fyne.WidgetRenderer {
	parts := &lineParts{back: canvas.NewRectangle(nil), text: &paint.Text{}}
	parts.back.CornerRadius = 4
	return paint.New(paint.Renderer{
		Widget: e,
		Parts:  []fyne.CanvasObject{parts.back, &parts.text.Text},
		Min: func() fyne.Size {
			// As bold as it gets, so that nothing moves when it is marked.
			need := fyne.MeasureText(e.item.Label, theme.SizeForWidget(theme.SizeNameText, e), fyne.TextStyle{Bold: true}).Width
			tall := rowHeight
			if e.item.Head {
				tall = headHeight
			}
			return fyne.NewSize(min(max(need+2*inset, leastWidth), mostWidth), tall)
		},
		Update: func() { parts.draw(e) },
		Arrange: func(size fyne.Size) {
			top := float32(0)
			if e.item.Head {
				top = headHeight - rowHeight
			}
			parts.back.Resize(size)
			parts.text.Place(inset, top, size.Width-2*inset, size.Height-top)
		},
	})
}

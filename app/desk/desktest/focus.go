package desktest

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/grid"
)

// FocusHidden says what has the focus and can't be seen, being scrolled out of
// sight or beyond the window's edge; "" where it can be seen, or nothing has it.
// What is larger than where it scrolls counts as seen where it fills that. Of a
// grid the row counts that its keys act on.
func FocusHidden(w fyne.Window) string {
	focused := w.Canvas().Focused()
	if focused == nil {
		return ""
	}
	root := w.Content()
	if top := w.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	h := &hiding{focused: focused, found: fmt.Sprintf("%T has the focus and isn't in the window", focused)}
	h.see(root, fyne.Position{}, frame{right: w.Canvas().Size().Width, bottom: w.Canvas().Size().Height})
	return h.found
}

type hiding struct {
	focused fyne.Focusable
	found   string
}

// see looks for what has the focus; shown is what can be seen there.
func (h *hiding) see(o fyne.CanvasObject, parent fyne.Position, shown frame) {
	if o == nil || !o.Visible() {
		return
	}
	at := parent.Add(o.Position())
	if f, ok := o.(fyne.Focusable); ok && f == h.focused {
		h.found = h.judge(o, at, shown)
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			h.see(c, at, shown)
		}
	case fyne.Widget:
		r := test.WidgetRenderer(o)
		_, clips := r.(interface{ IsClip() })
		if _, scrolls := o.(fyne.Scrollable); scrolls || clips {
			shown = within(shown, at, o.Size())
		}
		for _, c := range r.Objects() {
			h.see(c, at, shown)
		}
	}
}

func (h *hiding) judge(o fyne.CanvasObject, at fyne.Position, shown frame) string {
	size := o.Size()
	if g, ok := o.(*grid.Grid); ok {
		for _, target := range g.Targets() {
			if target.Name == "row" && target.Row == g.FocusedRow() {
				at, size = at.AddXY(0, target.Position.Y), fyne.NewSize(grid.RowHeight, target.Size.Height)
			}
		}
	}
	part := within(shown, at, size)
	wide, tall := part.right-part.left, part.bottom-part.top
	if wide+rounding >= min(size.Width, shown.right-shown.left) && tall+rounding >= min(size.Height, shown.bottom-shown.top) &&
		wide > 0 && tall > 0 {
		return ""
	}
	return fmt.Sprintf("%T %q is %v at %v, and %v is in sight", o, caption(o), size, at, shown)
}

var _ fyne.Scrollable = (*container.Scroll)(nil)

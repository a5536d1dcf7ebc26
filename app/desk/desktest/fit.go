package desktest

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/grid"
	"lethe/widgets/keys"
)

// CutOff are the texts of the window that can't be read in full: that reach
// over the edge of the window or of what clips them and doesn't scroll there,
// that have less room than they need, or that lie on one another. What stands in
// the rows of a grid is the customers', and doesn't count.
func CutOff(w fyne.Window) []string {
	root := w.Content()
	if top := w.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	m, all := &measure{}, frame{right: w.Canvas().Size().Width, bottom: w.Canvas().Size().Height}
	m.see(root, fyne.Position{}, all, all)
	m.collisions()
	slices.Sort(m.cut)
	return slices.Compact(m.cut)
}

// frame is what can be seen, in the window's units.
type frame struct{ left, top, right, bottom float32 }

// rounding is by how much a text may miss its room without showing it.
const rounding = 1.5

type measure struct {
	cut    []string
	placed []placed
}

// placed is a text with its place.
type placed struct {
	text string
	frame
}

// collisions finds texts that lie on one another.
func (m *measure) collisions() {
	for i, a := range m.placed {
		for _, b := range m.placed[i+1:] {
			across := min(a.right, b.right) - max(a.left, b.left)
			down := min(a.bottom, b.bottom) - max(a.top, b.top)
			if across > rounding && down > rounding {
				m.cut = append(m.cut, fmt.Sprintf("%q and %q lie on one another", a.text, b.text))
			}
		}
	}
}

// see looks at an object and all below. In is where what scrolls can be brought
// to, shown what can be seen now.
func (m *measure) see(o fyne.CanvasObject, parent fyne.Position, in, shown frame) {
	if o == nil || !o.Visible() {
		return
	}
	at := parent.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Text:
		m.text(o, at, in, shown)
	case *fyne.Container:
		for _, c := range o.Objects {
			m.see(c, at, in, shown)
		}
	case *grid.Grid, *widget.Entry, *keys.Entry:
		// A grid cuts its cells, and an entry scrolls what is typed.
	case *container.Scroll:
		inner := within(in, at, o.Size())
		if o.Direction != container.ScrollVerticalOnly {
			inner.left, inner.right = -1e6, 1e6
		}
		if o.Direction != container.ScrollHorizontalOnly {
			inner.top, inner.bottom = -1e6, 1e6
		}
		m.see(o.Content, at, inner, within(shown, at, o.Size()))
	case fyne.Widget:
		if need, has := o.MinSize().Width, o.Size().Width; need > has+rounding {
			m.cut = append(m.cut, fmt.Sprintf("%T with %q needs %.0f and has %.0f", o, caption(o), need, has))
		}
		r := test.WidgetRenderer(o)
		if _, clips := r.(interface{ IsClip() }); clips {
			in, shown = within(in, at, o.Size()), within(shown, at, o.Size())
		}
		for _, c := range r.Objects() {
			m.see(c, at, in, shown)
		}
	}
}

func within(in frame, at fyne.Position, size fyne.Size) frame {
	return frame{
		max(in.left, at.X), max(in.top, at.Y),
		min(in.right, at.X+size.Width), min(in.bottom, at.Y+size.Height),
	}
}

func (m *measure) text(t *canvas.Text, at fyne.Position, in, shown frame) {
	if strings.TrimSpace(t.Text) == "" {
		return
	}
	need := t.MinSize()
	left, right := at.X, at.X+need.Width
	switch spare := t.Size().Width - need.Width; t.Alignment {
	case fyne.TextAlignCenter:
		left, right = left+spare/2, right+spare/2
	case fyne.TextAlignTrailing:
		left, right = left+spare, right+spare
	}
	m.placed = append(m.placed, placed{t.Text, within(shown, fyne.NewPos(left, at.Y), need)})
	switch {
	case right > in.right+rounding || left < in.left-rounding:
		m.cut = append(m.cut, fmt.Sprintf("%q reaches from %.0f to %.0f, and can be seen from %.0f to %.0f", t.Text, left, right, in.left, in.right))
	case at.Y+need.Height > in.bottom+rounding && at.Y < in.bottom || at.Y >= in.bottom:
		m.cut = append(m.cut, fmt.Sprintf("%q stands at %.0f, and can be seen down to %.0f", t.Text, at.Y, in.bottom))
	case t.Size().Width > 0 && need.Width > t.Size().Width+rounding:
		m.cut = append(m.cut, fmt.Sprintf("%q needs %.0f and has %.0f", t.Text, need.Width, t.Size().Width))
	}
}

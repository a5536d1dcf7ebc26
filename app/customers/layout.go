package customers

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/banner"
	"lethe/widgets/filterpanel"
	"lethe/widgets/grid"
	"lethe/widgets/keys"
	"lethe/widgets/paint"
)

const (
	barHeight    float32 = 56
	stripHeight          = banner.Height
	detailsWidth float32 = 360
	railWidth    float32 = 72
	narrowBelow  float32 = 1000 // of the window
)

// frame places the parts of the page. Where the window is narrow the sidebar
// lies over the list, hidden at first.
type frame struct {
	page   *Page
	narrow bool
	open   bool // the sidebar, where it is an overlay
	scrim  *scrim
	line   *widget.Separator
	box    *fyne.Container
}

func newFrame(p *Page) *frame {
	f := &frame{page: p, line: widget.NewSeparator()}
	f.scrim = newScrim(func() { f.closeSide() })
	f.scrim.Hide()
	f.box = container.New(f, p.bar.box, f.line, p.strip.bar, p.grid, p.empty.box, p.details.panel, f.scrim, p.side.panel)
	return f
}

func (f *frame) object() fyne.CanvasObject { return f.box }

// MinSize implements fyne.Layout.
func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(600, 360).Max(fyne.NewSize(f.page.bar.box.MinSize().Width, 0))
}

// Layout implements fyne.Layout.
func (f *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	p := f.page
	if narrow := size.Width+railWidth < narrowBelow; narrow != f.narrow {
		f.narrow, f.open = narrow, false
		p.bar.narrow(narrow)
		p.setColumns()
	}
	left := filterpanel.Width
	if f.narrow {
		left = 0
	}
	setVisible(p.side.panel, !f.narrow || f.open)
	setVisible(f.scrim, f.narrow && f.open)
	wide := size.Width - left
	put(p.side.panel, 0, 0, filterpanel.Width, size.Height)
	put(f.scrim, 0, 0, size.Width, size.Height)
	put(p.bar.box, left, 0, wide, barHeight)
	put(f.line, left, barHeight-1, wide, 1)
	put(p.strip.bar, left, barHeight, wide, stripHeight)
	top := barHeight + stripHeight
	put(p.grid, left, top, wide, size.Height-top)
	put(p.empty.box, left, top+grid.HeaderHeight, wide, size.Height-top-grid.HeaderHeight)
	over := min(detailsWidth, wide)
	put(p.details.panel, size.Width-over, top, over, size.Height-top)
}

// showDetails has the window scroll to the panel where that is beyond its edge. The
// panel itself can't be asked for: it may never have been drawn.
func (f *frame) showDetails() {
	panel := f.page.details.panel
	keys.RevealOuter(f.box, panel.Position(), panel.Size())
}

// toggleSide shows the sidebar over the list, or hides it.
func (p *Page) toggleSide() {
	p.frame.open = !p.frame.open
	p.frame.box.Refresh()
}

// closeSide hides the sidebar where it lies over the list.
func (f *frame) closeSide() bool {
	if !f.narrow || !f.open {
		return false
	}
	f.open = false
	f.box.Refresh()
	return true
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(max(width, 0), max(height, 0)))
}

func setVisible(o fyne.CanvasObject, on bool) (changed bool) {
	switch {
	case on && !o.Visible():
		o.Show()
	case !on && o.Visible():
		o.Hide()
	default:
		return false
	}
	return true
}

// scrim lies between the list and the sidebar over it; a click closes that.
type scrim struct {
	widget.BaseWidget

	tapped func()
}

func newScrim(tapped func()) *scrim {
	s := &scrim{tapped: tapped}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped implements fyne.Tappable.
func (s *scrim) Tapped(*fyne.PointEvent) { s.tapped() }

// CreateRenderer implements fyne.Widget.
func (s *scrim) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(color.Transparent)
	return paint.New(paint.Renderer{
		Widget:  s,
		Parts:   []fyne.CanvasObject{back},
		Min:     func() fyne.Size { return fyne.NewSize(1, 1) },
		Update:  func() { back.FillColor = theme.ColorForWidget(theme.ColorNameShadow, s) },
		Arrange: back.Resize,
	})
}

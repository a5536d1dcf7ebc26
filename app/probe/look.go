//go:build probe

package probe

import (
	"math"
	"reflect"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/grid"
)

// look lists what a window shows. UI goroutine only.
func look(w fyne.Window) Snapshot {
	c := w.Canvas()
	scale := c.Scale()
	size := c.Size()
	s := Snapshot{
		Title: w.Title(), Top: len(c.Overlays().List()),
		Width: pixels(size.Width, scale), Height: pixels(size.Height, scale),
	}
	e := &eye{canvas: c, scale: scale}
	for i, tree := range append([]fyne.CanvasObject{c.Content()}, c.Overlays().List()...) {
		e.layer = i
		e.see(tree, fyne.Position{}, area{0, 0, size.Width, size.Height})
	}
	s.Objects = e.seen
	return s
}

func pixels(n, scale float32) int { return int(math.Round(float64(n * scale))) }

// area is left, top, right and bottom, in the canvas's units.
type area struct{ left, top, right, bottom float32 }

func areaOf(at fyne.Position, size fyne.Size) area {
	return area{at.X, at.Y, at.X + size.Width, at.Y + size.Height}
}

// within is the part of a in b.
func (a area) within(b area) area {
	return area{max(a.left, b.left), max(a.top, b.top), min(a.right, b.right), min(a.bottom, b.bottom)}
}

func (a area) empty() bool { return a.left >= a.right || a.top >= a.bottom }

// eye walks through the objects.
type eye struct {
	canvas fyne.Canvas
	scale  float32
	layer  int
	seen   []Object
}

// clips tells what shows its children within its own edges only, as Fyne does:
// what scrolls, and whose renderer says so.
func clips(w fyne.Widget, r fyne.WidgetRenderer) bool {
	_, scrolls := w.(fyne.Scrollable)
	_, says := r.(interface{ IsClip() })
	return scrolls || says
}

// see notes an object and all below, and answers with what can be read there.
func (e *eye) see(o fyne.CanvasObject, parent fyne.Position, clip area) []string {
	if o == nil || !o.Visible() {
		return nil
	}
	at := parent.Add(o.Position())
	part := areaOf(at, o.Size()).within(clip)
	place := len(e.seen)
	var read []string
	switch o := o.(type) {
	case *canvas.Text:
		if o.Text != "" && !part.empty() {
			read = []string{o.Text}
			e.note(place, Object{Kind: "Text", Text: o.Text}, part)
		}
	case *fyne.Container:
		for _, child := range o.Objects {
			read = append(read, e.see(child, at, clip)...)
		}
	case *grid.Grid:
		e.seeGrid(o, at, clip)
	case fyne.Widget:
		renderer := test.WidgetRenderer(o)
		if clips(o, renderer) {
			clip = part
		}
		for _, child := range renderer.Objects() {
			read = append(read, e.see(child, at, clip)...)
		}
		e.noteWidget(place, o, read, part)
	}
	return read
}

// noteWidget notes a widget, before what is in it.
func (e *eye) noteWidget(place int, w fyne.Widget, read []string, part area) {
	if part.empty() {
		return
	}
	seen := Object{Kind: kind(w), Text: strings.Join(read, " "), Acts: acts(w)}
	if a, ok := w.(fyne.Accessible); ok && a.AccessibilityLabel() != seen.Text {
		seen.Name = a.AccessibilityLabel()
	}
	if d, ok := w.(fyne.Disableable); ok {
		seen.Disabled = d.Disabled()
	}
	if f, ok := w.(fyne.Focusable); ok {
		seen.Focused = e.canvas.Focused() == f
	}
	if seen.Acts || seen.Text != "" {
		e.note(place, seen, part)
	}
}

func kind(w fyne.Widget) string {
	name := reflect.TypeOf(w).String()
	return name[strings.LastIndexByte(name, '.')+1:]
}

func acts(w fyne.Widget) bool {
	switch w.(type) {
	case fyne.Tappable, fyne.Focusable:
		return true
	}
	return false
}

// note puts an object into its place in the list.
func (e *eye) note(place int, seen Object, part area) {
	seen.Layer = e.layer
	seen.X, seen.Y = pixels(part.left, e.scale), pixels(part.top, e.scale)
	seen.W, seen.H = pixels(part.right, e.scale)-seen.X, pixels(part.bottom, e.scale)-seen.Y
	e.seen = append(e.seen, Object{})
	copy(e.seen[place+1:], e.seen[place:])
	e.seen[place] = seen
}

// seeGrid notes what a grid draws: it has no objects of its own that could be
// clicked.
func (e *eye) seeGrid(g *grid.Grid, at fyne.Position, clip area) {
	for _, target := range g.Targets() {
		part := areaOf(at.Add(target.Position), target.Size).within(clip)
		if part.empty() {
			continue
		}
		seen := Object{Kind: target.Name, Row: target.Row, Acts: true}
		if target.Name == "row" {
			seen.Text = rowText(g, target.Row)
			seen.Focused = e.canvas.Focused() == fyne.Focusable(g) && g.FocusedRow() == target.Row
		}
		e.note(len(e.seen), seen, part)
	}
}

func rowText(g *grid.Grid, row int) string {
	var texts []string
	for _, c := range g.Columns() {
		if text := g.CellText(row, c.ID); text != "" {
			texts = append(texts, text)
		}
	}
	return strings.Join(texts, " | ")
}

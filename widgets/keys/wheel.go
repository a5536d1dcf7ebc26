package keys

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// wheel lies over an entry of one line and hands the mouse wheel on to what
// scrolls around it, at last the window's Outer, which the entry would swallow. It takes nothing else, so
// all the rest of the mouse goes through it.
type wheel struct {
	widget.BaseWidget
	to func(*fyne.ScrollEvent)
}

func newWheel() *wheel {
	w := &wheel{}
	w.ExtendBaseWidget(w)
	return w
}

// Scrolled implements fyne.Scrollable.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) {
	if w.to != nil {
		w.to(ev)
		return
	}
	if outer := outerOf(fyne.CurrentApp().Driver().CanvasForObject(w)); outer != nil {
		outer.Scrolled(ev)
	}
}

// CreateRenderer implements fyne.Widget: there is nothing to be seen.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&fyne.Container{})
}

// SetOnScrolled sets what gets the mouse wheel over the entry; nil for nothing.
func (e *Entry) SetOnScrolled(to func(*fyne.ScrollEvent)) { e.wheel.to = to }

// CreateRenderer implements fyne.Widget.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	return &entryRenderer{e.Entry.CreateRenderer(), e.wheel}
}

// entryRenderer is Fyne's, with the wheel on top.
type entryRenderer struct {
	fyne.WidgetRenderer
	wheel *wheel
}

// Layout implements fyne.WidgetRenderer.
func (r *entryRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.wheel.Resize(size)
}

// Objects implements fyne.WidgetRenderer.
func (r *entryRenderer) Objects() []fyne.CanvasObject {
	objects := r.WidgetRenderer.Objects()
	return append(objects[:len(objects):len(objects)], r.wheel)
}

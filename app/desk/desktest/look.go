package desktest

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/grid"
)

// Objects are all visible objects of the window: those of its topmost dialog
// or menu where there is one, else of the content.
func Objects(w fyne.Window) []fyne.CanvasObject {
	root := w.Content()
	if top := w.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	return visible(root)
}

func visible(o fyne.CanvasObject) []fyne.CanvasObject {
	if o == nil || !o.Visible() {
		return nil
	}
	out := []fyne.CanvasObject{o}
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			out = append(out, visible(c)...)
		}
	case fyne.Widget:
		for _, c := range drawn(o) {
			out = append(out, visible(c)...)
		}
	}
	return out
}

// drawn are the objects that a widget is drawn with, and those that stand for
// the pictures of a grid.
func drawn(w fyne.Widget) []fyne.CanvasObject {
	objects := test.WidgetRenderer(w).Objects()
	if g, ok := w.(*grid.Grid); ok {
		objects = append(slices.Clone(objects), g.Spelled()...)
	}
	return objects
}

// Texts are all texts that can be read in the window.
func Texts(w fyne.Window) []string {
	var out []string
	for _, o := range Objects(w) {
		if t, ok := o.(*canvas.Text); ok && strings.TrimSpace(t.Text) != "" {
			out = append(out, t.Text)
		}
	}
	return out
}

// Says tells whether text stands in the window, be it wrapped over lines.
func Says(w fyne.Window, text string) bool {
	joined := strings.Join(strings.Fields(strings.Join(Texts(w), " ")), " ")
	return strings.Contains(joined, text)
}

// Press taps what has this text: a button or a link. The test fails if there
// is none, or if it is disabled.
func Press(t testing.TB, w fyne.Window, text string) {
	t.Helper()
	for _, o := range Objects(w) {
		tappable, ok := o.(fyne.Tappable)
		if !ok || caption(o) != text {
			continue
		}
		if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
			t.Fatalf("%q is disabled", text)
		}
		test.Tap(tappable)
		return
	}
	t.Fatalf("nothing to press says %q among %q", text, Texts(w))
}

// Offers tells whether something to press with this text is there, enabled or
// not.
func Offers(w fyne.Window, text string) bool {
	return slices.ContainsFunc(Objects(w), func(o fyne.CanvasObject) bool {
		_, ok := o.(fyne.Tappable)
		return ok && caption(o) == text
	})
}

// caption is the text of a thing to press: that of the texts in it.
func caption(o fyne.CanvasObject) string {
	if _, ok := o.(*widget.Entry); ok {
		return ""
	}
	var parts []string
	for _, in := range visible(o) {
		if t, ok := in.(*canvas.Text); ok {
			parts = append(parts, t.Text)
		}
	}
	return strings.Join(parts, " ")
}

// Type types text into what has the focus.
func Type(w fyne.Window, text string) {
	for _, r := range text {
		if f := w.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		}
	}
}

// Key presses a key where the focus is.
func Key(w fyne.Window, name fyne.KeyName) {
	ev := &fyne.KeyEvent{Name: name}
	if f := w.Canvas().Focused(); f != nil {
		f.TypedKey(ev)
	} else if on := w.Canvas().OnTypedKey(); on != nil {
		on(ev)
	}
}

package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// strip is a layer of a row or of the header: the marks of its cells that go
// into the picture, and the objects above it, among them a label for each text
// that the picture can't have.
type strip struct {
	group  *fyne.Container
	marks  marks
	labels []*canvas.Text
	used   int
}

func newStrip() *strip { return &strip{group: newGroup()} }

// add puts an object on top.
func (s *strip) add(o fyne.CanvasObject) { s.group.Objects = append(s.group.Objects, o) }

// begin empties it of marks and labels; draw the new ones, then call end.
func (s *strip) begin() {
	s.marks.reset()
	s.used = 0
}

// draw adds marks.
func (s *strip) draw(m *marks) {
	s.marks.boxes = append(s.marks.boxes, m.boxes...)
	for _, t := range m.texts {
		if t.letters.font.Knows(t.text) {
			s.marks.texts = append(s.marks.texts, t)
		} else {
			s.label(t)
		}
	}
}

// label writes a text with Fyne's own means.
func (s *strip) label(t mark) {
	if s.used == len(s.labels) {
		label := canvas.NewText("", color.Transparent)
		s.labels = append(s.labels, label)
		s.add(label)
	}
	label := s.labels[s.used]
	s.used++
	if label.Text != t.text || label.Color != t.ink || label.TextSize != t.letters.size || label.TextStyle != t.letters.style {
		label.Text, label.Color = t.text, t.ink
		label.TextSize, label.TextStyle = t.letters.size, t.letters.style
		label.Refresh()
	}
	put(label, t.x, t.top, t.letters.width(t.text), t.letters.height)
	reveal(label, true)
}

// end drops the labels that are not needed.
func (s *strip) end() {
	for _, unused := range s.labels[s.used:] {
		unused.Text = ""
		reveal(unused, false)
	}
}

// forget drops what it showed.
func (s *strip) forget() {
	s.begin()
	s.end()
}

package grid

import "image/color"

// mark is a text in a row or the header, and where it stands in its layer.
type mark struct {
	text    string
	letters *fitter
	ink     color.Color
	x, top  float32
}

// box is a filled rectangle there. Its corners are round where radius says so.
type box struct {
	x, top, width, height float32
	radius                float32
	fill                  color.Color
}

// marks is what a cell, a row's layer or the header has to be drawn.
type marks struct {
	boxes []box // below the texts
	texts []mark
}

func (m *marks) empty() bool { return len(m.boxes)+len(m.texts) == 0 }

// reset empties m and keeps its room.
func (m *marks) reset() {
	clear(m.texts) // nothing that was written stays behind
	m.boxes, m.texts = m.boxes[:0], m.texts[:0]
}

// add appends what o has.
func (m *marks) add(o *marks) {
	m.boxes = append(m.boxes, o.boxes...)
	m.texts = append(m.texts, o.texts...)
}

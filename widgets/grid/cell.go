package grid

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
)

// cell is the cell of one column in a pooled row.
type cell interface {
	// show draws a value at x in that width.
	show(value Cell, x, width float32)
	// forget hides it and drops what it showed.
	forget()
	// marks is what of it is part of the row's picture.
	marks() *marks
	// object is what is not; nil where all is.
	object() fyne.CanvasObject
	// text is what can be read there.
	text() string
}

// tallest is how high what a cell draws can be.
func (v *view) tallest() float32 { return max(v.text.height, v.small.height+2*chipPad) }

// newCell makes the cell for a column.
func newCell(v *view, c Column) cell {
	switch c.Kind {
	case Chips:
		return &chipsCell{view: v}
	case Actions:
		return &actionsCell{view: v, group: newGroup()}
	case Text, Date, Masked:
	}
	return &textCell{view: v, align: c.Align, faint: c.Kind == Masked}
}

// textCell is a line of text.
type textCell struct {
	view  *view
	drawn marks
	align fyne.TextAlign
	faint bool
}

func (c *textCell) object() fyne.CanvasObject { return nil }
func (c *textCell) marks() *marks             { return &c.drawn }
func (c *textCell) forget()                   { c.drawn.reset() }

func (c *textCell) text() string {
	if len(c.drawn.texts) == 0 {
		return ""
	}
	return c.drawn.texts[0].text
}

func (c *textCell) show(value Cell, x, width float32) {
	c.drawn.reset()
	inner := width - 2*padding
	letters := c.view.text
	shown := letters.fit(value.Text, inner)
	if shown == "" {
		return
	}
	ink := c.view.look.text
	if c.faint || value.Muted {
		ink = c.view.look.muted
	}
	x += padding + letters.indent(c.align, shown, inner)
	c.drawn.texts = append(c.drawn.texts, mark{shown, letters, ink, x, (RowHeight - letters.height) / 2})
}

// chipsCell is a row of labels, and how many more there are.
type chipsCell struct {
	view  *view
	drawn marks
}

const (
	chipInset  = 6 // at either side of a label
	chipGap    = 4
	chipPad    = 3 // above and below it
	chipRadius = 5
)

func (c *chipsCell) object() fyne.CanvasObject { return nil }
func (c *chipsCell) marks() *marks             { return &c.drawn }
func (c *chipsCell) forget()                   { c.drawn.reset() }

func (c *chipsCell) text() string {
	words := make([]string, len(c.drawn.texts))
	for i, t := range c.drawn.texts {
		words[i] = t.text
	}
	return strings.Join(words, " ")
}

func (c *chipsCell) show(value Cell, x, width float32) {
	c.drawn.reset()
	small := c.view.small
	at, limit := x+padding, x+width-padding
	if text := small.fit(value.Text, limit-at); len(value.Chips) == 0 && text != "" {
		c.put(text, at, false, value.Muted)
	}
	for i, s := range value.Chips {
		rest := len(value.Chips) - i - 1
		room := limit - at - 2*chipInset
		if rest > 0 {
			room -= small.width(plus(rest)) + chipGap
		}
		label := oneLine(s, 200)
		wide := small.width(label)
		if wide > room {
			label = ""
			if i == 0 { // it is cut rather than left out
				label = small.fit(s, room)
			}
		}
		if label == "" {
			c.put(plus(rest+1), at, false, value.Muted)
			break
		}
		at += c.put(label, at, true, value.Muted) + chipGap
	}
}

// put draws the next label at x and returns how wide it is. The count of the
// rest is not framed.
func (c *chipsCell) put(s string, x float32, framed, muted bool) float32 {
	var ink color.Color = c.view.look.text
	if muted || !framed {
		ink = c.view.look.muted
	}
	letters := c.view.small
	width, top := letters.width(s), (RowHeight-letters.height)/2
	if framed {
		c.drawn.boxes = append(c.drawn.boxes, box{
			x, top - chipPad, width + 2*chipInset, letters.height + 2*chipPad, chipRadius, c.view.look.chip,
		})
		x += chipInset
		width += 2 * chipInset
	}
	c.drawn.texts = append(c.drawn.texts, mark{s, letters, ink, x, top})
	return width
}

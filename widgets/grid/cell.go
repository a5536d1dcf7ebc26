package grid

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// cell is the drawn cell of one column in a pooled row.
type cell interface {
	object() fyne.CanvasObject
	// show draws a value at x in that width.
	show(value Cell, x, width float32)
	// forget hides it and drops what it showed.
	forget()
	// text is what can be read there.
	text() string
}

// newCell makes the cell for a column.
func newCell(v *view, c Column) cell {
	switch c.Kind {
	case Chips:
		return &chipsCell{view: v, group: newGroup()}
	case Actions:
		return &actionsCell{view: v, group: newGroup()}
	case Text, Date, Masked:
	}
	t := canvas.NewText("", v.look.text)
	t.TextSize = v.look.size
	t.Alignment = c.Align
	t.Hide()
	return &textCell{view: v, label: t, faint: c.Kind == Masked}
}

// textCell is a line of text.
type textCell struct {
	view  *view
	label *canvas.Text
	faint bool
}

func (c *textCell) object() fyne.CanvasObject { return c.label }
func (c *textCell) text() string              { return c.label.Text }

func (c *textCell) show(value Cell, x, width float32) {
	inner := width - 2*padding
	shown := c.view.text.fit(value.Text, inner)
	ink := c.view.look.text
	if c.faint || value.Muted {
		ink = c.view.look.muted
	}
	write(c.label, shown, ink)
	height := c.view.look.textHeight
	put(c.label, x+padding, (RowHeight-height)/2, inner, height)
	reveal(c.label, shown != "")
}

func (c *textCell) forget() {
	c.label.Text = ""
	reveal(c.label, false)
}

// write changes a text where it differs: a text that was not drawn lately has
// to be shaped and painted.
func write(t *canvas.Text, s string, ink color.Color) {
	if t.Text == s && t.Color == ink {
		return
	}
	t.Text, t.Color = s, ink
	t.Refresh()
}

// chipsCell is a row of labels, and how many more there are.
type chipsCell struct {
	view  *view
	group *fyne.Container
	chips []chip
	used  int
}

// chip is one label; the count of the rest has no back.
type chip struct {
	back  *canvas.Rectangle
	label *canvas.Text
}

const (
	chipInset = 6 // at either side of a label
	chipGap   = 4
	chipPad   = 3 // above and below it
)

func (c *chipsCell) object() fyne.CanvasObject { return c.group }

func (c *chipsCell) text() string {
	words := make([]string, c.used)
	for i := range words {
		words[i] = c.chips[i].label.Text
	}
	return strings.Join(words, " ")
}

func (c *chipsCell) show(value Cell, x, width float32) {
	put(c.group, x, 0, width, RowHeight)
	reveal(c.group, true)
	c.used = 0
	at, limit := float32(padding), width-padding
	if text := c.view.small.fit(value.Text, limit-at); len(value.Chips) == 0 && text != "" {
		c.put(text, at, false, value.Muted)
	}
	for i, s := range value.Chips {
		rest := len(value.Chips) - i - 1
		room := limit - at - 2*chipInset
		if rest > 0 {
			room -= c.view.small.width(plus(rest)) + chipGap
		}
		label := oneLine(s, 200)
		wide := c.view.small.width(label)
		if wide > room {
			label = ""
			if i == 0 { // it is cut rather than left out
				label = c.view.small.fit(s, room)
			}
		}
		if label == "" {
			c.put(plus(rest+1), at, false, value.Muted)
			break
		}
		at += c.put(label, at, true, value.Muted) + chipGap
	}
	for _, unused := range c.chips[c.used:] {
		unused.label.Text = ""
		reveal(unused.label, false)
		reveal(unused.back, false)
	}
}

// put draws the next label at x and returns how wide it is.
func (c *chipsCell) put(s string, x float32, framed, muted bool) float32 {
	if c.used == len(c.chips) {
		back := canvas.NewRectangle(c.view.look.chip)
		back.CornerRadius = 5
		label := canvas.NewText("", c.view.look.text)
		label.TextSize = c.view.look.small
		c.chips = append(c.chips, chip{back: back, label: label})
		c.group.Objects = append(c.group.Objects, back, label)
	}
	drawn := c.chips[c.used]
	c.used++
	ink := c.view.look.text
	if muted || !framed {
		ink = c.view.look.muted
	}
	write(drawn.label, s, ink)
	width, height := c.view.small.width(s), c.view.look.smallHeight
	top := (RowHeight - height) / 2
	inset := float32(0)
	if framed {
		inset = chipInset
		put(drawn.back, x, top-chipPad, width+2*inset, height+2*chipPad)
	}
	put(drawn.label, x+inset, top, width, height)
	reveal(drawn.label, true)
	reveal(drawn.back, framed)
	return width + 2*inset
}

func (c *chipsCell) forget() {
	c.used = 0
	for _, drawn := range c.chips {
		drawn.label.Text = ""
	}
	reveal(c.group, false)
}

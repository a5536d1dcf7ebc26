package grid

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// plus is how many labels there was no room for.
func plus(n int) string { return "+" + strconv.Itoa(n) }

// actionsCell is a row of icon buttons: those that the source returned, no more.
type actionsCell struct {
	view    *view
	group   *fyne.Container
	buttons []button
	shown   []Action
}

// button is one of them.
type button struct {
	back *canvas.Rectangle
	icon *canvas.Image
}

func (c *actionsCell) object() fyne.CanvasObject { return c.group }
func (c *actionsCell) marks() *marks             { return nil }
func (c *actionsCell) text() string              { return "" }

func (c *actionsCell) show(value Cell, x, width float32) {
	put(c.group, x, 0, width, RowHeight)
	reveal(c.group, true)
	c.shown = append(c.shown[:0], value.Actions...)
	for i, a := range c.shown {
		if i == len(c.buttons) {
			c.add(i)
		}
		reveal(c.buttons[i].icon, a.Icon != nil)
	}
	for _, b := range c.buttons[len(c.shown):] {
		reveal(b.icon, false)
		reveal(b.back, false)
	}
	c.hover(-1)
}

// add makes another button.
func (c *actionsCell) add(i int) {
	at := buttonAt(i)
	back := canvas.NewRectangle(c.view.look.hover)
	back.CornerRadius = 5
	back.Hide()
	put(back, at.X, at.Y, buttonSize, buttonSize)
	icon := &canvas.Image{FillMode: canvas.ImageFillContain}
	const inset = (buttonSize - iconSize) / 2
	put(icon, at.X+inset, at.Y+inset, iconSize, iconSize)
	c.buttons = append(c.buttons, button{back: back, icon: icon})
	c.group.Objects = append(c.group.Objects, back, icon)
}

// hover draws the button of that number as the one under the pointer; -1 for none.
func (c *actionsCell) hover(i int) {
	for j, b := range c.buttons {
		over := i == j && j < len(c.shown)
		reveal(b.back, over)
		if j >= len(c.shown) {
			continue
		}
		icon := c.shown[j].Icon
		if over && c.shown[j].Over != nil {
			icon = c.shown[j].Over
		}
		if b.icon.Resource != icon {
			b.icon.Resource = icon
			b.icon.Refresh()
		}
	}
}

func (c *actionsCell) forget() {
	clear(c.shown)
	c.shown = c.shown[:0]
	reveal(c.group, false)
}

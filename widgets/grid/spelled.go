package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Spelled is what the pictures of the header and of the rows on screen show, as
// objects on the grid: for tests, which can't read pictures. They are new each
// time, and not part of the grid.
func (g *Grid) Spelled() []fyne.CanvasObject {
	if g.view == nil {
		return nil
	}
	shown := []fyne.CanvasObject{g.view.header.picture.spelled()}
	for _, s := range g.view.slots {
		if s.row >= 0 {
			row := s.picture.spelled()
			row.Move(fyne.NewPos(0, g.rowTop(s.row)))
			shown = append(shown, row)
		}
	}
	return shown
}

// spelled is the picture in objects.
func (p *picture) spelled() *fyne.Container {
	group := newGroup()
	put(group, 0, 0, p.raster.Size().Width, p.raster.Size().Height)
	add := func(m marks, dx float32) {
		for _, b := range m.boxes {
			o := canvas.NewRectangle(b.fill)
			o.CornerRadius = b.radius
			put(o, b.x+dx, b.top, b.width, b.height)
			group.Add(o)
		}
		for _, t := range m.texts {
			o := canvas.NewText(t.text, t.ink)
			o.TextSize, o.TextStyle = t.letters.size, t.letters.style
			put(o, t.x+dx, t.top, t.letters.width(t.text), t.letters.height)
			group.Add(o)
		}
	}
	add(p.scrolled, p.pinWidth-p.scrollX)
	add(p.pinned, 0)
	return group
}

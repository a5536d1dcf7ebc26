package customers

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/look"
	"lethe/widgets/paint"
)

// pill is a short text on a rounded ground: the badge, a tag.
type pill struct {
	widget.BaseWidget

	text   string
	widest string  // what it must have room for, "" for what it says
	most   float32 // widest that it gets; a longer text is cut
}

const (
	pillHeight float32 = 24
	pillPad    float32 = 9
	pillMost   float32 = 300
)

func newPill(text string) *pill {
	p := &pill{text: text, most: pillMost}
	p.ExtendBaseWidget(p)
	return p
}

func (p *pill) set(text string) {
	if p.text != text {
		p.text = text
		p.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (p *pill) CreateRenderer() fyne.WidgetRenderer {
	back, text := canvas.NewRectangle(nil), &paint.Text{}
	back.CornerRadius = pillHeight / 2
	return paint.New(paint.Renderer{
		Widget: p,
		Parts:  []fyne.CanvasObject{back, &text.Text},
		Min: func() fyne.Size {
			room := fyne.MeasureText(p.widest, text.TextSize, text.TextStyle).Width
			return fyne.NewSize(min(max(text.Width(), room)+2*pillPad, p.most), pillHeight)
		},
		Update: func() {
			back.FillColor = theme.ColorForWidget(look.ColorChip, p)
			text.Full = p.text
			text.Style(p, theme.ColorNameForeground, theme.SizeNameCaptionText)
		},
		Arrange: func(size fyne.Size) {
			wide := min(text.Width()+2*pillPad, size.Width)
			back.Resize(fyne.NewSize(wide, pillHeight))
			back.Move(fyne.NewPos(0, (size.Height-pillHeight)/2))
			text.Place(pillPad, 0, wide-2*pillPad, size.Height)
		},
	})
}

package codeentry

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"lethe/widgets/paint"
)

const (
	boxWidth  float32 = 40
	boxHeight float32 = 48
	boxGap    float32 = 8
	halfGap   float32 = 20 // between the third and the fourth, as apps show codes
)

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	var boxes [Digits]*canvas.Rectangle
	var texts [Digits]*canvas.Text
	caret := canvas.NewRectangle(nil)
	parts := make([]fyne.CanvasObject, 0, 2*Digits+1)
	for i := range Digits {
		boxes[i] = canvas.NewRectangle(nil)
		boxes[i].CornerRadius = 6
		texts[i] = canvas.NewText("", nil)
		texts[i].Alignment = fyne.TextAlignCenter
		texts[i].TextStyle.Monospace = true
		parts = append(parts, boxes[i], texts[i])
	}
	return paint.New(paint.Renderer{
		Widget: f,
		Parts:  append(parts, caret),
		Min:    func() fyne.Size { return fyne.NewSize(left(Digits-1)+boxWidth, boxHeight) },
		Update: func() {
			for i := range Digits {
				edge, stroke := theme.ColorNamePlaceHolder, float32(1)
				switch {
				case f.Disabled():
					edge = theme.ColorNameDisabled
				case f.invalid:
					edge, stroke = theme.ColorNameError, 2
				case f.focused:
					edge = theme.ColorNamePrimary
					if i == min(len(f.code), Digits-1) {
						stroke = 2
					}
				}
				boxes[i].FillColor = theme.ColorForWidget(theme.ColorNameInputBackground, f)
				boxes[i].StrokeColor, boxes[i].StrokeWidth = theme.ColorForWidget(edge, f), stroke
				texts[i].Text = ""
				if i < len(f.code) {
					texts[i].Text = f.code[i : i+1]
				}
				ink := theme.ColorNameForeground
				if f.Disabled() {
					ink = theme.ColorNamePlaceHolder
				}
				texts[i].Color = theme.ColorForWidget(ink, f)
				texts[i].TextSize = theme.SizeForWidget(theme.SizeNameHeadingText, f)
			}
			caret.FillColor = theme.ColorForWidget(theme.ColorNamePrimary, f)
			caret.Hidden = !f.focused || f.Disabled() || len(f.code) == Digits
		},
		Arrange: func(size fyne.Size) {
			top := (size.Height - boxHeight) / 2
			for i := range Digits {
				boxes[i].Move(fyne.NewPos(left(i), top))
				boxes[i].Resize(fyne.NewSize(boxWidth, boxHeight))
				line := texts[i].MinSize().Height
				texts[i].Move(fyne.NewPos(left(i), top+(boxHeight-line)/2))
				texts[i].Resize(fyne.NewSize(boxWidth, line))
			}
			caret.Move(fyne.NewPos(left(min(len(f.code), Digits-1))+boxWidth/2-1, top+14))
			caret.Resize(fyne.NewSize(2, boxHeight-28))
		},
	})
}

// left is where the box of digit i begins.
func left(i int) float32 {
	x := float32(i) * (boxWidth + boxGap)
	if i >= Digits/2 {
		x += halfGap - boxGap
	}
	return x
}

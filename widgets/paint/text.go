package paint

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Ellipsis ends a text that was cut.
const Ellipsis = "…"

// Fit returns text, cut and ended with an Ellipsis where it is wider than width.
// It cuts before a letter, never between a letter and its marks. Where not even
// one letter fits it returns "".
func Fit(text string, width, size float32, style fyne.TextStyle) string {
	if width <= 0 || text == "" {
		return ""
	}
	if fyne.MeasureText(text, size, style).Width <= width {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)-1 // runes[:low] fits, or nothing does
	for low < high {
		middle := (low + high + 1) / 2
		if fyne.MeasureText(string(runes[:middle])+Ellipsis, size, style).Width <= width {
			low = middle
		} else {
			high = middle - 1
		}
	}
	for low > 0 && unicode.In(runes[low], unicode.Mn, unicode.Mc, unicode.Join_Control) {
		low--
	}
	if low == 0 {
		return ""
	}
	return string(runes[:low]) + Ellipsis
}

// Text is a line of text on a canvas that is cut to the width it is given.
type Text struct {
	canvas.Text        // draw this; set its style and alignment directly
	Full        string // what is to be said
}

// Style sets colour and size from the widget's theme.
func (t *Text) Style(w fyne.Widget, colour fyne.ThemeColorName, size fyne.ThemeSizeName) {
	t.Color = theme.ColorForWidget(colour, w)
	t.TextSize = theme.SizeForWidget(size, w)
}

// Width is what the full text needs.
func (t *Text) Width() float32 {
	return fyne.MeasureText(t.Full, t.TextSize, t.TextStyle).Width
}

// Place puts the text, cut to width, at x and in the middle of the height from y on.
func (t *Text) Place(x, y, width, height float32) {
	t.Text.Text = Fit(t.Full, width, t.TextSize, t.TextStyle)
	line := t.MinSize().Height
	t.Resize(fyne.NewSize(max(width, 0), line))
	t.Move(fyne.NewPos(x, y+(height-line)/2))
}

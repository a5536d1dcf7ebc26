// Package initials draws a person's initials in a disc.
package initials

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/widgets/paint"
)

// Of returns the initials of a name: the first letter, with its marks, of the
// first and of the last word, in capitals. No word, no initials.
func Of(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	switch len(words) {
	case 0:
		return ""
	case 1:
		return first(words[0])
	}
	return first(words[0]) + first(words[len(words)-1])
}

// first is a word's first letter as it is read: with its marks, and in the scripts of
// India with the letters that a virama joins to it.
func first(word string) string {
	runes := []rune(word)
	end := 1
	for end < len(runes) && (unicode.IsMark(runes[end]) || joins(runes[end-1])) {
		end++
	}
	return strings.ToUpper(string(runes[:end]))
}

// joins tells a virama, which stands at the same place in each of the Unicode blocks
// from Devanagari to Malayalam.
func joins(r rune) bool { return r >= 0x0900 && r < 0x0D80 && r&0x7F == 0x4D }

// Badge is the disc. It takes neither taps nor the focus.
type Badge struct {
	widget.BaseWidget

	name string
	side float32
}

// New makes a disc of the given diameter for a person's name.
func New(name string, side float32) *Badge {
	b := &Badge{name: name, side: side}
	b.ExtendBaseWidget(b)
	return b
}

// SetName shows another person.
func (b *Badge) SetName(name string) {
	if b.name != name {
		b.name = name
		b.Refresh()
	}
}

// Text is what stands in the disc.
func (b *Badge) Text() string { return Of(b.name) }

// CreateRenderer implements fyne.Widget.
func (b *Badge) CreateRenderer() fyne.WidgetRenderer {
	disc := canvas.NewCircle(nil)
	text := canvas.NewText("", nil)
	text.Alignment = fyne.TextAlignCenter
	text.TextStyle.Bold = true
	return paint.New(paint.Renderer{
		Widget: b,
		Parts:  []fyne.CanvasObject{disc, text},
		Min:    func() fyne.Size { return fyne.NewSquareSize(b.side) },
		Update: func() {
			disc.FillColor = theme.ColorForWidget(theme.ColorNamePrimary, b)
			text.Color = theme.ColorForWidget(theme.ColorNameForegroundOnPrimary, b)
			text.Text = Of(b.name)
			text.TextSize = b.side * 0.38
		},
		Arrange: func(size fyne.Size) {
			at := fyne.NewPos((size.Width-b.side)/2, (size.Height-b.side)/2)
			disc.Move(at)
			disc.Resize(fyne.NewSquareSize(b.side))
			line := text.MinSize().Height
			text.Move(at.AddXY(0, (b.side-line)/2))
			text.Resize(fyne.NewSize(b.side, line))
		},
	})
}

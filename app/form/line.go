package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Line is a small text in a colour of the theme, wrapped to its width.
type Line struct {
	segment *widget.TextSegment
	text    *widget.RichText
}

// NewLine makes a line of the smaller size.
func NewLine(text string, colour fyne.ThemeColorName) *Line {
	return newLine(text, colour, theme.SizeNameCaptionText)
}

// NewHeading makes a heading.
func NewHeading(text string) *Line {
	l := newLine(text, theme.ColorNameForeground, theme.SizeNameHeadingText)
	l.segment.Style.TextStyle.Bold = true
	return l
}

// NewText makes a paragraph of the usual size.
func NewText(text string) *Line {
	return newLine(text, theme.ColorNameForeground, theme.SizeNameText)
}

func newLine(text string, colour fyne.ThemeColorName, size fyne.ThemeSizeName) *Line {
	segment := &widget.TextSegment{Text: text, Style: widget.RichTextStyle{ColorName: colour, SizeName: size}}
	l := &Line{segment: segment, text: widget.NewRichText(segment)}
	l.text.Wrapping = fyne.TextWrapWord
	return l
}

// Object is what stands in the window.
func (l *Line) Object() fyne.CanvasObject { return l.text }

// Text is what the line says.
func (l *Line) Text() string { return l.segment.Text }

// SetVisible shows the line or takes its room away.
func (l *Line) SetVisible(on bool) {
	if on {
		l.text.Show()
	} else {
		l.text.Hide()
	}
}

// Colour is the name of its colour.
func (l *Line) Colour() fyne.ThemeColorName { return l.segment.Style.ColorName }

// Set changes text and colour.
func (l *Line) Set(text string, colour fyne.ThemeColorName) {
	if l.segment.Text == text && l.Colour() == colour {
		return
	}
	l.segment.Text, l.segment.Style.ColorName = text, colour
	l.text.Refresh()
}

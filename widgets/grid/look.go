package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/widgets/lettering"
)

// look is what the theme says, read once for each refresh.
type look struct {
	text, muted, primary, onPrimary color.Color
	border, separator               color.Color
	header, hover, selection        color.Color
	chip, bar, track, bubble        color.Color

	size, small   float32 // of text
	regular, bold *lettering.Font
}

// newLook reads the grid's theme.
func newLook(g *Grid) look {
	th := g.Theme()
	variant := fyne.CurrentApp().Settings().ThemeVariant()
	named := func(name fyne.ThemeColorName) color.Color { return th.Color(name, variant) }
	return look{
		text:      named(theme.ColorNameForeground),
		muted:     named(theme.ColorNamePlaceHolder),
		primary:   named(theme.ColorNamePrimary),
		onPrimary: named(theme.ColorNameForegroundOnPrimary),
		border:    named(theme.ColorNameInputBorder),
		separator: named(theme.ColorNameSeparator),
		header:    named(theme.ColorNameHeaderBackground),
		hover:     named(theme.ColorNameHover),
		selection: named(theme.ColorNameSelection),
		chip:      named(theme.ColorNameButton),
		bar:       named(theme.ColorNameScrollBar),
		track:     named(theme.ColorNameScrollBarBackground),
		bubble:    named(theme.ColorNameOverlayBackground),
		size:      th.Size(theme.SizeNameText),
		small:     th.Size(theme.SizeNameCaptionText),
		regular:   lettering.Of(th.Font(fyne.TextStyle{})),
		bold:      lettering.Of(th.Font(fyne.TextStyle{Bold: true})),
	}
}

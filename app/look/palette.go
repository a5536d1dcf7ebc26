package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colours that Fyne has no name for. Danger is Fyne's error colour, by the
// name of what it is for here.
const (
	ColorDanger = theme.ColorNameError
	// ColorMuted is for text of second rank: labels, counts, hints.
	ColorMuted fyne.ThemeColorName = "letheMuted"
	// ColorRail and ColorRailSelected are behind the rail and its item.
	ColorRail         fyne.ThemeColorName = "letheRail"
	ColorRailSelected fyne.ThemeColorName = "letheRailSelected"
	// ColorStripSelected is the green bar over the grid, with the text on it.
	ColorStripSelected   fyne.ThemeColorName = "letheStripSelected"
	ColorOnStripSelected fyne.ThemeColorName = "letheOnStripSelected"
	// ColorDemoStrip is the strip over sample data, with the text on it.
	ColorDemoStrip   fyne.ThemeColorName = "letheDemoStrip"
	ColorOnDemoStrip fyne.ThemeColorName = "letheOnDemoStrip"
	// ColorRowSelected and ColorRowHover are behind rows of the grid,
	// ColorRowFocus is the frame of the row in focus.
	ColorRowSelected fyne.ThemeColorName = "letheRowSelected"
	ColorRowHover    fyne.ThemeColorName = "letheRowHover"
	ColorRowFocus    fyne.ThemeColorName = "letheRowFocus"
	// ColorChip is behind a chip, ColorPanel behind a sidebar or a panel.
	ColorChip  fyne.ThemeColorName = "letheChip"
	ColorPanel fyne.ThemeColorName = "lethePanel"
)

type palette map[fyne.ThemeColorName]color.NRGBA

func rgb(hex uint32) color.NRGBA { return rgba(hex, 0xFF) }

func rgba(hex uint32, alpha uint8) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: alpha}
}

func lightPalette() palette {
	return palette{
		theme.ColorNameBackground:          rgb(0xFBFCFC),
		theme.ColorNameForeground:          rgb(0x1A2426),
		theme.ColorNamePrimary:             rgb(0x0B6272),
		theme.ColorNameForegroundOnPrimary: rgb(0xFFFFFF),
		theme.ColorNameHyperlink:           rgb(0x0B6272),
		theme.ColorNameButton:              rgb(0xE6ECED),
		theme.ColorNameDisabledButton:      rgb(0xEFF2F2),
		theme.ColorNameDisabled:            rgb(0x8A9699),
		theme.ColorNamePlaceHolder:         rgb(0x525F63),
		theme.ColorNameInputBackground:     rgb(0xFFFFFF),
		theme.ColorNameInputBorder:         rgb(0x87959A),
		theme.ColorNameMenuBackground:      rgb(0xFFFFFF),
		theme.ColorNameOverlayBackground:   rgb(0xFFFFFF),
		theme.ColorNameHeaderBackground:    rgb(0xF0F4F4),
		theme.ColorNameSeparator:           rgb(0xDDE4E5),
		theme.ColorNameHover:               rgba(0x0B6272, 0x14),
		theme.ColorNamePressed:             rgba(0x0B6272, 0x2E),
		theme.ColorNameFocus:               rgba(0x0B6272, 0x4D),
		theme.ColorNameSelection:           rgb(0xC6E1E6),
		theme.ColorNameShadow:              rgba(0x10202A, 0x40),
		theme.ColorNameScrollBar:           rgba(0x33474C, 0x99),
		theme.ColorNameError:               rgb(0xB3261E),
		theme.ColorNameForegroundOnError:   rgb(0xFFFFFF),
		theme.ColorNameSuccess:             rgb(0x1A7349),
		theme.ColorNameForegroundOnSuccess: rgb(0xFFFFFF),
		theme.ColorNameWarning:             rgb(0x8A5300),
		theme.ColorNameForegroundOnWarning: rgb(0xFFFFFF),

		ColorMuted:           rgb(0x556368),
		ColorRail:            rgb(0xEDF2F2),
		ColorRailSelected:    rgb(0xCFE3E6),
		ColorStripSelected:   rgb(0x1A7349),
		ColorOnStripSelected: rgb(0xFFFFFF),
		ColorDemoStrip:       rgb(0xFFF0C9),
		ColorOnDemoStrip:     rgb(0x4A3600),
		ColorRowSelected:     rgb(0xE0F2E8),
		ColorRowHover:        rgb(0xF0F5F5),
		ColorRowFocus:        rgb(0x0B6272),
		ColorChip:            rgb(0xE1ECEE),
		ColorPanel:           rgb(0xF5F8F8),
	}
}

func darkPalette() palette {
	return palette{
		theme.ColorNameBackground:          rgb(0x14191B),
		theme.ColorNameForeground:          rgb(0xE3EAEB),
		theme.ColorNamePrimary:             rgb(0x63C2D2),
		theme.ColorNameForegroundOnPrimary: rgb(0x06262C),
		theme.ColorNameHyperlink:           rgb(0x63C2D2),
		theme.ColorNameButton:              rgb(0x2A3336),
		theme.ColorNameDisabledButton:      rgb(0x20272A),
		theme.ColorNameDisabled:            rgb(0x6D7A7E),
		theme.ColorNamePlaceHolder:         rgb(0xA8B5B9),
		theme.ColorNameInputBackground:     rgb(0x1D2427),
		theme.ColorNameInputBorder:         rgb(0x6D7D82),
		theme.ColorNameMenuBackground:      rgb(0x222A2D),
		theme.ColorNameOverlayBackground:   rgb(0x1E2528),
		theme.ColorNameHeaderBackground:    rgb(0x1B2224),
		theme.ColorNameSeparator:           rgb(0x2F393C),
		theme.ColorNameHover:               rgba(0x63C2D2, 0x1A),
		theme.ColorNamePressed:             rgba(0x63C2D2, 0x38),
		theme.ColorNameFocus:               rgba(0x63C2D2, 0x55),
		theme.ColorNameSelection:           rgb(0x1F4A53),
		theme.ColorNameShadow:              rgba(0x000000, 0x80),
		theme.ColorNameScrollBar:           rgba(0xB6C6CA, 0x99),
		theme.ColorNameError:               rgb(0xFF8F85),
		theme.ColorNameForegroundOnError:   rgb(0x3A0603),
		theme.ColorNameSuccess:             rgb(0x6FCF9B),
		theme.ColorNameForegroundOnSuccess: rgb(0x05291A),
		theme.ColorNameWarning:             rgb(0xEBBB62),
		theme.ColorNameForegroundOnWarning: rgb(0x2E1E00),

		ColorMuted:           rgb(0x9BA9AD),
		ColorRail:            rgb(0x0F1416),
		ColorRailSelected:    rgb(0x20414A),
		ColorStripSelected:   rgb(0x1A6B46),
		ColorOnStripSelected: rgb(0xFFFFFF),
		ColorDemoStrip:       rgb(0x3A2F10),
		ColorOnDemoStrip:     rgb(0xFFE3A1),
		ColorRowSelected:     rgb(0x1B3A2C),
		ColorRowHover:        rgb(0x1F282B),
		ColorRowFocus:        rgb(0x63C2D2),
		ColorChip:            rgb(0x27363A),
		ColorPanel:           rgb(0x181E20),
	}
}

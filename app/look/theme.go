// Package look is how Lethe looks: calm, dense, one accent. Red is for what
// destroys, green for what is selected.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Variant is the person's choice between light and dark.
type Variant string

// The choices. System follows the desktop.
const (
	System Variant = "system"
	Light  Variant = "light"
	Dark   Variant = "dark"
)

// Variants lists the choices in the order of the setting.
func Variants() []Variant { return []Variant{System, Light, Dark} }

// VariantNamed is the choice that was stored as name; Light for any other: a
// desktop that says nothing would count as dark.
func VariantNamed(name string) Variant {
	switch v := Variant(name); v {
	case System, Dark:
		return v
	}
	return Light
}

// Theme is Lethe's theme. It is immutable: to change the variant, set another.
type Theme struct {
	variant Variant
	base    fyne.Theme
}

var _ fyne.Theme = (*Theme)(nil)

// New makes the theme for a choice.
func New(v Variant) *Theme {
	return &Theme{variant: v, base: theme.DefaultTheme()}
}

// Color is the colour of a name, Fyne's or one of this package's.
func (t *Theme) Color(name fyne.ThemeColorName, desktop fyne.ThemeVariant) color.Color {
	dark := t.variant == Dark || t.variant == System && desktop == theme.VariantDark
	p := lightPalette()
	as := theme.VariantLight
	if dark {
		p, as = darkPalette(), theme.VariantDark
	}
	if c, ok := p[name]; ok {
		return c
	}
	return t.base.Color(name, as)
}

// Font is Fyne's own.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return t.base.Font(style) }

// Icon is Fyne's own.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }

// Size is denser than Fyne's. A modal's blur is off: it is slow where the
// graphics are drawn by software.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 13
	case theme.SizeNameCaptionText:
		return 12
	case theme.SizeNameSubHeadingText:
		return 15
	case theme.SizeNameHeadingText:
		return 20
	case theme.SizeNameInnerPadding:
		return 6
	case theme.SizeNameInlineIcon:
		return 18
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameSelectionRadius:
		return 4
	case theme.SizeNameModalBlurRadius:
		return 0
	}
	return t.base.Size(name)
}

package look_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/app/look"
)

// luminance is the relative luminance of WCAG 2.1.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	part := func(v uint32) float64 {
		s := float64(v) / 0xFFFF
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(r) + 0.7152*part(g) + 0.0722*part(b)
}

// contrast is the contrast ratio of WCAG 2.1.
func contrast(a, b color.Color) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func TestContrast(t *testing.T) {
	if got := contrast(color.White, color.Black); math.Abs(got-21) > 0.01 {
		t.Fatalf("white on black: %.2f", got)
	}
	type pair struct {
		text, on fyne.ThemeColorName
		least    float64
	}
	pairs := []pair{
		{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, 4.5},
		{theme.ColorNameForegroundOnError, theme.ColorNameError, 4.5},
		{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess, 4.5},
		{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning, 4.5},
		{theme.ColorNameForeground, theme.ColorNameSelection, 4.5},
		{theme.ColorNameForeground, theme.ColorNameButton, 4.5},
		{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground, 4.5},
		{theme.ColorNameForeground, look.ColorChip, 4.5},
		{theme.ColorNameForeground, look.ColorRailSelected, 4.5},
		{theme.ColorNamePrimary, look.ColorRailSelected, 4.5},
		{look.ColorOnStripSelected, look.ColorStripSelected, 4.5},
		{look.ColorOnDemoStrip, look.ColorDemoStrip, 4.5},
		{theme.ColorNameError, look.ColorRowSelected, 4.5},
		// What isn't text: WCAG 2.1, 1.4.11.
		{theme.ColorNameInputBorder, theme.ColorNameInputBackground, 3},
		{look.ColorRowFocus, look.ColorRowSelected, 3},
		{theme.ColorNameDisabled, theme.ColorNameBackground, 2.8},
	}
	grounds := []fyne.ThemeColorName{
		theme.ColorNameBackground, theme.ColorNameInputBackground, theme.ColorNameOverlayBackground,
		theme.ColorNameMenuBackground, theme.ColorNameHeaderBackground,
		look.ColorRail, look.ColorPanel, look.ColorRowSelected, look.ColorRowHover,
	}
	for _, on := range grounds {
		for _, text := range []fyne.ThemeColorName{
			theme.ColorNameForeground, look.ColorMuted, theme.ColorNamePrimary, theme.ColorNameError,
		} {
			pairs = append(pairs, pair{text, on, 4.5})
		}
	}
	for _, v := range []look.Variant{look.Light, look.Dark} {
		th := look.New(v)
		for _, p := range pairs {
			got := contrast(th.Color(p.text, 0), th.Color(p.on, 0))
			if got < p.least {
				t.Errorf("%s: %s on %s: %.2f, want %.1f", v, p.text, p.on, got, p.least)
			}
		}
	}
}

func TestVariants(t *testing.T) {
	ground := func(v look.Variant, desktop fyne.ThemeVariant) float64 {
		return luminance(look.New(v).Color(theme.ColorNameBackground, desktop))
	}
	for _, c := range []struct {
		v       look.Variant
		desktop fyne.ThemeVariant
		dark    bool
	}{
		{look.System, theme.VariantLight, false},
		{look.System, theme.VariantDark, true},
		{look.Light, theme.VariantDark, false},
		{look.Dark, theme.VariantLight, true},
	} {
		if dark := ground(c.v, c.desktop) < 0.5; dark != c.dark {
			t.Errorf("%s on a desktop of variant %d: dark %v", c.v, c.desktop, dark)
		}
	}
	for _, v := range look.Variants() {
		if look.VariantNamed(string(v)) != v {
			t.Errorf("%s isn't found by its name", v)
		}
	}
	if look.VariantNamed("purple") != look.Light {
		t.Error("an unknown choice isn't Light")
	}
	if look.New(look.System).Size(theme.SizeNameModalBlurRadius) != 0 {
		t.Error("dialogs blur what is behind them")
	}
}

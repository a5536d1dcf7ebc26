package desktest

import (
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// Pairs are the colours of every text in the window, each with what lies under
// it, with their contrast by WCAG 2.1 and one text for which it counts. What is
// disabled is left out, as WCAG does.
func Pairs(w fyne.Window) []Pair {
	p := &palette{seen: map[string]Pair{}}
	p.paint(area{color.NRGBAModel.Convert(theme.Color(theme.ColorNameBackground)).(color.NRGBA), fyne.Position{}, w.Canvas().Size()})
	p.see(w.Content(), fyne.Position{})
	for _, o := range w.Canvas().Overlays().List() {
		p.see(o, fyne.Position{})
	}
	out := make([]Pair, 0, len(p.seen))
	for _, pair := range p.seen {
		out = append(out, pair)
	}
	slices.SortFunc(out, func(a, b Pair) int { return strings.Compare(a.String(), b.String()) })
	return out
}

// Pair is a colour of text on a ground.
type Pair struct {
	Text, Ground color.NRGBA
	Contrast     float64
	Example      string
}

// String tells the colours in hexadecimal.
func (p Pair) String() string {
	return fmt.Sprintf("#%02x%02x%02x on #%02x%02x%02x: %.2f (%q)",
		p.Text.R, p.Text.G, p.Text.B, p.Ground.R, p.Ground.G, p.Ground.B, p.Contrast, p.Example)
}

type area struct {
	colour color.NRGBA
	at     fyne.Position
	size   fyne.Size
}

type palette struct {
	painted []area
	seen    map[string]Pair
}

func (p *palette) paint(a area) {
	if a.colour.A > 0 && a.size.Width > 0 && a.size.Height > 0 {
		p.painted = append(p.painted, a)
	}
}

func (p *palette) see(o fyne.CanvasObject, parent fyne.Position) {
	if o == nil || !o.Visible() {
		return
	}
	at := parent.Add(o.Position())
	switch o := o.(type) {
	case *canvas.Rectangle:
		if o.FillColor != nil {
			p.paint(area{color.NRGBAModel.Convert(o.FillColor).(color.NRGBA), at, o.Size()})
		}
	case *canvas.Circle:
		if o.FillColor != nil {
			p.paint(area{color.NRGBAModel.Convert(o.FillColor).(color.NRGBA), at, o.Size()})
		}
	case *canvas.Text:
		p.text(o, at)
	case *fyne.Container:
		for _, c := range o.Objects {
			p.see(c, at)
		}
	case fyne.Widget:
		if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
			return
		}
		for _, c := range drawn(o) {
			p.see(c, at)
		}
	}
}

func (p *palette) text(t *canvas.Text, at fyne.Position) {
	if strings.TrimSpace(t.Text) == "" || t.Color == nil {
		return
	}
	// Where the text itself stands, whatever room it has.
	need := t.MinSize()
	x, y := at.X+min(need.Width, t.Size().Width)/2, at.Y+max(t.Size().Height, need.Height)/2
	switch t.Alignment {
	case fyne.TextAlignCenter:
		x = at.X + t.Size().Width/2
	case fyne.TextAlignTrailing:
		x = at.X + t.Size().Width - need.Width/2
	}
	ground, found := color.NRGBA{A: 0xff}, false
	for _, a := range p.painted {
		if x >= a.at.X && x < a.at.X+a.size.Width && y >= a.at.Y && y < a.at.Y+a.size.Height {
			ground, found = over(a.colour, ground), true
		}
	}
	if !found {
		return // beyond the window's edge
	}
	c := over(color.NRGBAModel.Convert(t.Color).(color.NRGBA), ground)
	pair := Pair{Text: c, Ground: ground, Contrast: contrast(c, ground), Example: t.Text}
	key := fmt.Sprint(pair.Text, pair.Ground)
	if _, known := p.seen[key]; !known {
		p.seen[key] = pair
	}
}

// over is what is seen of a colour that lies over another, opaque one.
func over(top, under color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*int(top.A) + int(b)*(255-int(top.A)) + 127) / 255) }
	return color.NRGBA{mix(top.R, under.R), mix(top.G, under.G), mix(top.B, under.B), 0xff}
}

// contrast is the contrast ratio of WCAG 2.1.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

package certificate

import (
	"bytes"
	"image"
	"image/color"
	"math"
	"sort"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// dpi is how finely lines are drawn, room what is left around them for what
// reaches over the edge.
const (
	dpi  = 400
	room = 6
)

// typesetter shapes and draws lines of any script. Not for two goroutines.
type typesetter struct {
	regular, bold *font.Face
	system        *fontscan.FontMap // nil before the first line that needs it
	shaper        shaping.HarfbuzzShaper
	segments      shaping.Segmenter
	wrapper       shaping.LineWrapper
}

func newTypesetter(f Fonts) (*typesetter, error) {
	regular, err := font.ParseTTF(bytes.NewReader(f.Regular))
	if err != nil {
		return nil, err
	}
	bold, err := font.ParseTTF(bytes.NewReader(f.Bold))
	if err != nil {
		return nil, err
	}
	return &typesetter{regular: regular, bold: bold}, nil
}

// writes tells whether the fonts have every letter of a text, and none needs
// shaping.
func (t *typesetter) writes(text string) bool {
	for _, r := range text {
		_, regular := t.regular.NominalGlyph(r)
		_, bold := t.bold.NominalGlyph(r)
		if !regular || !bold || complexScript(r) {
			return false
		}
	}
	return true
}

// complexScript tells letters that have to be shaped or run from right to left,
// whatever the font has.
func complexScript(r rune) bool {
	switch language.LookupScript(r) {
	case language.Latin, language.Greek, language.Cyrillic, language.Common:
		return false
	case language.Inherited:
		return true
	}
	return true
}

type silent struct{}

func (silent) Printf(string, ...any) {}

// faces finds the font for each letter: ours where it has it, else one of the
// system.
type faces struct {
	own    *font.Face
	bold   bool
	system *fontscan.FontMap
}

// SetScript implements shaping.FontmapScript.
func (f *faces) SetScript(s language.Script) {
	if f.system != nil {
		f.system.SetScript(s)
	}
}

// ResolveFace implements shaping.Fontmap.
func (f *faces) ResolveFace(r rune) *font.Face {
	if _, ok := f.own.NominalGlyph(r); ok || f.system == nil {
		return f.own
	}
	if face := f.system.ResolveFace(r); face != nil {
		return face
	}
	return f.own
}

func (t *typesetter) faces(bold bool) *faces {
	if t.system == nil {
		t.system = fontscan.NewFontMap(silent{})
		if t.system.UseSystemFonts("") != nil {
			t.system = fontscan.NewFontMap(silent{}) // none: what is missing is drawn as a box
		}
	}
	aspect := font.Aspect{Style: font.StyleNormal, Weight: font.WeightNormal}
	own := t.regular
	if bold {
		own, aspect.Weight = t.bold, font.WeightBold
	}
	t.system.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}, Aspect: aspect})
	return &faces{own, bold, t.system}
}

// shape lays a line out at size pixels, its runs in the order in which they
// stand.
func (t *typesetter) shape(text string, size float64, bold bool) shaping.Line {
	runes := []rune(text)
	in := shaping.Input{
		Text: runes, RunEnd: len(runes), Direction: di.DirectionLTR, Face: t.regular,
		Size: fixed.Int26_6(size * 64), Language: language.NewLanguage("en"),
	}
	var out shaping.Line
	for _, run := range t.segments.Split(in, t.faces(bold)) {
		out = append(out, t.shaper.Shape(run))
	}
	t.wrapper.Prepare(shaping.WrapConfig{Direction: di.DirectionLTR}, runes, shaping.NewSliceIterator(out))
	wrapped, _ := t.wrapper.WrapNextLine(math.MaxInt)
	ordered := wrapped.Line
	sort.SliceStable(ordered, func(i, j int) bool { return ordered[i].VisualIndex < ordered[j].VisualIndex })
	return ordered
}

// width is how wide a text is, in millimetres, at a size in points.
func (t *typesetter) width(text string, points float64, bold bool) float64 {
	var w fixed.Int26_6
	for _, run := range t.shape(text, points*dpi/72, bold) {
		w += run.Advance
	}
	return float64(w) / 64 * 25.4 / dpi
}

// draw draws a line on nothing, so that what hangs below it isn't covered by the
// next one, and answers where in the image its base line is.
func (t *typesetter) draw(text string, points float64, bold bool, c colour) (img image.Image, ascent int) {
	size := points * dpi / 72
	runs := t.shape(text, size, bold)
	var width fixed.Int26_6
	up, down := 0, 0
	for i := range runs {
		width += runs[i].Advance
		up = max(up, runs[i].LineBounds.Ascent.Ceil(), runs[i].GlyphBounds.Ascent.Ceil())
		down = max(down, -runs[i].LineBounds.Descent.Floor(), -runs[i].GlyphBounds.Descent.Floor())
	}
	sheet := image.NewRGBA(image.Rect(0, 0, width.Ceil()+2*room, up+down+2*room))
	r := &render.Renderer{FontSize: float32(size), PixScale: 1, Color: color.RGBA{uint8(c.r), uint8(c.g), uint8(c.b), 255}}
	x := room
	for _, run := range runs {
		x = r.DrawShapedRunAt(run, sheet, x, up+room)
	}
	return sheet, up + room
}

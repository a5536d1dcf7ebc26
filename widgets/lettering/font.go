package lettering

import (
	"bytes"

	"fyne.io/fyne/v2"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// Font is what letters are drawn with. Make it with [Of].
type Font struct {
	face   *font.Face // nil where the resource is no font: then nothing is known
	shaper shaping.HarfbuzzShaper
	known  map[rune]bool
	masks  map[glyphKey]mask
	masked int // bytes
}

var fonts = map[fyne.Resource]*Font{}

// Of is the font in a resource, as a theme's Font gives it. It is read once for
// each resource.
func Of(resource fyne.Resource) *Font {
	f := fonts[resource]
	if f == nil {
		f = &Font{known: map[rune]bool{}, masks: map[glyphKey]mask{}}
		if resource != nil {
			if face, err := font.ParseTTF(bytes.NewReader(resource.Content())); err == nil {
				f.face = face
			}
		}
		fonts[resource] = f
	}
	return f
}

// Knows tells whether s can be drawn: each of its characters is a Latin letter
// or belongs to no script, and the font has an outline of it. The empty text is known.
func (f *Font) Knows(s string) bool {
	for _, r := range s {
		known, asked := f.known[r]
		if !asked {
			known = f.has(r)
			if len(f.known) < mostRunes {
				f.known[r] = known
			}
		}
		if !known {
			return false
		}
	}
	return true
}

// mostRunes bounds what a font remembers of characters.
const mostRunes = 4096

func (f *Font) has(r rune) bool {
	if f.face == nil || r < ' ' {
		return false
	}
	if script := language.LookupScript(r); script != language.Latin && script != language.Common {
		return false
	}
	glyph, ok := f.face.NominalGlyph(r)
	if !ok {
		return false
	}
	_, ok = f.face.GlyphData(glyph).(font.GlyphOutline)
	return ok
}

// Width is how wide s is at that size, both in the units of the window. It must
// be known.
func (f *Font) Width(s string, size float32) float32 {
	return float32(f.shape(s, size).Advance) / 64
}

// Height is that of a line at that size, in the units of the window; 0 of what
// is no font.
func (f *Font) Height(size float32) float32 {
	return float32(f.shape(" ", size).LineBounds.LineThickness()) / 64
}

// shape places the letters of s.
func (f *Font) shape(s string, size float32) shaping.Output {
	if f.face == nil || s == "" {
		return shaping.Output{}
	}
	runes := []rune(s)
	return f.shaper.Shape(shaping.Input{
		Text: runes, RunEnd: len(runes), Face: f.face, Script: language.Latin,
		Size: fixed.Int26_6(float64(size) * 64),
	})
}

package grid

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"lethe/widgets/lettering"
)

const ellipsis = "…"

// fitter cuts texts to a width. Shaping a text takes far longer than reading
// it, so a long one is cut to what can fit at all before it is measured, and
// where to cut is foretold from the widths of its characters.
type fitter struct {
	font   *lettering.Font
	size   float32
	style  fyne.TextStyle
	height float32          // of a line
	runes  map[rune]float32 // their widths
	dots   float32          // the width of the ellipsis
}

// newFitter is for texts of that size and style. The font is that of the style.
func newFitter(font *lettering.Font, size float32, style fyne.TextStyle) *fitter {
	f := &fitter{font: font, size: size, style: style, runes: map[rune]float32{}}
	if f.height = font.Height(size); f.height == 0 {
		f.height = fyne.MeasureText("Ag", size, style).Height
	}
	f.dots = f.width(ellipsis)
	return f
}

// width is how wide s is drawn.
func (f *fitter) width(s string) float32 {
	if s == "" {
		return 0
	}
	if f.font.Knows(s) {
		return f.font.Width(s, f.size)
	}
	return fyne.MeasureText(s, f.size, f.style).Width
}

// indent is how far from the left a text begins that is aligned in a width.
func (f *fitter) indent(align fyne.TextAlign, s string, width float32) float32 {
	switch align {
	case fyne.TextAlignCenter:
		return (width - f.width(s)) / 2
	case fyne.TextAlignTrailing:
		return width - f.width(s)
	case fyne.TextAlignLeading:
	}
	return 0
}

// most is more characters than a text of that width can have: the narrowest
// letter of a font is about a fifth as wide as the font is high.
func (f *fitter) most(width float32) int {
	return max(16, int(width/max(1, f.size/6))+1)
}

// fit returns s on one line, cut with an ellipsis if it is wider than width.
func (f *fitter) fit(s string, width float32) string {
	if width <= 0 || s == "" {
		return ""
	}
	most := f.most(width)
	line := oneLine(s, most+1)
	whole := utf8.RuneCountInString(line) <= most
	if whole && f.width(line) <= width {
		return line
	}
	room := width - f.dots
	if room <= 0 {
		return ""
	}
	for n := f.guess(line, room); n > 0; n-- {
		cut := strings.TrimRight(cutBefore(line, n), " ")
		if f.width(cut+ellipsis) <= width {
			return cut + ellipsis
		}
		n = min(n, utf8.RuneCountInString(cut))
	}
	return ellipsis
}

// guess is how many characters of line are about as wide as room.
func (f *fitter) guess(line string, room float32) int {
	n := 0
	for _, r := range line {
		room -= f.rune(r)
		if room < 0 {
			break
		}
		n++
	}
	return n
}

// rune is the width of one character; marks and joiners take none.
func (f *fitter) rune(r rune) float32 {
	w, ok := f.runes[r]
	if !ok {
		if joiner(r) || unicode.Is(unicode.M, r) {
			w = 0
		} else {
			w = f.width(string(r))
		}
		if len(f.runes) < maxRunes {
			f.runes[r] = w
		}
	}
	return w
}

// maxRunes bounds what a fitter remembers.
const maxRunes = 4096

// wrap returns s on one line or, where it is too wide, on two, each cut to fit.
func (f *fitter) wrap(s string, width float32) []string {
	line := oneLine(s, 4*f.most(width))
	if f.width(line) <= width {
		return []string{line}
	}
	split := 0
	for i := range len(line) {
		if line[i] == ' ' && f.width(line[:i]) <= width {
			split = i
		}
	}
	if split == 0 {
		return []string{f.fit(line, width)}
	}
	return []string{line[:split], f.fit(line[split+1:], width)}
}

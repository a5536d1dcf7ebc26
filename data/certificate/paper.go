package certificate

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"

	"codeberg.org/go-pdf/fpdf"

	"lethe/data/fold"
)

const family = "text"

// paper is a page that is filled from top to bottom.
type paper struct {
	pdf       *fpdf.Fpdf
	type_     *typesetter
	y         float64 // where the next line begins
	scale     float64 // of all sizes
	measuring bool    // nothing is drawn
	pictures  int
	err       error
}

type style struct {
	size   float64 // points
	bold   bool
	colour colour
}

// height is how high a line of this style is, in millimetres.
func (p *paper) height(s style) float64 { return s.size * p.scale * 25.4 / 72 * 1.36 }

// longest is how much of a text from outside is shown.
const longest = 400

// text writes a paragraph, wrapped to width, and moves on below it. Lines that
// the font can't write are drawn as pictures, because PDF's own text would not
// shape them: Devanagari above all.
func (p *paper) text(x, width float64, text string, s style) {
	text = fold.OneLine(text, longest)
	if text == "" || p.err != nil {
		return
	}
	weight := ""
	if s.bold {
		weight = "B"
	}
	p.pdf.SetFont(family, weight, s.size*p.scale)
	p.pdf.SetTextColor(s.colour.r, s.colour.g, s.colour.b)
	measure := p.pdf.GetStringWidth
	drawn := !p.type_.writes(text)
	if drawn {
		measure = func(t string) float64 { return p.type_.width(t, s.size*p.scale, s.bold) }
	}
	for _, l := range wrap(text, width, measure) {
		switch {
		case p.measuring:
		case drawn:
			p.picture(x, l, s)
		default:
			p.pdf.SetXY(x, p.y)
			p.pdf.CellFormat(width, p.height(s), l, "", 0, "LM", false, 0, "")
		}
		p.y += p.height(s)
	}
}

// wrap breaks a text into lines that are no wider than width, between words,
// and within words that are wider than a line.
func wrap(text string, width float64, measure func(string) float64) []string {
	var lines []string
	now := ""
	for _, word := range strings.Fields(text) {
		next := word
		if now != "" {
			next = now + " " + word
		}
		if measure(next) <= width {
			now = next
			continue
		}
		if now != "" {
			lines = append(lines, now)
		}
		now = word
		for measure(now) > width {
			head := cut(now, width, measure)
			lines = append(lines, head)
			now = now[len(head):]
		}
	}
	return append(lines, now)
}

// cut is the longest beginning of a word that fits, and at least a letter.
func cut(word string, width float64, measure func(string) float64) string {
	head := ""
	for i := range word {
		if i > 0 && measure(word[:i]) > width {
			break
		}
		if i > 0 {
			head = word[:i]
		}
	}
	if head == "" {
		return word
	}
	return head
}

// picture draws a line as an image at the place where its text would stand.
func (p *paper) picture(x float64, text string, s style) {
	img, ascent := p.type_.draw(text, s.size*p.scale, s.bold, s.colour)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		p.err = err
		return
	}
	p.pictures++
	name := fmt.Sprint("line", p.pictures)
	opt := fpdf.ImageOptions{ImageType: "PNG"}
	p.pdf.RegisterImageOptionsReader(name, opt, &b)
	const mm = 25.4 / dpi
	x -= room * mm
	// The base line stands where fpdf would put it: 0.3 of the size below the
	// middle of the line.
	base := p.y + p.height(s)/2 + 0.3*s.size*p.scale*25.4/72
	p.pdf.ImageOptions(name, x, base-float64(ascent)*mm, float64(img.Bounds().Dx())*mm, float64(img.Bounds().Dy())*mm, false, opt, 0, "")
}

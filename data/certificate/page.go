package certificate

import (
	"bytes"
	"crypto"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"lethe/data"
)

// Texts are what the page says, in the language of the window.
type Texts struct {
	Title    string
	Business string
	Lead     string // the sentence that says it all
	Rows     []Row
	NotTitle string // above what is not covered
	Not      []string
	How      string // how to check it
	Language string
}

// Row is a line with its label.
type Row struct{ Label, Text string }

// Fonts are TrueType fonts for Latin script; other scripts are drawn with those
// of the system.
type Fonts struct{ Regular, Bold []byte }

// Write makes the certificate of a deletion: one page of A4 with the JSON
// embedded, signed.
func Write(e data.Evidence, t Texts, f Fonts, signer crypto.Signer) ([]byte, error) {
	embedded, err := signJSON(ContentOf(e), signer)
	if err != nil {
		return nil, err
	}
	p, err := newPaper(f, e.Issued)
	if err != nil {
		return nil, err
	}
	p.pdf.SetTitle(t.Title+" – "+t.Business, true)
	p.pdf.SetLang(t.Language)
	p.pdf.SetAttachments([]fpdf.Attachment{{Content: embedded, Filename: "certificate.json", Description: t.Title}})
	p.draw(t)
	var b bytes.Buffer
	if err := p.pdf.Output(&b); err != nil {
		return nil, err
	}
	if p.err != nil {
		return nil, p.err
	}
	return seal(b.Bytes(), signer)
}

// Measures in millimetres, sizes in points.
const (
	paperWidth  = 210.0
	paperHeight = 297.0
	margin      = 24.0
	labelWidth  = 51.0
	rowGap      = 1.6
	textWidth   = paperWidth - 2*margin

	sizeTitle = 22.0
	sizeLead  = 12.5
	sizeText  = 10.0
	sizeSmall = 8.5
)

// colour is one of a text.
type colour struct{ r, g, b int }

var (
	ink   = colour{24, 32, 40}
	muted = colour{96, 108, 120}
	line  = colour{205, 212, 219}
	mark  = colour{15, 118, 110}
)

func newPaper(f Fonts, issued time.Time) (*paper, error) {
	draw, err := newTypesetter(f)
	if err != nil {
		return nil, err
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetMargins(margin, margin, margin)
	pdf.SetCellMargin(0)
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(issued.UTC())
	pdf.SetModificationDate(issued.UTC())
	pdf.SetProducer("Lethe", true)
	pdf.SetCreator("Lethe", true)
	pdf.AddUTF8FontFromBytes(family, "", f.Regular)
	pdf.AddUTF8FontFromBytes(family, "B", f.Bold)
	pdf.AddPage()
	if err := pdf.Error(); err != nil {
		return nil, err
	}
	return &paper{pdf: pdf, type_: draw, y: margin}, nil
}

// draw lays out the page. What would not fit is made smaller, a step at a time.
func (p *paper) draw(t Texts) {
	for _, scale := range []float64{1, 0.92, 0.85, 0.78, 0.7, 0.62} {
		p.scale = scale
		p.measuring, p.y = true, margin
		p.lay(t)
		if p.y <= paperHeight-margin+6 {
			break
		}
	}
	p.measuring, p.y = false, margin
	p.lay(t)
}

func (p *paper) lay(t Texts) {
	p.bar()
	p.text(margin, textWidth, t.Title, style{size: sizeTitle, bold: true, colour: ink})
	p.y += 1
	p.text(margin, textWidth, t.Business, style{size: sizeLead, colour: muted})
	p.y += 5
	p.text(margin, textWidth, t.Lead, style{size: sizeLead, bold: true, colour: ink})
	p.y += 5
	p.rule()
	for _, r := range t.Rows {
		top := p.y
		p.text(margin, labelWidth-4, r.Label, style{size: sizeText, colour: muted})
		after := p.y
		p.y = top
		p.text(margin+labelWidth, textWidth-labelWidth, r.Text, style{size: sizeText, colour: ink})
		p.y = max(p.y, after) + rowGap*p.scale
	}
	p.y += 2
	p.rule()
	p.text(margin, textWidth, t.NotTitle, style{size: sizeText, bold: true, colour: ink})
	p.y += 1
	for _, n := range t.Not {
		p.text(margin, 4, "–", style{size: sizeSmall, colour: muted})
		p.y -= p.height(style{size: sizeSmall})
		p.text(margin+4, textWidth-4, n, style{size: sizeSmall, colour: muted})
		p.y += 0.5
	}
	p.y += 3
	p.text(margin, textWidth, t.How, style{size: sizeSmall, colour: muted})
}

// bar is the colour at the head of the page.
func (p *paper) bar() {
	if p.measuring {
		return
	}
	p.pdf.SetFillColor(mark.r, mark.g, mark.b)
	p.pdf.Rect(0, 0, paperWidth, 4, "F")
}

// rule is a line over the page.
func (p *paper) rule() {
	if !p.measuring {
		p.pdf.SetDrawColor(line.r, line.g, line.b)
		p.pdf.SetLineWidth(0.25)
		p.pdf.Line(margin, p.y, paperWidth-margin, p.y)
	}
	p.y += 4 * p.scale
}

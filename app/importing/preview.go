package importing

import (
	"strings"

	"fyne.io/fyne/v2"

	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
	"lethe/data/transfer"
	"lethe/widgets/grid"
)

// Columns of the preview besides the fields.
const (
	lineColumn   = "line"
	customColumn = "custom."
)

// Measures of the preview.
const (
	valueLimit         = 200 // characters of a value
	valueWidth float32 = 130
	phoneWidth float32 = 180
	barHeight  float32 = 12 // for the scroll bar under the rows
)

// preview shows the first rows as they will be read.
type preview struct {
	flow   *flow
	grid   *grid.Grid
	object fyne.CanvasObject

	rows []transfer.Record
}

var _ grid.Source = (*preview)(nil)

func newPreview(f *flow) *preview {
	p := &preview{flow: f, grid: grid.New(nil)}
	p.grid.SetCheckable(false)
	p.object = fixed(fyne.NewSize(1, grid.HeaderHeight+previewRows*grid.RowHeight+barHeight), p.grid)
	return p
}

// show shows rows that were read by m.
func (p *preview) show(m transfer.Mapping, rows []transfer.Record) {
	p.rows = rows
	w := p.flow.desk.Words
	out := []grid.Column{{ID: lineColumn, Title: w.T("importing.line"), Width: 56, Fixed: true}}
	for _, field := range transfer.Fields() {
		for _, c := range m {
			if c.Use == transfer.ToField && c.Field == field {
				width := valueWidth
				if field == data.FieldPhone {
					width = phoneWidth // also for why there is none
				}
				out = append(out, grid.Column{
					ID: string(field), Title: p.flow.form.columns.fieldName(field), Width: width, Fixed: true,
				})
				break
			}
		}
	}
	for _, c := range m {
		if c.Use == transfer.ToCustom {
			out = append(out, grid.Column{
				ID: customColumn + c.Heading, Title: fold.OneLine(c.Heading, nameLimit), Width: valueWidth, Fixed: true,
			})
		}
	}
	p.grid.SetColumns(out)
	p.grid.SetSource(p)
}

// Len implements grid.Source.
func (p *preview) Len() int { return len(p.rows) }

// Key implements grid.Source.
func (p *preview) Key(row int) int64 { return int64(p.rows[row].Line) }

// Selected implements grid.Source.
func (p *preview) Selected(int) bool { return false }

// Cell implements grid.Source.
func (p *preview) Cell(row int, column string) grid.Cell {
	w, rec := p.flow.desk.Words, &p.rows[row]
	text := ""
	switch heading, custom := strings.CutPrefix(column, customColumn); {
	case column == lineColumn:
		return grid.Cell{Text: w.Number(rec.Line), Muted: true}
	case custom:
		text = rec.CustomValues[heading]
	case data.Field(column) == data.FieldPhone && rec.Refused != "":
		return grid.Cell{Text: reason(w, rec.Refused), Muted: true}
	default:
		text = p.value(&rec.Customer, data.Field(column))
	}
	text = fold.OneLine(text, valueLimit)
	if text == "" {
		return grid.Cell{Text: w.T("common.missing"), Muted: true}
	}
	return grid.Cell{Text: text}
}

// value is a field of a customer as people read it.
func (p *preview) value(c *data.Customer, f data.Field) string {
	w := p.flow.desk.Words
	for _, text := range [...]struct {
		field data.Field
		value string
	}{
		{data.FieldName, c.Name},
		{data.FieldPhone, phone.Format(c.Phone)},
		{data.FieldWhatsApp, c.WhatsAppName},
		{data.FieldEmail, c.Email},
		{data.FieldCompany, c.Company},
		{data.FieldCity, c.City},
		{data.FieldState, c.State},
		{data.FieldCountry, c.Country},
		{data.FieldTags, strings.Join(c.Tags, ", ")},
		{data.FieldSource, c.Source},
		{data.FieldAgent, phone.Format(c.AgentPhone)},
		{data.FieldCreated, w.DateTime(c.Created)},
		{data.FieldFirstReceived, w.DateTime(c.FirstReceived)},
		{data.FieldFirstSent, w.DateTime(c.FirstSent)},
		{data.FieldLastSent, w.DateTime(c.LastSent)},
		{data.FieldLastReceived, w.DateTime(c.LastReceived)},
		{data.FieldLastTemplate, w.DateTime(c.LastTemplate)},
		{data.FieldFollowUp, w.Day(c.FollowUp)},
		{data.FieldBlocked, yes(w.T("importing.yes"), c.Blocked)},
		{data.FieldOptOut, yes(w.T("importing.yes"), c.OptOut)},
	} {
		if text.field == f {
			return text.value
		}
	}
	return ""
}

func yes(word string, on bool) string {
	if on {
		return word
	}
	return ""
}

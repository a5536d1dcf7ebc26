package importing

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/choice"
	"lethe/app/conditions"
	"lethe/app/form"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/transfer"
	"lethe/widgets/keys"
)

// Measures of the list of columns.
const (
	rowHeight    float32 = 33
	rowsShown            = 6
	gutter       float32 = 12 // for the scroll bar beside the rows
	headingWidth float32 = 160
	choiceWidth  float32 = 196
	samples              = 3 // values beside a heading
	named                = 5 // columns named in a sentence
)

// Values of the drop-downs besides the fields.
const (
	ignoreValue = "-"
	customValue = "+"
	noteValue   = "#"
)

// columns is the list of the file's columns with what each becomes.
type columns struct {
	flow     *flow
	choices  []*choice.Select
	guess    transfer.Mapping
	recalled bool     // it is what a person said of such a file before
	region   string   // of the phone numbers then
	noRight  []string // headings left out because the role can't add fields
	object   fyne.CanvasObject
}

func newColumns(f *flow, changed func()) *columns {
	c := &columns{flow: f, guess: f.table.Guess()}
	if f.before != "" {
		if m, region, ok := f.table.Recall(f.before); ok {
			c.guess, c.region, c.recalled = m, region, true
		}
	}
	box := form.Stack(0)
	for i := range c.guess {
		column := &c.guess[i]
		may := c.mayBeCustom(column.Heading)
		if _, there := c.field(column.Heading); there && column.Use == transfer.ToNote && !c.recalled {
			column.Use = transfer.ToCustom
		}
		if column.Use == transfer.ToCustom && !may {
			column.Use = transfer.Ignore
			c.noRight = append(c.noRight, column.Heading)
		}
		s := choice.New(c.options(column.Heading, may), valueOf(*column), func(string) { changed() })
		c.choices = append(c.choices, s)
		box.Add(c.row(i, s))
	}
	scroll := container.NewVScroll(box)
	keys.Follow(scroll, box)
	shown := min(len(c.guess), rowsShown)
	c.object = fixed(fyne.NewSize(1, float32(shown)*rowHeight), scroll)
	return c
}

// row is one column: its heading, a few of its values, what it becomes.
func (c *columns) row(i int, s *choice.Select) fyne.CanvasObject {
	heading := widget.NewLabel(fold.OneLine(c.guess[i].Heading, nameLimit))
	heading.TextStyle.Bold = true
	heading.Truncation = fyne.TextTruncateEllipsis
	values := c.flow.table.Sample(i, samples)
	for i, v := range values {
		values[i] = fold.OneLine(v, nameLimit)
	}
	sample := widget.NewLabel(strings.Join(values, " · "))
	sample.SizeName = theme.SizeNameCaptionText
	if c.guess[i].Unsure {
		sample.Importance = widget.WarningImportance
		sample.SetText(c.flow.desk.Words.T("importing.unsure", "Values", sample.Text))
	}
	sample.Truncation = fyne.TextTruncateEllipsis
	return container.New(&columnRow{}, heading, sample, s)
}

// columnRow puts heading, values and drop-down side by side.
type columnRow struct{}

func (*columnRow) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(headingWidth+choiceWidth, rowHeight)
}

func (*columnRow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	widths := [...]float32{headingWidth, max(size.Width-headingWidth-choiceWidth-gutter, 0), choiceWidth}
	x := float32(0)
	for i, width := range widths {
		tall := min(o[i].MinSize().Height, size.Height-2)
		o[i].Move(fyne.NewPos(x, (size.Height-tall)/2))
		o[i].Resize(fyne.NewSize(width, tall))
		x += width
	}
}

// options are what a column can become.
func (c *columns) options(heading string, custom bool) []choice.Option {
	w := c.flow.desk.Words
	out := []choice.Option{{Value: ignoreValue, Text: w.T("importing.ignore")}}
	for _, f := range transfer.Fields() {
		out = append(out, choice.Option{Value: string(f), Text: c.fieldName(f)})
	}
	out = append(out, choice.Option{Value: noteValue, Text: w.T("importing.note")})
	if custom {
		out = append(out, choice.Option{
			Value: customValue, Text: w.T("importing.custom", "Name", fold.OneLine(heading, nameLimit)),
		})
	}
	return out
}

// fieldName is what a field is called here: the file has the agent's number.
func (c *columns) fieldName(f data.Field) string {
	if f == data.FieldAgent {
		return c.flow.desk.Words.T("importing.agent")
	}
	return conditions.Speaker{Words: c.flow.desk.Words}.Name(f)
}

func valueOf(c transfer.Column) string {
	switch c.Use {
	case transfer.ToField:
		return string(c.Field)
	case transfer.ToCustom:
		return customValue
	case transfer.ToNote:
		return noteValue
	}
	return ignoreValue
}

// mapping is what the drop-downs say.
func (c *columns) mapping() transfer.Mapping {
	m := make(transfer.Mapping, len(c.guess))
	for i, s := range c.choices {
		m[i] = transfer.Column{Heading: c.guess[i].Heading}
		switch v := s.Value(); v {
		case ignoreValue:
		case customValue:
			m[i].Use = transfer.ToCustom
			if field, ok := c.field(c.guess[i].Heading); ok {
				m[i].Kind, m[i].Options = field.Kind, field.Options
			}
		case noteValue:
			m[i].Use = transfer.ToNote
		default:
			m[i].Use, m[i].Field = transfer.ToField, data.Field(v)
		}
	}
	return m
}

// problem says what is wrong with the mapping, by the names of the columns.
func (c *columns) problem() string {
	w := c.flow.desk.Words
	first, phones := map[data.Field]int{}, false
	for i, column := range c.mapping() {
		if column.Use != transfer.ToField {
			continue
		}
		phones = phones || column.Field == data.FieldPhone
		before, taken := first[column.Field]
		if taken && column.Field != data.FieldName && column.Field != data.FieldPhone {
			return w.T("importing.error.two_columns", "Field", c.fieldName(column.Field),
				"First", c.heading(before), "Second", c.heading(i))
		}
		first[column.Field] = i
	}
	if !phones {
		return w.T("importing.error.no_phone")
	}
	return ""
}

// heading is a column's, made safe to show.
func (c *columns) heading(i int) string { return fold.OneLine(c.guess[i].Heading, nameLimit) }

// mayBeCustom tells whether a column can become a custom field: one that is
// there, or a new one, for who may add fields.
func (c *columns) mayBeCustom(heading string) bool {
	if _, ok := c.field(heading); ok {
		return true
	}
	return c.flow.desk.Rights().May(data.OpImportNewField)
}

func (c *columns) field(heading string) (data.CustomField, bool) {
	for _, field := range c.flow.fields {
		if strings.EqualFold(strings.TrimSpace(field.Name), strings.TrimSpace(heading)) {
			return field, true
		}
	}
	return data.CustomField{}, false
}

// remarks are what a person should know before they look at the columns.
func (c *columns) remarks() []string {
	w := c.flow.desk.Words
	var out []string
	unsure := 0
	for _, column := range c.guess {
		if column.Unsure && column.Use != transfer.Ignore {
			unsure++
		}
	}
	if unsure > 0 {
		out = append(out, w.N("importing.unsure_columns", unsure))
	}
	if n := len(c.noRight); n > 0 {
		out = append(out, w.N("importing.left_right", n, "Columns", names(c.noRight)))
	}
	return out
}

// names lists the first few headings.
func names(headings []string) string {
	var out []string
	for i, h := range headings {
		if i == named {
			out = append(out, "…")
			break
		}
		out = append(out, fold.OneLine(h, nameLimit))
	}
	return strings.Join(out, ", ")
}

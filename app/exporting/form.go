package exporting

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"lethe/app/choice"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/transfer"
)

// Values of the drop-down of columns.
const (
	columnsShown = "shown"
	columnsAll   = "all"
)

// exportForm is what a person chooses before an export.
type exportForm struct {
	flow     *flow
	scope    *choice.Select
	columns  *choice.Select
	kind     *choice.Select
	note     *form.Line
	password *form.Field
	object   fyne.CanvasObject
	total    int
}

func newExportForm(f *flow) *exportForm {
	w := f.desk.Words
	e := &exportForm{flow: f, total: f.desk.View.Len(), note: form.NewLine("", look.ColorMuted)}
	e.scope = choice.New(e.scopes(), "", func(string) { e.changed() })
	e.scope.Set(string(e.preferred()))
	e.columns = choice.New([]choice.Option{
		{Value: columnsShown, Text: w.N("exporting.columns_shown", len(exported(f.req.Columns)))},
		{Value: columnsAll, Text: w.N("exporting.columns_all", len(transfer.ExportFields(f.req.Custom)))},
	}, columnsShown, func(string) { e.changed() })
	e.kind = choice.New([]choice.Option{
		{Value: string(data.ExportWorkbook), Text: w.T("exporting.format.xlsx")},
		{Value: string(data.ExportCSV), Text: w.T("exporting.format.csv")},
		{Value: string(data.ExportPlainCSV), Text: w.T("exporting.format.csv_plain")},
	}, string(data.ExportWorkbook), func(string) { e.changed() })
	e.password = form.NewPassword(w.T("exporting.password"), w.T("exporting.password_hint"))
	e.password.Check = func(text string) string {
		if text == "" {
			return w.T("exporting.password_needed")
		}
		return ""
	}
	e.password.Entry.OnSubmitted = func(string) { f.submit() }
	parts := []fyne.CanvasObject{
		labelled(w.T("exporting.whom"), e.scope),
		container.NewGridWithColumns(2, labelled(w.T("exporting.columns"), e.columns), labelled(w.T("exporting.format"), e.kind)),
		e.note.Object(),
	}
	if !f.desk.Rights().SeesPhones() {
		parts = append(parts, form.NewLine(w.T("exporting.masked"), theme.ColorNameWarning).Object())
	}
	e.object = form.Stack(6, append(parts, e.password.Object())...)
	return e
}

func labelled(label string, o fyne.CanvasObject) fyne.CanvasObject {
	return form.Stack(0, form.NewLine(label, theme.ColorNameForeground).Object(), o)
}

// scopes are whom can be exported, those first that the page is about.
func (e *exportForm) scopes() []choice.Option {
	w, req := e.flow.desk.Words, e.flow.req
	var out []choice.Option
	if n := len(req.Selected); n > 0 {
		out = append(out, choice.Option{Value: string(data.ExportSelected), Text: w.N("exporting.selected", n)})
	}
	if !req.Filter.Empty() {
		out = append(out, choice.Option{Value: string(data.ExportFiltered), Text: w.N("exporting.filtered", e.flow.req.Matching)})
	}
	return append(out, choice.Option{Value: string(data.ExportAll), Text: w.N("exporting.all", e.total)})
}

// preferred is whom the person most likely means: what they narrowed the list
// to last.
func (e *exportForm) preferred() data.ExportScope {
	switch req := e.flow.req; {
	case len(req.Selected) > 0:
		return data.ExportSelected
	case !req.Filter.Empty():
		return data.ExportFiltered
	}
	return data.ExportAll
}

func (e *exportForm) what() data.ExportScope { return data.ExportScope(e.scope.Value()) }

func (e *exportForm) format() data.ExportFormat { return data.ExportFormat(e.kind.Value()) }

func (e *exportForm) extension() string {
	if e.format() == data.ExportWorkbook {
		return ".xlsx"
	}
	return ".csv"
}

func (e *exportForm) fields() []data.Field {
	if e.columns.Value() == columnsAll {
		return transfer.ExportFields(e.flow.req.Custom)
	}
	return exported(e.flow.req.Columns)
}

// exported leaves out of the columns on screen what no file holds.
func exported(columns []data.Field) []data.Field {
	var out []data.Field
	for _, f := range columns {
		if f != data.FieldActivity {
			out = append(out, f)
		}
	}
	return out
}

// count is how many customers the file will hold.
func (e *exportForm) count() int {
	switch e.what() {
	case data.ExportSelected:
		return len(e.flow.req.Selected)
	case data.ExportFiltered:
		return e.flow.req.Matching
	}
	return e.total
}

// changed says what the choices mean.
func (e *exportForm) changed() {
	f := e.flow
	w := f.desk.Words
	note := w.T("exporting.note")
	if e.columns.Value() == columnsShown && !hasPhone(e.fields()) {
		note += " " + w.T("exporting.no_phone")
	}
	e.note.Set(note, look.ColorMuted)
	f.dialog.SetError("")
	n := e.count()
	tooMany := e.format() == data.ExportWorkbook && n > transfer.MaxSheetRows
	if tooMany {
		f.dialog.SetError(w.T("exporting.too_many", "Count", transfer.MaxSheetRows))
	}
	f.dialog.SetButtons(w.T("exporting.cancel"), w.N("exporting.choose_count", n), false)
	f.dialog.SetReady(n > 0 && !tooMany && len(e.fields()) > 0)
}

func hasPhone(fields []data.Field) bool {
	for _, f := range fields {
		if f == data.FieldPhone {
			return true
		}
	}
	return false
}

// forget drops the password.
func (e *exportForm) forget() { e.password.Entry.SetText("") }

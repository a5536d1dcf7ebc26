package importing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/deletion"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/transfer"
	"lethe/widgets/keys"
	"lethe/widgets/listpick"
)

const reportRows = 9 // of the list that show without scrolling it

// entry is one row of the report: how many of what. The counts of a report
// add up to the file's rows.
type entry struct {
	text  string
	count int
}

// entries are the counts of a report that aren't zero.
func (r result) entries(w *words.Words) []entry {
	var out []entry
	for _, e := range []entry{
		{w.T("importing.report.added"), r.Added},
		{w.T("importing.report.updated"), r.Updated},
		{w.T("importing.report.unchanged"), r.Unchanged},
		{w.T("importing.report.skipped"), r.Skipped},
		{w.T("importing.report.twice"), r.count[twice]},
		{w.T("importing.report.refused"), r.count[refused]},
	} {
		if e.count > 0 {
			out = append(out, e)
		}
	}
	return out
}

// report shows what became of each row.
func (f *flow) report(r result) {
	w := f.desk.Words
	parts := []fyne.CanvasObject{form.NewText(w.N("importing.report.rows", r.rows, "File", f.name)).Object()}
	counts := container.NewVBox()
	for _, e := range r.entries(w) {
		counts.Add(countRow(w.Number(e.count), e.text))
	}
	parts = append(parts, counts)
	if n := r.count[remark]; n > 0 {
		parts = append(parts, form.NewLine(w.N("importing.report.remarks", n), look.ColorMuted).Object())
	}
	if rows := f.lines(r); len(rows) > 0 {
		list := listpick.New(func(i int) listpick.Row { return rows[i] }, nil)
		list.SetMinRows(min(len(rows), reportRows))
		list.SetCount(len(rows))
		parts = append(parts, list)
	}
	f.dialog.SetTitle(w.T("importing.report.title"))
	f.dialog.SetContent(form.Stack(6, parts...))
	f.dialog.SetButtons(w.T("importing.done"), "", false)
	f.dialog.SetExtra()
	if r.undo != 0 {
		f.dialog.SetExtra(keys.NewButton(w.T("importing.undo"), func() { f.undo(r.undo) }))
	}
	f.dialog.SetOnCancel(f.end)
	f.dialog.Focus(f.dialog.CancelButton())
	f.desk.Status(w.N("importing.status", r.Added))
	f.drop()
}

// undo leaves the report for the flow that takes the import back.
func (f *flow) undo(id int64) {
	f.hide()
	deletion.Start(f.desk, deletion.Request{Way: data.WayUndo, Import: id, Done: func(bool) { f.end() }})
}

// countRow is a number and what it counts.
func countRow(number, text string) fyne.CanvasObject {
	n := widget.NewLabelWithStyle(number, fyne.TextAlignTrailing, fyne.TextStyle{Bold: true})
	what := widget.NewLabel(text)
	what.Truncation = fyne.TextTruncateEllipsis
	return container.New(&countLayout{}, n, what)
}

// countLayout puts the numbers of several rows under each other.
type countLayout struct{}

const numberWidth float32 = 64

func (*countLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(2*numberWidth, max(o[0].MinSize().Height, o[1].MinSize().Height)-theme.InnerPadding())
}

func (*countLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	up := -theme.InnerPadding() / 2
	o[0].Move(fyne.NewPos(0, up))
	o[0].Resize(fyne.NewSize(numberWidth, size.Height))
	o[1].Move(fyne.NewPos(numberWidth, up))
	o[1].Resize(fyne.NewSize(size.Width-numberWidth, size.Height))
}

// lines are the rows of the list: under a heading for each fate, its lines.
func (f *flow) lines(r result) []listpick.Row {
	w := f.desk.Words
	headings := map[fate]string{
		refused: w.T("importing.report.refused"), twice: w.T("importing.report.twice"),
		there: w.T("importing.report.skipped"), remark: w.T("importing.report.remark"),
	}
	var out []listpick.Row
	for _, kind := range listed {
		lines := r.lines[kind]
		// Whom the list held is known from the view; where it differs from what
		// the store found, the counts alone are told.
		if len(lines) == 0 || kind == there && (r.update || r.count[there] != r.Skipped) {
			continue
		}
		out = append(out, listpick.Row{
			Text: w.T("importing.report.heading", "Count", r.count[kind], "What", headings[kind]), Muted: true,
		})
		for _, l := range lines {
			row := listpick.Row{Text: w.T("importing.report.line", "Line", l.number, "Who", l.title)}
			switch {
			case l.reason != "" && l.column >= 0:
				row.Detail = w.T("importing.report.value", "Column", f.form.columns.heading(l.column), "Reason", reason(w, l.reason))
			case l.reason != "":
				row.Detail = reason(w, l.reason)
			}
			out = append(out, row)
		}
		if len(lines) == maxLines {
			out = append(out, listpick.Row{Text: w.N("importing.report.first", maxLines), Muted: true})
		}
	}
	return out
}

func reason(w *words.Words, r transfer.Reason) string { return w.T("importing.reason." + string(r)) }

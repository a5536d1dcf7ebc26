package importing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/choice"
	"lethe/app/country"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/store"
	"lethe/data/transfer"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

// ask shows Map Columns.
func (f *flow) ask() {
	w := f.desk.Words
	f.form = newMapForm(f)
	f.show(confirm.Options{
		Title: w.T("importing.map"), Content: f.form.object,
		Cancel: w.T("importing.cancel"), Action: w.T("importing.go"),
		OnAction: f.run,
		OnCancel: f.end,
	})
	f.dialog.SetExtra(f.form.extra()...)
	f.form.changed()
}

// extra are the buttons beside Cancel and Import: another file, and where the
// columns are as the last time, what Lethe makes of them by itself.
func (m *mapForm) extra() []fyne.CanvasObject {
	if !m.columns.recalled {
		return []fyne.CanvasObject{m.another}
	}
	afresh := keys.NewButton(m.flow.desk.Words.T("importing.afresh"), func() {
		m.flow.before = ""
		m.flow.ask()
	})
	return []fyne.CanvasObject{m.another, afresh}
}

// mapForm is what a person sees and changes before an import.
type mapForm struct {
	flow    *flow
	columns *columns
	preview *preview
	country *country.Picker
	mode    *choice.Select // nil for who may not update
	count   *form.Line
	another *keys.Button // begins with another file
	rows    int          // of the file, once counted
	object  fyne.CanvasObject
}

func newMapForm(f *flow) *mapForm {
	w := f.desk.Words
	m := &mapForm{flow: f, preview: newPreview(f), count: form.NewLine("", theme.ColorNameForeground)}
	m.another = keys.NewButton(w.T("importing.another"), f.chooseAnother)
	m.columns = newColumns(f, m.changed)
	region := f.desk.Settings().Region
	if m.columns.recalled && m.columns.region != "" {
		region = m.columns.region
	}
	m.country = country.New(w, w.T("importing.region"), w.T("importing.region_hint"), region)
	m.country.OnChanged = func(string) { m.changed() }
	parts := []fyne.CanvasObject{form.NewText(w.T("importing.file", "File", f.name)).Object()}
	if sheets := f.table.Sheets(); len(sheets) > 1 {
		parts = append(parts, m.askSheet(sheets))
	}
	if m.columns.recalled {
		parts = append(parts, form.NewLine(w.T("importing.recalled"), look.ColorMuted).Object())
	}
	for _, sentence := range m.columns.remarks() {
		parts = append(parts, form.NewLine(sentence, theme.ColorNameWarning).Object())
	}
	m.object = form.Stack(4, append(parts,
		m.columns.object,
		form.NewLine(w.T("importing.preview"), look.ColorMuted).Object(),
		m.preview.object,
		container.NewGridWithColumns(2, m.country.Field.Object(), m.askMode()),
		m.count.Object(),
	)...)
	return m
}

// askSheet asks which sheet of a workbook holds the customers.
func (m *mapForm) askSheet(sheets []string) fyne.CanvasObject {
	f := m.flow
	var options []choice.Option
	for i, name := range sheets {
		options = append(options, choice.Option{
			Value: name, Text: f.desk.Words.T("importing.sheet_name", "Number", i+1, "Name", fold.OneLine(name, nameLimit)),
		})
	}
	s := choice.New(options, f.table.Sheet(), func(sheet string) {
		path := f.path
		f.drop()
		f.openSheet(path, sheet)
	})
	return form.Stack(0, form.NewLine(f.desk.Words.T("importing.sheet"), theme.ColorNameForeground).Object(), s)
}

// askMode asks what happens to customers that are there already.
func (m *mapForm) askMode() fyne.CanvasObject {
	w := m.flow.desk.Words
	label := form.NewLine(w.T("importing.mode"), theme.ColorNameForeground).Object()
	if !m.flow.desk.Rights().May(data.OpImportUpdating) {
		return form.Stack(0, label, form.NewText(w.T("importing.mode_skip_only")).Object())
	}
	hint := form.NewLine("", look.ColorMuted)
	say := func(mode string) {
		switch store.ImportMode(mode) {
		case store.ImportUpdate:
			hint.Set(w.T("importing.mode_update_hint"), look.ColorMuted)
		default:
			hint.Set(w.T("importing.mode_skip_hint"), look.ColorMuted)
		}
	}
	m.mode = choice.New([]choice.Option{
		{Value: string(store.ImportSkip), Text: w.T("importing.mode_skip")},
		{Value: string(store.ImportUpdate), Text: w.T("importing.mode_update")},
	}, string(store.ImportSkip), func(mode string) {
		say(mode)
		m.changed()
	})
	say(m.mode.Value())
	return form.Stack(0, label, m.mode, hint.Object())
}

func (m *mapForm) mapping() transfer.Mapping { return m.columns.mapping() }

func (m *mapForm) region() string { return m.country.Code() }

func (m *mapForm) importMode() store.ImportMode {
	if m.mode == nil {
		return store.ImportSkip
	}
	return store.ImportMode(m.mode.Value())
}

// changed looks again after a change, unless something is wrong with it.
func (m *mapForm) changed() {
	f := m.flow
	if f.dialog == nil {
		return
	}
	f.dialog.SetError("")
	f.dialog.SetButtons(f.desk.Words.T("importing.cancel"), f.desk.Words.T("importing.go"), false)
	f.dialog.SetReady(false)
	m.count.Set(f.desk.Words.T("importing.counting"), look.ColorMuted)
	sentence := m.columns.problem()
	if sentence == "" && m.country.Field.Valid() {
		f.look()
		return
	}
	f.looks.stop()
	m.fail(sentence)
}

// fail says why nothing can be imported so.
func (m *mapForm) fail(sentence string) {
	m.count.Set("", look.ColorMuted)
	m.flow.dialog.SetReady(false)
	m.flow.dialog.SetError(sentence)
}

// foretell says what the import will do.
func (m *mapForm) foretell(sum *tally) {
	w, d := m.flow.desk.Words, m.flow.dialog
	comes := sum.count[usable]
	m.rows = sum.rows
	if comes == 0 {
		m.fail(w.N("importing.nobody", sum.rows))
		return
	}
	text := w.N("importing.rows", sum.rows)
	if n := sum.count[there]; n > 0 && m.importMode() == store.ImportUpdate {
		text += " " + w.N("importing.there_update", n) + " "
		if sum.change == 0 {
			text += w.T("importing.would_change_none")
		} else {
			text += w.N("importing.would_change", sum.change)
		}
	} else if n > 0 {
		text += " " + w.N("importing.there_skip", n)
	}
	if n := sum.count[twice]; n > 0 {
		text += " " + w.N("importing.twice", n)
	}
	if n := sum.count[refused]; n > 0 {
		text += " " + w.N("importing.refused", n)
	}
	m.count.Set(text, theme.ColorNameForeground)
	d.SetButtons(w.T("importing.cancel"), w.N("importing.go_rows", comes), false)
	d.SetReady(true)
}

// fixed gives an object a size of its own.
func fixed(size fyne.Size, o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(container.NewGridWrap(size, widget.NewLabel("")), o)
}

package shell

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/data"
	"lethe/widgets/confirm"
)

// stroke is one line of the sheet: what to press, and what it does. One that
// needs a right stands there only for who has it.
type stroke struct {
	press, does string
	may         func(data.Rights) bool
}

// strokes are all that the keyboard does, in two groups: everywhere, and in the
// list.
func (s *Shell) strokes() (everywhere, list []stroke) {
	w := s.desk.Words
	key := func(name string) string { return w.T("shell.keys." + name) }
	ctrl := func(letter string) string {
		if runtime.GOOS == "darwin" {
			return w.T("shell.keys.command", "Key", letter)
		}
		return w.T("shell.keys.ctrl", "Key", letter)
	}
	does := func(id string) string { return w.T("shell.does." + id) }
	deletes := func(r data.Rights) bool { return r.May(data.OpDelete) }
	everywhere = []stroke{
		{"F1", does("sheet"), nil},
		{ctrl("F"), does("find"), nil},
		{ctrl("N"), does("add"), func(r data.Rights) bool { return r.May(data.OpAddCustomer) }},
		{ctrl("I"), does("import"), func(r data.Rights) bool { return r.May(data.OpImport) }},
		{ctrl("E"), does("export"), func(r data.Rights) bool { return r.May(data.OpBeginExport) }},
		{ctrl(","), does("settings"), nil},
		{ctrl("L"), does("lock"), nil},
		{"F5", does("refresh"), nil},
		{key("tab"), does("focus"), nil},
		{key("press"), does("press"), nil},
		{key("escape"), does("escape"), nil},
	}
	list = []stroke{
		{key("arrows"), does("move"), nil},
		{key("enter"), does("open"), nil},
		{"F2", does("edit"), func(r data.Rights) bool { return r.May(data.OpEditCustomer) }},
		{key("menu"), does("menu"), nil},
		{key("space"), does("tick"), deletes},
		{key("stretch"), does("stretch"), deletes},
		{ctrl("A"), does("all"), deletes},
		{key("delete"), does("delete"), deletes},
	}
	return everywhere, list
}

// Sheet shows what the keyboard does for who sits here.
func (s *Shell) Sheet() {
	if !s.free() {
		return
	}
	w := s.desk.Words
	everywhere, list := s.strokes()
	content := form.Stack(4,
		s.lines(everywhere),
		bold(w.T("shell.sheet_list")),
		s.lines(list))
	confirm.NewInfo(s.desk.Window.Canvas(), w.T("shell.sheet"), content, w.T("shell.close")).Show()
}

func (s *Shell) lines(strokes []stroke) fyne.CanvasObject {
	rows := container.New(layout.NewFormLayout())
	for _, one := range strokes {
		if one.may != nil && !one.may(s.desk.Rights()) {
			continue
		}
		text := widget.NewLabel(one.does)
		text.Wrapping = fyne.TextWrapWord
		rows.Objects = append(rows.Objects, bold(one.press), text)
	}
	return rows
}

func bold(text string) *widget.Label {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

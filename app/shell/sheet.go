package shell

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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
	rows := container.New(&pairs{})
	s.lines(rows, everywhere)
	rows.Add(bold(w.T("shell.sheet_list")))
	rows.Add(widget.NewLabel(""))
	s.lines(rows, list)
	confirm.NewInfo(s.desk.Window.Canvas(), w.T("shell.sheet"), rows, w.T("shell.close")).Show()
}

func (s *Shell) lines(rows *fyne.Container, strokes []stroke) {
	for _, one := range strokes {
		if one.may != nil && !one.may(s.desk.Rights()) {
			continue
		}
		text := widget.NewLabel(one.does)
		text.Wrapping = fyne.TextWrapWord
		rows.Add(bold(one.press))
		rows.Add(text)
	}
}

// pairs lays out keys at the left and what they do beside, as dense as it can be
// read: the whole sheet is to fit into the smallest window.
type pairs struct{}

// tight is what is taken away from the padding around two lines.
const tight float32 = 9

func (pairs) widths(o []fyne.CanvasObject) (left float32) {
	for i := 0; i < len(o); i += 2 {
		left = max(left, o[i].MinSize().Width)
	}
	return left
}

func (p pairs) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left, y := p.widths(o), float32(0)
	for i := 0; i+1 < len(o); i += 2 {
		wide := max(size.Width-left, 0)
		o[i+1].Resize(fyne.NewSize(wide, o[i+1].Size().Height)) // wrapped text knows its height once it has its width
		tall := max(o[i].MinSize().Height, o[i+1].MinSize().Height)
		o[i].Move(fyne.NewPos(0, y))
		o[i].Resize(fyne.NewSize(left, o[i].MinSize().Height))
		o[i+1].Move(fyne.NewPos(left, y))
		o[i+1].Resize(fyne.NewSize(wide, tall))
		y += tall - tight
	}
}

func (p pairs) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(p.widths(o)+160, tight)
	for i := 0; i+1 < len(o); i += 2 {
		size.Height += max(o[i].MinSize().Height, o[i+1].MinSize().Height) - tight
	}
	return size
}

func bold(text string) *widget.Label {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

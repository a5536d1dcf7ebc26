package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"lethe/app/desk"
	"lethe/data"
)

// combination is Ctrl (Command on a Mac) and a key.
func combination(key fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

// binding ties a shortcut to what it does.
type binding struct {
	shortcut fyne.Shortcut
	act      func()
}

// bindings are all shortcuts of the window. Ctrl+A comes here only where no
// entry has the focus: entries select their own text.
func (s *Shell) bindings() []binding {
	return []binding{
		{combination(fyne.KeyF), s.find},
		{&fyne.ShortcutSelectAll{}, s.selectAll},
		{combination(fyne.KeyI), func() { s.Import("") }},
		{combination(fyne.KeyE), s.export},
		{combination(fyne.KeyN), s.add},
		{combination(fyne.KeyL), s.desk.Lock},
		{combination(fyne.KeyComma), func() { s.Visit("settings") }},
	}
}

// listen takes the window's shortcuts, keys and drops.
func (s *Shell) listen() {
	c := s.desk.Window.Canvas()
	for _, b := range s.bindings() {
		c.AddShortcut(b.shortcut, s.Shortcut)
	}
	c.SetOnTypedKey(s.Key)
	s.desk.Window.SetOnDropped(s.dropped)
}

func (s *Shell) unlisten() {
	c := s.desk.Window.Canvas()
	for _, b := range s.bindings() {
		c.RemoveShortcut(b.shortcut)
	}
	c.SetOnTypedKey(nil)
	s.desk.Window.SetOnDropped(nil)
}

// Shortcut does what a shortcut stands for, unless something lies over the
// page. Locking works through dialogs too: whoever is called away needn't
// finish first.
func (s *Shell) Shortcut(pressed fyne.Shortcut) {
	if lock := combination(fyne.KeyL); !s.closed && pressed.ShortcutName() == lock.ShortcutName() {
		s.desk.Lock()
		return
	}
	if !s.free() {
		return
	}
	for _, b := range s.bindings() {
		if b.shortcut.ShortcutName() == pressed.ShortcutName() {
			b.act()
			return
		}
	}
}

// free tells whether the page is what the person acts on: shortcuts would
// else reach through an open dialog or menu.
func (s *Shell) free() bool {
	return !s.closed && s.desk.Window.Canvas().Overlays().Top() == nil
}

// Key is what the window does with a key that nothing in focus took.
func (s *Shell) Key(ev *fyne.KeyEvent) {
	if !s.free() || s.now == nil {
		return
	}
	if s.now.Key(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyF1:
		s.Sheet()
	case fyne.KeyF5:
		if p, ok := s.now.(desk.Refresher); ok {
			p.Refresh()
		}
	case fyne.KeyEscape:
		s.desk.Window.Canvas().Unfocus()
	}
}

func (s *Shell) find() {
	if p, ok := s.now.(desk.Finder); ok {
		p.Find()
	}
}

func (s *Shell) selectAll() {
	if p, ok := s.now.(desk.SelectAller); ok {
		p.SelectAll()
	}
}

// export and add do on the first page that can what the person may; elsewhere
// they go there first.
func (s *Shell) export() {
	if s.desk.Rights().May(data.OpBeginExport) {
		if p, ok := visit[desk.Exporter](s); ok {
			p.Export()
		}
	}
}

func (s *Shell) add() {
	if s.desk.Rights().May(data.OpAddCustomer) {
		if p, ok := visit[desk.Adder](s); ok {
			p.Add()
		}
	}
}

// visit goes to the first page that does T.
func visit[T any](s *Shell) (T, bool) {
	for _, e := range s.allowed() {
		if p, ok := s.page(e.ID).(T); ok {
			s.Visit(e.ID)
			return p, true
		}
	}
	var none T
	return none, false
}

// Import hands a file, or with an empty path the wish to choose one, to the
// first page that imports, and goes there. It says so where the person's role
// doesn't allow it.
func (s *Shell) Import(path string) {
	if !s.desk.Rights().May(data.OpImport) {
		if path != "" {
			s.desk.Status(s.desk.Words.T("shell.import_denied"))
		}
		return
	}
	if p, ok := visit[desk.Importer](s); ok {
		p.Import(path)
	}
}

func (s *Shell) dropped(_ fyne.Position, uris []fyne.URI) {
	if !s.free() || len(uris) == 0 {
		return
	}
	if len(uris) > 1 {
		s.desk.Status(s.desk.Words.T("shell.drop_one"))
		return
	}
	if uris[0].Scheme() == "file" {
		s.Import(uris[0].Path())
	}
}

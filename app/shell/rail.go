package shell

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/about"
	"lethe/app/desk"
	"lethe/widgets/rail"
)

const (
	keyLock   = "lock"
	keyPerson = "person"
)

// railView keeps the rail in step with the pages and with who sits here.
type railView struct {
	shell *Shell
	rail  *rail.Rail
}

func newRail(s *Shell) *railView {
	v := &railView{shell: s}
	v.rail = rail.New(nil, nil, v.chosen)
	return v
}

func (v *railView) object() fyne.CanvasObject { return v.rail }

// update lists the pages that exist for the person. Which ones do follows
// their rights alone: a page that isn't theirs is absent.
func (v *railView) update() {
	s := v.shell
	w := s.desk.Words
	var items []rail.Item
	for _, e := range s.allowed() {
		if e.Under != "" {
			continue
		}
		items = append(items, rail.Item{Key: e.ID, Label: w.T("shell.page." + e.ID), Icon: e.Icon})
	}
	me, _ := s.desk.Me()
	v.rail.SetItems(items, []rail.Item{
		{Key: keyPerson, Label: firstWord(me.Name), Person: me.Name, Acts: true},
		{Key: keyLock, Label: w.T("shell.lock"), Icon: theme.LogoutIcon(), Acts: true},
	})
	if s.now != nil {
		v.rail.SetSelected(s.railItem(s.now.ID()))
	}
}

func (v *railView) chosen(key string) {
	switch key {
	case keyLock:
		v.shell.desk.Lock()
	case keyPerson:
		v.menu()
	default:
		v.shell.Visit(key)
	}
}

// menu is what there is to do for the person who sits here.
func (v *railView) menu() {
	s := v.shell
	w := s.desk.Words
	me, role := s.desk.Me()
	who := fyne.NewMenuItem(w.T("shell.person", "Name", oneLine(me.Name), "Role", oneLine(w.Role(role))), nil)
	who.Disabled = true
	items := []*fyne.MenuItem{
		who, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(w.T("shell.page.settings"), func() { s.Visit("settings") }),
	}
	if s.desk.Switch != nil {
		items = append(items, fyne.NewMenuItem(w.T("shell.switch"), s.desk.Switch))
	}
	sheet := fyne.NewMenuItem(w.T("shell.keyboard"), s.Sheet)
	if slices.ContainsFunc(s.allowed(), func(e desk.Entry) bool { return e.ID == "help" }) {
		items = append(items, fyne.NewMenuItem(w.T("shell.help"), func() { s.Visit("help") }))
	}
	items = append(items, sheet,
		fyne.NewMenuItem(w.T("shell.about"), func() { about.Show(s.desk, s.opt.Folder == "") }),
		fyne.NewMenuItemSeparator())
	lock := fyne.NewMenuItem(w.T("shell.lock"), s.desk.Lock)
	lock.Shortcut = combination(fyne.KeyL)
	menu := widget.NewPopUpMenu(fyne.NewMenu("", append(items, lock)...), s.desk.Window.Canvas())
	size := s.desk.Window.Canvas().Size()
	menu.ShowAtPosition(fyne.NewPos(RailWidth+4, size.Height-StatusHeight-menu.MinSize().Height-4))
}

// railItem is the item that stands for a page.
func (s *Shell) railItem(page string) string {
	for _, e := range s.opt.Entries {
		if e.ID == page && e.Under != "" {
			return e.Under
		}
	}
	return page
}

// firstWord is what fits under the initials.
func firstWord(name string) string {
	word, _, _ := strings.Cut(oneLine(name), " ")
	return word
}

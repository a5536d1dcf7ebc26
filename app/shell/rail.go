package shell

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

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
		items = append(items, rail.Item{Key: e.ID, Label: w.T("shell.page." + e.ID), Icon: e.Icon})
	}
	me, _ := s.desk.Me()
	v.rail.SetItems(items, []rail.Item{
		{Key: keyPerson, Label: firstWord(me.Name), Person: me.Name, Acts: true},
		{Key: keyLock, Label: w.T("shell.lock"), Icon: theme.LogoutIcon(), Acts: true},
	})
	if s.now != nil {
		v.rail.SetSelected(s.now.ID())
	}
}

func (v *railView) chosen(key string) {
	switch key {
	case keyLock:
		v.shell.desk.Lock()
	case keyPerson:
		v.shell.Visit("settings")
	default:
		v.shell.Visit(key)
	}
}

// firstWord is what fits under the initials.
func firstWord(name string) string {
	word, _, _ := strings.Cut(oneLine(name), " ")
	return word
}

package customers

import (
	"slices"

	"fyne.io/fyne/v2"

	"lethe/widgets/filterpanel"
)

// prefFolds is the preference that names the sections of the sidebar that
// somebody opened or closed, against what is usual.
const prefFolds = "customers.folds"

// folds remembers which sections of the sidebar are open, on this computer.
type folds struct{ prefs fyne.Preferences }

// keep opens or closes a section as it was left, and remembers what is done to it
// from now on; then is called after that, if it isn't nil.
func (f folds) keep(name string, s *filterpanel.Section, usual bool, then func()) {
	s.SetOpen(usual != slices.Contains(f.prefs.StringList(prefFolds), name))
	s.OnFolded = func(open bool) {
		turned := slices.DeleteFunc(slices.Clone(f.prefs.StringList(prefFolds)), func(n string) bool { return n == name })
		if open != usual {
			turned = append(turned, name)
		}
		f.prefs.SetStringList(prefFolds, turned)
		if then != nil {
			then()
		}
	}
}

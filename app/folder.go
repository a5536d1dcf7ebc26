package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/keys"
)

// openFolder takes a data folder and shows what it calls for: the first run,
// the sign-in, or what is wrong with it. A folder that holds anything of
// Lethe's never leads to a first run.
func (a *App) openFolder(dir string) {
	a.dir = dir
	a.title()
	if a.lock == nil {
		lock, err := store.LockFolder(dir)
		if err != nil {
			a.showProblem(err)
			return
		}
		a.lock = lock
	}
	state, err := store.State(dir)
	if err == nil {
		err = problemOf(state)
	}
	switch {
	case err != nil:
		a.showProblem(err)
	case state == store.Fresh:
		a.showFirstRun()
	default:
		a.showSignIn()
	}
}

// problemOf is the error that tells what is wrong with a folder, nil if it can
// be used.
func problemOf(state store.FolderState) error {
	switch state {
	case store.Fresh, store.Ready:
		return nil
	case store.NoDatabase:
		return data.ErrNoDatabase
	case store.NoKeys:
		return data.ErrNoKeys
	case store.Newer:
		return data.ErrNewer
	}
	return data.ErrDamaged
}

// leaveFolder gives the folder free for other instances.
func (a *App) leaveFolder() {
	if a.lock == nil {
		return
	}
	if err := a.lock.Release(); err != nil {
		a.opt.Log.Warn("the folder's lock was not released")
	}
	a.lock = nil
}

// noScreen is a screen with nothing to close.
type noScreen struct{}

func (noScreen) Close() {}

// showProblem says why the folder can't be opened, and offers another one.
func (a *App) showProblem(err error) {
	w := a.words
	again := keys.NewButton(w.T("app.try_again"), func() { a.openFolder(a.dir) })
	elsewhere := keys.NewButton(w.T("app.look_elsewhere"), a.lookElsewhere)
	leave := keys.NewButton(w.T("app.close"), a.Quit)
	for _, b := range []*keys.Button{again, elsewhere, leave} {
		b.EnterPresses = true
	}
	leave.Importance = widget.HighImportance
	ways := []fyne.CanvasObject{elsewhere}
	if a.lock != nil && restorable(err) {
		restore := keys.NewButton(w.T("app.restore"), func() { a.showRestore(nil, func() { a.openFolder(a.dir) }) })
		restore.EnterPresses = true
		ways = append(ways, restore)
	}
	a.show(form.Card(cardWidth,
		form.NewHeading(w.T("app.problem")).Object(),
		form.NewText(w.Error(err)).Object(),
		form.NewLine(w.T("app.folder", "Folder", a.dir), look.ColorMuted).Object(),
		container.NewHBox(append(ways, again, layout.NewSpacer(), leave)...),
	), noScreen{})
	a.window.Canvas().Focus(leave)
}

const cardWidth = 480

func (a *App) lookElsewhere() {
	a.files.Folder(a.words.T("app.look_elsewhere"), func(path string, err error) {
		switch {
		case err != nil:
			a.showProblem(err)
		case path != "":
			a.leaveFolder()
			a.openFolder(path)
		}
	})
}

// showBusy says that something is being done.
func (a *App) showBusy(text string) {
	a.show(form.Card(cardWidth, form.NewHeading(text).Object(), widget.NewProgressBarInfinite()), noScreen{})
}

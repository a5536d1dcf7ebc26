package app

import (
	"fmt"

	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/widgets/confirm"
)

// askAndQuit ends the program, but asks first where something typed is not
// saved yet.
func (a *App) askAndQuit() {
	if a.session == nil || !a.session.shell.Unsaved() {
		a.Quit()
		return
	}
	ask := confirm.New(a.window.Canvas(), confirm.Options{
		Title:   a.words.T("app.unsaved"),
		Content: form.NewText(a.words.T("app.unsaved_text")).Object(),
		Cancel:  a.words.T("app.unsaved_stay"), Action: a.words.T("app.unsaved_quit"),
	})
	ask.SetOnAction(func() {
		ask.Hide()
		a.Quit()
	})
	ask.Show()
}

// Quit ends the program once all jobs have ended; the window is gone at once.
func (a *App) Quit() {
	a.saveWindow()
	a.quits = true
	a.window.Hide()
	a.show(form.Stack(0), noScreen{})
	a.quitting.Go(func() {
		a.End()
		fyne.Do(a.fyne.Quit)
	})
}

func (a *App) saveWindow() {
	size := fmt.Sprintf("%.0fx%.0f", a.window.Canvas().Size().Width, a.window.Canvas().Size().Height)
	if prefs := a.fyne.Preferences(); prefs.String(prefSize) != size {
		prefs.SetString(prefSize, size)
	}
	if now := look.ScaleOf(a.opt.Scale); a.fyne.Preferences().Int(prefSizeAt) != now {
		a.fyne.Preferences().SetInt(prefSizeAt, now)
	}
}

// End waits for what runs, closes what is open, removes the sample and gives
// the folder free. It may be called twice, on any goroutine but the window's
// while that still runs.
func (a *App) End() {
	a.ending.Do(func() {
		a.idle.close()
		if a.waking != nil {
			a.waking()
		}
		a.tasks.CancelAll()
		a.tasks.Wait()
		if a.opening != nil {
			a.opening.abandon()
		}
		if a.session != nil && a.sample == nil {
			if a.session.sender != nil {
				a.session.sender.Hurry(hurried)
			}
			a.closeLater(a.session.store)
		}
		a.closing.Wait()
		if a.sample != nil {
			if err := a.sample.folder.Close(); err != nil {
				a.opt.Log.Warn("the sample was not removed")
			}
		}
		a.leaveFolder()
	})
}

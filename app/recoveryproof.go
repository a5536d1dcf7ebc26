package app

import (
	"context"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/confirm"
)

// proveAndEnter goes on with a list whose owner has just typed back the end of
// the recovery key. Where the pages can't be made ready, the sign-in is the way
// on.
func (a *App) proveAndEnter(o *opening, then func()) {
	a.tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		if err := o.store.ProveRecovery(ctx, o.actor); err != nil {
			a.opt.Log.Warn("the proof of the recovery key was not written down")
		}
		return o.begin(ctx)
	}, func(err error) {
		if err != nil {
			a.showSignIn()
			confirm.NewInfo(a.window.Canvas(), a.words.T("app.problem"),
				form.NewText(a.words.Error(err)).Object(), a.words.T("app.damaged_close")).Show()
			return
		}
		a.enterFrom(o)
		then()
	})
}

// remind tells an Account Owner who left before typing back the end of the
// recovery key that it may be lost.
func (a *App) remind(d *desk.Desk) {
	if a.sample != nil || !d.Rights().May(data.OpRecoveryProved) {
		return
	}
	proved := true
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		proved, err = d.Store.RecoveryProved(ctx, d.Actor)
		return err
	}, func(err error) {
		if err != nil || proved {
			return
		}
		ask := confirm.New(a.window.Canvas(), confirm.Options{
			Title:   a.words.T("app.unproved"),
			Content: form.NewText(a.words.T("app.unproved_text")).Object(),
			Cancel:  a.words.T("app.unproved_later"), Action: a.words.T("app.unproved_settings"),
		})
		ask.SetOnAction(func() {
			ask.Hide()
			d.Visit("settings")
		})
		ask.Show()
	})
}

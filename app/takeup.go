package app

import (
	"context"
	"errors"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/view"
	"lethe/widgets/confirm"
)

// follow waits for the list to be read. If that fails, there is no list to work
// with: the window locks and says why. Else what a crash left is taken up.
func (a *App) follow(d *desk.Desk) {
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		err := d.View.Wait(ctx)
		d.Tasks.GiveBack() // the list was read, and the password checked
		return err
	}, func(err error) {
		switch {
		case err == nil:
			a.takeUp(d)
		case errors.Is(err, view.ErrDropped), errors.Is(err, context.Canceled):
		default:
			d.Lock()
			confirm.NewInfo(a.window.Canvas(), a.words.T("app.problem"),
				form.NewText(a.words.Error(err)).Object(), a.words.T("app.damaged_close")).Show()
		}
	})
}

// takeUp finishes the clean-up that a crash left, if there is one, and then
// looks the database over.
func (a *App) takeUp(d *desk.Desk) {
	pending := false
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		pending, err = d.Purger.Pending(ctx)
		return err
	}, func(error) {
		if !pending {
			a.lookOver(d)
			return
		}
		d.Tasks.Go(a.words.T("app.cleaning"), func(ctx context.Context, _ task.Progress) error {
			_, _, err := d.Purger.Resume(ctx)
			return err
		}, func(err error) {
			if err != nil {
				d.Status(a.words.Error(err))
			} else {
				d.Status(a.words.T("app.rebuilt"))
			}
			a.lookOver(d)
		})
	})
}

// lookOver checks the database in the background, once the first rows are on
// screen, and says so if it is damaged.
func (a *App) lookOver(d *desk.Desk) {
	a.roll(d)
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		return d.Store.QuickCheck(ctx, d.Actor)
	}, func(err error) {
		if errors.Is(err, data.ErrDamaged) {
			confirm.NewInfo(a.window.Canvas(), a.words.T("app.damaged"),
				form.NewText(a.words.T("app.damaged_text")).Object(), a.words.T("app.damaged_close")).Show()
		}
	})
}

package app

import (
	"context"
	"errors"

	"lethe/app/backups"
	"lethe/app/desk"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
)

// restorable tells errors of a folder that restoring a backup into it mends.
func restorable(err error) bool {
	return errors.Is(err, data.ErrNoDatabase) || errors.Is(err, data.ErrNoKeys) || errors.Is(err, data.ErrDamaged)
}

// showRestore restores a backup into the folder, where there is no list or none
// that opens. present is what a sign-in unlocked of a damaged one, else nil: it
// tells who was deleted. back is the screen before.
func (a *App) showRestore(present *account.Unlocked, back func()) {
	page := backups.NewPage(backups.Options{
		Window: a.window, Words: a.words, Tasks: a.tasks, Files: a.files, Folder: a.folder(),
		Open: func(ctx context.Context, path, passphrase string, progress func(store.BackupProgress)) (*store.Salvage, error) {
			a.closing.Wait()
			return store.OpenBackup(ctx, a.storeOptions(a.dir), path, passphrase, present, progress)
		},
		Back: back,
		Done: func(st *store.Store, actor *store.Actor) {
			o := &opening{app: a, store: st, actor: actor}
			a.opening = o
			a.tasks.Go("", func(ctx context.Context, _ task.Progress) error { return o.begin(ctx) }, func(err error) {
				if err != nil {
					a.showSignIn() // the list is there; that is the way on
					return
				}
				a.enterFrom(o)
			})
		},
	})
	a.show(page.Content(), page)
	page.Shown()
}

// roll brings the rolling backup up to date, if there is one: at the start,
// where it could not be rewritten before, and when a clean-up has ended, be it
// of a deletion or of an edit that took something away.
func (a *App) roll(d *desk.Desk) {
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		if pending, err := d.Purger.Pending(ctx); err != nil || pending {
			return err
		}
		state, err := d.Store.RewriteRolling(ctx, d.Actor, nil)
		over := ctx.Err() != nil || errors.Is(err, data.ErrSignedOut) // it stays due
		if state == data.RollingFailed && !over {
			a.opt.Log.Warn("the rolling backup was not rewritten")
		}
		return nil
	}, nil)
}

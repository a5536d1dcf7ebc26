package app

import (
	"context"
	"errors"

	"lethe/app/signin"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/store"
)

// keysNow reads the keys once the jobs of the session before have ended: a
// large deletion turns the key. Background.
func (a *App) keysNow() (*account.File, error) {
	if s := a.retired.Load(); s != nil {
		s.Hurry(hurried)
	}
	a.closing.Wait()
	return store.Keys(a.dir)
}

func (a *App) showSignIn() { a.askWho(false) }

// askWho shows the sign-in. Another asks first who it is.
func (a *App) askWho(another bool) {
	keys, err := store.Keys(a.dir)
	if err != nil {
		a.showProblem(err)
		return
	}
	o := &opening{app: a}
	a.opening = o
	page := signin.New(signin.Options{
		Window: a.window, Words: a.words, Tasks: a.tasks, Files: a.files,
		Clock: a.opt.Clock, Ticks: a.opt.Ticks, Tries: a.tries,
		Folder:  a.folder(),
		Members: keys.Members(),
		Last:    data.UserID(a.fyne.Preferences().Int(prefLast)),
		Choose:  another,
		SignIn: func(ctx context.Context, id data.UserID, password string) error {
			keys, err := a.keysNow()
			if err != nil {
				return err
			}
			un, err := keys.Unlock(ctx, id, password)
			if errors.Is(err, data.ErrWrongPassword) {
				if noted := store.NoteWrongPassword(a.dir, id); noted != nil {
					a.opt.Log.Warn("a wrong password was not noted")
				}
			}
			if err != nil {
				return err
			}
			if err := o.open(ctx, un); err != nil {
				if errors.Is(err, data.ErrDamaged) {
					o.damaged = un // tells a restore who was deleted
				}
				return err
			}
			return o.begin(ctx)
		},
		Restore: func() { a.showRestore(o.damaged, a.showSignIn) },
		MustChange: func() bool {
			me, _ := o.desk.Me()
			return me.MustChangePassword
		},
		Change: func(ctx context.Context, old, next string) error {
			return o.store.ChangePassword(ctx, o.actor, old, next)
		},
		Recover: func(ctx context.Context, recoveryKey string) error {
			keys, err := a.keysNow()
			if err != nil {
				return err
			}
			un, err := keys.Recover(recoveryKey)
			if errors.Is(err, data.ErrWrongRecovery) {
				if noted := store.NoteWrongRecovery(a.dir); noted != nil {
					a.opt.Log.Warn("a wrong recovery key was not noted")
				}
			}
			if err != nil {
				return err
			}
			return o.open(ctx, un)
		},
		Renew: func(ctx context.Context, password string) (account.RecoveryKey, error) {
			// The key is in force now, so nothing may come between it and
			// the person: the desk is made ready once they have it.
			settings, err := o.store.Settings(ctx, o.actor)
			if err != nil {
				return account.RecoveryKey{}, err
			}
			o.business = settings.Business
			return o.store.RecoverPassword(ctx, o.actor, password)
		},
		Business: func() string { return o.business },
		Done: func() {
			if o.desk != nil {
				a.enterFrom(o)
				return
			}
			a.proveAndEnter(o, func() {})
		},
	})
	a.show(page.Content(), page)
	page.Shown()
}

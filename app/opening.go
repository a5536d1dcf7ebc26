package app

import (
	"context"

	"lethe/app/desk"
	"lethe/data/account"
	"lethe/data/store"
)

// opening holds what a sign-in opened in the background until it is shown.
// Only one is under way at a time.
type opening struct {
	app      *App
	store    *store.Store
	actor    *store.Actor
	desk     *desk.Desk        // made by begin
	business string            // as read from a list that is open
	damaged  *account.Unlocked // of a list that did not open for that
}

// open opens the list for whoever un unlocked. Background.
func (o *opening) open(ctx context.Context, un *account.Unlocked) (err error) {
	o.store, o.actor, err = store.Open(ctx, o.app.storeOptions(o.app.dir), un)
	return err
}

// begin makes the desk ready. Background.
func (o *opening) begin(ctx context.Context) error {
	o.desk = o.app.newDesk(o.store, o.actor)
	err := o.desk.Begin(ctx)
	if err != nil {
		o.abandon()
	}
	return err
}

func (o *opening) abandon() {
	if o.store == nil {
		return
	}
	if err := o.store.Close(); err != nil {
		o.app.opt.Log.Warn("the list was not closed cleanly")
	}
	o.store = nil
}

// enterFrom hands over what a sign-in opened.
func (a *App) enterFrom(o *opening) {
	a.opening = nil
	a.enter(o.desk, a.wish)
}

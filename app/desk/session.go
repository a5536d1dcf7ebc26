package desk

import (
	"context"
	"errors"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/view"
)

// Begin reads who sits here and has the View built, then follows the store
// until End. Call it in the background; the desk may be handed to pages
// afterwards. The View is still being read then: see its Wait.
func (d *Desk) Begin(ctx context.Context) error {
	d.feed.open(d.Store)
	if err := d.read(ctx); err != nil {
		d.End()
		return err
	}
	changes, err := d.Store.Changes(ctx, d.Actor)
	if err != nil {
		d.End()
		return err
	}
	first, err := d.first(ctx)
	if err != nil {
		d.End()
		return err
	}
	v, err := view.Open(ctx, source{d.Store, d.Actor}, view.Options{
		Now: d.Clock, Location: d.Words.Zone(), ActiveDays: d.Settings().ActiveDays,
	}, first)
	if err != nil {
		d.End()
		return err
	}
	d.View = v
	d.changes.Store(changes)
	go d.follow()
	return nil
}

// End keeps what is being typed in dialogs, stops following the store and drops
// the View. Events that are under way are told to nobody. It may be called twice.
func (d *Desk) End() {
	d.keepTyping()
	d.feed.close()
	d.mu.Lock()
	clear(d.listeners)
	d.mu.Unlock()
	if d.View != nil {
		d.View.Drop()
	}
}

// read reads rights, person and settings anew.
func (d *Desk) read(ctx context.Context) error {
	rights, err := d.Store.Rights(ctx, d.Actor)
	if err != nil {
		return err
	}
	me, role, err := d.Store.Me(ctx, d.Actor)
	if err != nil {
		return err
	}
	settings, err := d.Store.Settings(ctx, d.Actor)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.rights, d.me, d.role, d.settings = rights, me, role, settings
	return nil
}

// source is the store as one person sees it.
type source struct {
	store *store.Store
	actor *store.Actor
}

func (s source) Customers(ctx context.Context, yield func(*data.Row) error) error {
	return s.store.Customers(ctx, s.actor, yield)
}

func (s source) CustomersByID(ctx context.Context, ids []data.CustomerID, yield func(*data.Row) error) error {
	return s.store.CustomersByID(ctx, s.actor, ids, yield)
}

// over tells errors that mean that the session has ended.
func over(err error) bool {
	return errors.Is(err, data.ErrSignedOut) || errors.Is(err, data.ErrDeactivated) || errors.Is(err, view.ErrDropped)
}

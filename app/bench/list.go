package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/sample"
	"lethe/data/store"
)

// The million is made once and kept under version: raise it when what makes it
// changes (the sample, the schema, how an import writes it, the peer's schema).
const (
	version = "1"
	seed    = 1
)

// What the list is made and opened with. The customers are made up.
const (
	password   = "a million customers"
	activeDays = data.DefaultActiveDays
)

// kdf is cheap: signing in is no part of the figures.
var kdf = account.KDF{Memory: 8 << 10, Passes: 1, Lanes: 1}

// now is a little after the last message of the sample, so that the same
// customers match in every run.
func now() time.Time { return time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC) }

// list is an open sealed store, with its Account Owner signed in.
type list struct {
	*store.Store
	owner *store.Actor
	lock  *store.FolderLock
}

func options(dir string) store.Options { return store.Options{Dir: dir, Clock: now, KDF: kdf} }

// openList opens the store in dir.
func openList(ctx context.Context, dir string) (*list, error) {
	lock, err := store.LockFolder(dir)
	if err != nil {
		return nil, err
	}
	l := &list{lock: lock}
	keys, err := store.Keys(dir)
	if err != nil {
		return nil, errors.Join(err, l.close())
	}
	un, err := keys.Unlock(ctx, keys.Members()[0].ID, password)
	if err != nil {
		return nil, errors.Join(err, l.close())
	}
	if l.Store, l.owner, err = store.Open(ctx, options(dir), un); err != nil {
		return nil, errors.Join(err, l.close())
	}
	return l, nil
}

func (l *list) close() error {
	var err error
	if l.Store != nil {
		err = l.Store.Close()
	}
	return errors.Join(err, l.lock.Release())
}

// Customers and CustomersByID are what the view reads: everybody, as the
// Account Owner sees them.
func (l *list) Customers(ctx context.Context, yield func(*data.Row) error) error {
	return l.Store.Customers(ctx, l.owner, yield)
}

// CustomersByID reads those of ids that are there.
func (l *list) CustomersByID(ctx context.Context, ids []data.CustomerID, yield func(*data.Row) error) error {
	return l.Store.CustomersByID(ctx, l.owner, ids, yield)
}

// cached is where something made once is kept.
func (b *bench) cached(name string) string {
	return filepath.Join(b.dir, fmt.Sprintf("customers-%d-v%s", b.customers, version), name)
}

// make answers the path of something made once; while it is made it has
// another name, so that an interrupted making leaves nothing that counts.
func (b *bench) make(name string, fill func(path string) error) (string, error) {
	path := b.cached(name)
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	unfinished := path + ".unfinished"
	if err := os.RemoveAll(unfinished); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return "", err
	}
	if err := fill(unfinished); err != nil {
		return "", errors.Join(err, os.RemoveAll(unfinished))
	}
	return path, os.Rename(unfinished, path)
}

// withCopy runs use on a copy of the sealed store, which is made if need be,
// and throws the copy away. The store itself is never opened again: even a
// sign-in writes.
func (b *bench) withCopy(ctx context.Context, use func(*list) error) (err error) {
	from, err := b.make("lethe", func(dir string) error { return b.makeList(ctx, dir) })
	if err != nil {
		return err
	}
	dir := filepath.Join(b.work(), "lethe")
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := copyFolder(dir, from); err != nil {
		return err
	}
	l, err := openList(ctx, dir)
	if err != nil {
		return err
	}
	return errors.Join(use(l), l.close())
}

func (b *bench) makeList(ctx context.Context, dir string) (err error) {
	lock, err := store.LockFolder(dir)
	if err != nil {
		return err
	}
	l := &list{lock: lock}
	defer func() { err = errors.Join(err, l.close()) }()
	owner := sample.Team()[0]
	l.Store, l.owner, _, err = store.Create(ctx, options(dir), store.FirstRun{
		Business: sample.Business, Region: sample.Region,
		OwnerName: owner.Name, Phone: owner.Phone, Email: owner.Email, Password: password,
	})
	if err != nil {
		return err
	}
	each := func(yield func(*store.ImportRow) error) error {
		for c, note := range sample.Million(seed, b.customers) {
			if err := yield(&store.ImportRow{Customer: c, Note: note}); err != nil {
				return err
			}
		}
		return nil
	}
	request := store.ImportRequest{Mode: store.ImportSkip, Each: each}
	report, err := l.Import(ctx, l.owner, request, func(done int) { b.making("the sealed list", done) })
	if err == nil && report.Added != b.customers {
		err = fmt.Errorf("%d customers were made, not %d", report.Added, b.customers)
	}
	return err
}

func (b *bench) making(what string, done int) {
	b.progress.show(fmt.Sprintf("Making %s, once: %d %%", what, 100*done/b.customers))
}

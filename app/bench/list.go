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
	"lethe/data/otp"
	"lethe/data/purge"
	"lethe/data/sample"
	"lethe/data/store"
)

// The million is made once and kept under version: raise it when what makes it
// changes (the sample, the schema, how an import writes it, the peer's schema).
const (
	version = "3"
	seed    = 1
)

// What the list is made and opened with. The customers are made up.
const (
	password   = "a million customers"
	activeDays = data.DefaultActiveDays
)

// secret is the Account Owner's authenticator.
var secret = otp.Secret("a bench's own secret")

// now is a little after the last message of the sample, so that the same
// customers match in every run.
func now() time.Time { return time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC) }

// list is an open sealed store, with its Account Owner signed in.
type list struct {
	*store.Store
	dir    string
	owner  *store.Actor
	purger *purge.Purger
	lock   *store.FolderLock
	clock  time.Time
	kdf    account.KDF
	remove bool // with its folder, when it is closed
}

func newList(dir string) (*list, error) {
	lock, err := store.LockFolder(dir)
	return &list{dir: dir, lock: lock, clock: now()}, err
}

func (l *list) options() store.Options {
	return store.Options{Dir: l.dir, Clock: func() time.Time { return l.clock }, KDF: l.kdf}
}

// openList opens the store in dir.
func openList(ctx context.Context, dir string) (*list, error) {
	l, err := newList(dir)
	if err != nil {
		return nil, err
	}
	keys, err := store.Keys(dir)
	if err != nil {
		return nil, errors.Join(err, l.close())
	}
	un, err := keys.Unlock(ctx, keys.Members()[0].ID, password)
	if err != nil {
		return nil, errors.Join(err, l.close())
	}
	if l.Store, l.owner, err = store.Open(ctx, l.options(), un); err != nil {
		return nil, errors.Join(err, l.close())
	}
	l.purger = purge.New(l.Store)
	return l, nil
}

// file is the path of the database.
func (l *list) file() string {
	keys, err := store.Keys(l.dir)
	if err != nil {
		return l.dir // whoever reads it fails
	}
	return filepath.Join(l.dir, keys.Database())
}

// enrol gives the Account Owner an authenticator.
func (l *list) enrol(ctx context.Context) error {
	return l.EnrolOTP(ctx, l.owner, password, secret, otp.CodeAt(secret, l.clock), "")
}

// authorise answers the owner's word for a plan, and nil where none is due.
func (l *list) authorise(ctx context.Context, p *store.Plan) (*otp.Authorisation, error) {
	if !p.Summary().OTPDue {
		return nil, nil
	}
	l.clock = l.clock.Add(time.Minute) // another OTP than the one before
	return l.purger.Authorise(ctx, l.owner, p, otp.CodeAt(secret, l.clock))
}

func (l *list) close() error {
	var err error
	if l.Store != nil {
		err = l.Store.Close()
	}
	err = errors.Join(err, l.lock.Release())
	if l.remove {
		err = errors.Join(err, os.RemoveAll(l.dir))
	}
	return err
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
	l, err := b.openCopy(ctx)
	if err != nil {
		return err
	}
	return errors.Join(use(l), l.close())
}

// openCopy opens a copy that is removed when it is closed.
func (b *bench) openCopy(ctx context.Context) (*list, error) {
	dir := filepath.Join(b.work(), "lethe")
	if err := b.copyList(ctx, dir); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	l, err := openList(ctx, dir)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	l.remove = true
	return l, nil
}

// copyList copies the sealed store's folder.
func (b *bench) copyList(ctx context.Context, dir string) error {
	from, err := b.make("lethe", func(dir string) error { return b.makeList(ctx, dir) })
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	return copyFolder(dir, from)
}

// createList makes a new list without customers, for the sample's owner.
func (b *bench) createList(ctx context.Context, dir string) (*list, error) {
	l, err := newList(dir)
	if err != nil {
		return nil, err
	}
	l.kdf = b.kdf
	owner := sample.Team()[0]
	l.Store, l.owner, _, err = store.Create(ctx, l.options(), store.FirstRun{
		Business: sample.Business, Region: sample.Region,
		OwnerName: owner.Name, Phone: owner.Phone, Email: owner.Email, Password: password,
	})
	if err != nil {
		return nil, errors.Join(err, l.close())
	}
	l.purger = purge.New(l.Store)
	return l, nil
}

func (b *bench) makeList(ctx context.Context, dir string) (err error) {
	l, err := b.createList(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
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
	if err != nil {
		return err
	}
	if err := l.ProveRecovery(ctx, l.owner); err != nil {
		return err
	}
	return l.enrol(ctx) // from here on the million are what the mark counts
}

func (b *bench) making(what string, done int) {
	b.progress.show(fmt.Sprintf("Making %s, once: %d %%", what, 100*done/b.customers))
}

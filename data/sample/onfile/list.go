// Package onfile makes sealed lists of many made-up customers, for whoever
// measures the program or drives it: the benchmark and the tour. A list is made
// once and kept in a folder of the caller's; it is copied to be worked on.
package onfile

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

// What the lists are made and opened with. Nothing of it is anybody's.
const (
	Password = "a million customers"
	Seed     = 1
)

// Secret is the Account Owner's authenticator.
var Secret = otp.Secret("the sample's secret!")

// Made is when the lists are made: a little after the last message of the
// sample, so that the same customers match in every run.
func Made() time.Time { return time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC) }

// List is an open sealed store, with its Account Owner signed in.
type List struct {
	*store.Store
	Owner  *store.Actor
	Purger *purge.Purger
	// Clock is the time of the store. It begins at Made.
	Clock time.Time

	dir  string
	lock *store.FolderLock
	kdf  account.KDF
}

func lock(dir string, kdf account.KDF) (*List, error) {
	l, err := store.LockFolder(dir)
	return &List{dir: dir, lock: l, kdf: kdf, Clock: Made()}, err
}

func (l *List) options() store.Options {
	return store.Options{Dir: l.dir, Clock: func() time.Time { return l.Clock }, KDF: l.kdf}
}

// Open opens the list in dir.
func Open(ctx context.Context, dir string) (*List, error) {
	l, err := lock(dir, account.KDF{})
	if err != nil {
		return nil, err
	}
	keys, err := store.Keys(dir)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	un, err := keys.Unlock(ctx, keys.Members()[0].ID, Password)
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	if l.Store, l.Owner, err = store.Open(ctx, l.options(), un); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	l.Purger = purge.New(l.Store)
	return l, nil
}

// Create makes a list without customers. A zero kdf is the recommended cost.
func Create(ctx context.Context, dir string, kdf account.KDF) (*List, error) {
	l, err := lock(dir, kdf)
	if err != nil {
		return nil, err
	}
	owner := sample.Team()[0]
	l.Store, l.Owner, _, err = store.Create(ctx, l.options(), store.FirstRun{
		Business: sample.Business, Region: sample.Region,
		OwnerName: owner.Name, Phone: owner.Phone, Email: owner.Email, Password: Password,
	})
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	l.Purger = purge.New(l.Store)
	return l, nil
}

// Make makes a list of n customers in dir, closed again. The Account Owner has
// typed the recovery key back and has an authenticator, so everybody is held
// since the mark. progress may be nil.
func Make(ctx context.Context, dir string, n int, kdf account.KDF, progress func(done int)) (err error) {
	l, err := Create(ctx, dir, kdf)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	each := func(yield func(*store.ImportRow) error) error {
		for c, note := range sample.Million(Seed, n) {
			if err := yield(&store.ImportRow{Customer: c, Note: note}); err != nil {
				return err
			}
		}
		return nil
	}
	report, err := l.Import(ctx, l.Owner, store.ImportRequest{Mode: store.ImportSkip, Each: each}, progress)
	if err == nil && report.Added != n {
		err = fmt.Errorf("%d customers were made, not %d", report.Added, n)
	}
	if err != nil {
		return err
	}
	if err := l.ProveRecovery(ctx, l.Owner); err != nil {
		return err
	}
	return l.EnrolOTP(ctx, l.Owner, Password, Secret, otp.CodeAt(Secret, l.Clock), "")
}

// Authorise answers the Account Owner's word for a plan, and nil where none is
// due. It sets the clock forward: an OTP counts once.
func (l *List) Authorise(ctx context.Context, p *store.Plan) (*otp.Authorisation, error) {
	if !p.Summary().OTPDue {
		return nil, nil
	}
	l.Clock = l.Clock.Add(time.Minute)
	return l.Purger.Authorise(ctx, l.Owner, p, otp.CodeAt(Secret, l.Clock))
}

// File is the path of the database.
func (l *List) File() (string, error) {
	keys, err := store.Keys(l.dir)
	if err != nil {
		return "", err
	}
	return filepath.Join(l.dir, keys.Database()), nil
}

// Close closes the store and lets go of its folder.
func (l *List) Close() error {
	var err error
	if l.Store != nil {
		err = l.Store.Close()
	}
	return errors.Join(err, l.lock.Release())
}

// Remove closes the list and removes its folder.
func (l *List) Remove() error { return errors.Join(l.Close(), os.RemoveAll(l.dir)) }

// Customers reads everybody, as the Account Owner sees them: with
// CustomersByID, what a view is built from.
func (l *List) Customers(ctx context.Context, yield func(*data.Row) error) error {
	return l.Store.Customers(ctx, l.Owner, yield)
}

// CustomersByID reads those of ids that are there.
func (l *List) CustomersByID(ctx context.Context, ids []data.CustomerID, yield func(*data.Row) error) error {
	return l.Store.CustomersByID(ctx, l.Owner, ids, yield)
}

// Package demo opens the sample: a throw-away folder with 1,714 made-up
// customers and a small team, any of whom one can be. It never touches a real
// list: the folder is new, in the system's folder for temporary files, and
// goes with Close.
package demo

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"os"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/sample"
	"lethe/data/store"
)

// Folder is an open sample.
type Folder struct {
	Store *store.Store
	// Owner is the session of the Account Owner that made it.
	Owner *store.Actor

	dir      string
	lock     *store.FolderLock
	password string // of everybody; nobody has to know it
	secret   otp.Secret
}

// kdf is cheap: the sample's password guards nothing.
var kdf = account.KDF{Memory: 8 * 1024, Passes: 1, Lanes: 1}

// Open makes the sample, with segments, and removes those that a crash left. What it made until
// an error is removed again.
func Open(ctx context.Context, clock func() time.Time, log *slog.Logger, segments []data.Segment, progress func(done, total int)) (*Folder, error) {
	removeStale(time.Now())
	dir, err := os.MkdirTemp("", dirPrefix)
	if err != nil {
		return nil, err
	}
	f := &Folder{dir: dir, password: rand.Text()}
	if err := f.fill(ctx, clock, log, segments, progress); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (f *Folder) fill(ctx context.Context, clock func() time.Time, log *slog.Logger, segments []data.Segment, progress func(done, total int)) (err error) {
	if f.lock, err = store.LockFolder(f.dir); err != nil {
		return err
	}
	team := sample.Team()
	opt := store.Options{Dir: f.dir, Clock: clock, Log: log, KDF: kdf}
	f.Store, f.Owner, _, err = store.Create(ctx, opt, store.FirstRun{
		Business: sample.Business, Region: sample.Region,
		OwnerName: team[0].Name, Phone: team[0].Phone, Email: team[0].Email, Password: f.password,
		Segments: segments,
	})
	if err != nil {
		return err
	}
	if f.secret, err = otp.NewSecret(rand.Reader); err != nil {
		return err
	}
	// Enrolled with the OTP before the present one, which is thus still good.
	before := otp.CodeAt(f.secret, clock().Add(-otpPeriod))
	if err := f.Store.EnrolOTP(ctx, f.Owner, f.password, f.secret, before, ""); err != nil {
		return err
	}
	if err := f.addTeam(ctx, team[1:]); err != nil {
		return err
	}
	return f.addCustomers(ctx, progress)
}

func (f *Folder) addTeam(ctx context.Context, team []sample.Member) error {
	roles, err := f.Store.Roles(ctx, f.Owner)
	if err != nil {
		return err
	}
	for _, m := range team {
		role, err := f.roleOf(ctx, roles, m)
		if err != nil {
			return err
		}
		u := data.User{Name: m.Name, Phone: m.Phone, Email: m.Email, Role: role}
		if _, err := f.Store.AddUser(ctx, f.Owner, f.password, u, f.password); err != nil {
			return err
		}
	}
	return nil
}

func (f *Folder) roleOf(ctx context.Context, roles []data.Role, m sample.Member) (data.RoleID, error) {
	if m.Role == data.CustomRole {
		return f.Store.AddRole(ctx, f.Owner, f.password, m.Custom)
	}
	for _, r := range roles {
		if r.Kind == m.Role {
			return r.ID, nil
		}
	}
	return 0, data.ErrNotFound
}

func (f *Folder) addCustomers(ctx context.Context, progress func(done, total int)) error {
	customers, fields, err := sample.Demo(ctx)
	if err != nil {
		return err
	}
	members, err := f.Store.Members(ctx, f.Owner)
	if err != nil {
		return err
	}
	authors := make([]data.UserID, len(members)) // in the order of sample.Team
	for i, m := range members {
		authors[i] = m.ID
	}
	each := func(yield func(*store.ImportRow) error) error {
		for i := range customers {
			row := store.ImportRow{Customer: customers[i].Customer, Custom: customers[i].Values}
			for _, n := range customers[i].Notes {
				row.Notes = append(row.Notes, data.Note{Text: n.Text, Created: n.Created, Author: authors[n.Author]})
			}
			for _, n := range customers[i].Interactions {
				row.Interactions = append(row.Interactions, data.Interaction{
					Kind: n.Kind, At: n.At, Line: n.Line, Author: authors[n.Author],
				})
			}
			if err := yield(&row); err != nil {
				return err
			}
			progress(i+1, len(customers))
		}
		return nil
	}
	_, err = f.Store.Import(ctx, f.Owner, store.ImportRequest{Mode: store.ImportSkip, Each: each, NewFields: fields}, nil)
	return err
}

// Password is that of everybody in the sample.
func (f *Folder) Password() string { return f.password }

// SignIn starts a session of a member.
func (f *Folder) SignIn(ctx context.Context, id data.UserID) (*store.Actor, error) {
	keys, err := store.Keys(f.dir)
	if err != nil {
		return nil, err
	}
	un, err := keys.Unlock(ctx, id, f.password)
	if err != nil {
		return nil, err
	}
	return f.Store.SignIn(ctx, un)
}

const otpPeriod = 30 * time.Second

// Code is what the Account Owner's authenticator shows, and for how long yet.
func (f *Folder) Code(now time.Time) (code string, left time.Duration) {
	end := time.Unix((otp.StepOf(now)+1)*int64(otpPeriod/time.Second), 0)
	return otp.CodeAt(f.secret, now), end.Sub(now)
}

// Close ends the sample and removes its folder, once its jobs have ended.
func (f *Folder) Close() error {
	var errs []error
	if f.Store != nil {
		errs = append(errs, f.Store.Close())
	}
	if f.lock != nil {
		errs = append(errs, f.lock.Release())
	}
	return errors.Join(append(errs, os.RemoveAll(f.dir))...)
}

// Dir is the folder.
func (f *Folder) Dir() string { return f.dir }

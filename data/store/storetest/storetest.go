// Package storetest makes real stores for tests: sealed files in a temporary
// folder, a clock that is set, passwords that cost little to check.
package storetest

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
)

// Password is that of every member made here.
const Password = "correct horse battery"

// KDF is the cheapest that the keys file takes.
var KDF = account.KDF{Memory: 64, Passes: 1, Lanes: 1}

// Clock is a clock that tests set.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock starts at 23 November 2026, 09:30 UTC.
func NewClock() *Clock {
	return &Clock{now: time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)}
}

// Now is the time on it.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Add moves it on, or back.
func (c *Clock) Add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Store is an open store with its Account Owner signed in.
type Store struct {
	*store.Store
	Clock    *Clock
	Dir      string
	Owner    *store.Actor
	Recovery account.RecoveryKey
	Secret   otp.Secret

	roles map[string]int // how many were made of each name
}

// New makes a store of its own for the test and closes it at the end.
func New(t testing.TB) *Store {
	t.Helper()
	s := &Store{Clock: NewClock(), Dir: t.TempDir()}
	var err error
	s.Store, s.Owner, s.Recovery, err = store.Create(t.Context(), s.Options(), store.FirstRun{
		Business: "Sharma Traders", OwnerName: "Asha Sharma", Password: Password,
		Email: "asha@example.com", Phone: 919820000001, Region: "IN",
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// Options are what the store is opened with.
func (s *Store) Options() store.Options {
	return store.Options{Dir: s.Dir, Clock: s.Clock.Now, KDF: KDF, BackupWork: 1}
}

// Enrol sets up OTPs with a secret of its own, and steps to the next OTP.
func (s *Store) Enrol(t testing.TB) {
	t.Helper()
	secret, err := otp.NewSecret(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Secret = secret
	if err := s.EnrolOTP(t.Context(), s.Owner, Password, secret, s.Code(), ""); err != nil {
		t.Fatal(err)
	}
	s.Clock.Add(otp.Period)
}

// Code is the OTP that the authenticator shows now.
func (s *Store) Code() string { return otp.CodeAt(s.Secret, s.Clock.Now()) }

// Fill imports n made-up customers as the actor, with phones from base+1 on.
func (s *Store) Fill(t testing.TB, a *store.Actor, base data.Phone, n int) {
	t.Helper()
	_, err := s.Import(t.Context(), a, store.ImportRequest{Mode: store.ImportSkip, Each: func(yield func(*store.ImportRow) error) error {
		for i := range n {
			if err := yield(Row(base, i)); err != nil {
				return err
			}
		}
		return nil
	}}, nil)
	if err != nil {
		t.Fatal(err)
	}
}

// Row is the i-th made-up customer of Fill.
func Row(base data.Phone, i int) *store.ImportRow {
	row := &store.ImportRow{Customer: data.Customer{
		Name:  fmt.Sprintf("Customer %06d Person", i),
		Phone: base + data.Phone(i) + 1,
		Email: fmt.Sprintf("person%06d@example.com", i),
		City:  []string{"Surat", "Pune", "Nagpur"}[i%3],
		Tags:  []string{"Tag " + string(rune('A'+i%4))},
	}}
	if i%10 == 0 {
		row.Note = fmt.Sprintf("Remembers the blue parcel number %06d", i)
	}
	return row
}

// IDs are all customers, in order.
func (s *Store) IDs(t testing.TB) []data.CustomerID {
	t.Helper()
	var ids []data.CustomerID
	err := s.Customers(context.Background(), s.Owner, func(r *data.Row) error {
		ids = append(ids, r.ID)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// Add makes a member with this role and signs them in.
func (s *Store) Add(t testing.TB, name string, role data.RoleID) *store.Actor {
	t.Helper()
	id, err := s.AddUser(t.Context(), s.Owner, Password, data.User{Name: name, Role: role}, Password)
	if err != nil {
		t.Fatal(err)
	}
	return s.SignInAs(t, id)
}

// SignInAs signs a member in.
func (s *Store) SignInAs(t testing.TB, id data.UserID) *store.Actor {
	t.Helper()
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), id, Password)
	if err != nil {
		t.Fatal(err)
	}
	a, err := s.SignIn(t.Context(), un)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Role makes a custom role with these permissions. Where a role has the name
// already, a number is added.
func (s *Store) Role(t testing.TB, name string, ps ...data.Permission) data.RoleID {
	t.Helper()
	if s.roles == nil {
		s.roles = map[string]int{}
	}
	if s.roles[name]++; s.roles[name] > 1 {
		name = fmt.Sprint(name, " ", s.roles[name])
	}
	id, err := s.AddRole(t.Context(), s.Owner, Password, data.Role{Name: name, Permissions: data.NewPermissionSet(ps...)})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

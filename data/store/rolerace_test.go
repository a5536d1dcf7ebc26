package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// The right to delete is taken away while its owner deletes, in each way that it
// can be. Whichever comes first, it is one after the other: either all of the
// plan went before the right did, or nothing goes; and afterwards nothing can.
func TestTakingTheRightRacesTheDeletion(t *testing.T) {
	s := storetest.New(t)
	const rounds = 8
	// So many that no OTP is due, should the deletion come first each time.
	s.Fill(t, s.Owner, 919820100000, 2*4*rounds*2+10)
	ctx := context.Background()
	won := map[bool]int{}
	for way, take := range map[string]func(a *store.Actor, r data.Role) error{
		"another role": func(a *store.Actor, _ data.Role) error {
			return s.SetUserRole(ctx, s.Owner, storetest.Password, a.User(), 4)
		},
		"the role changed": func(a *store.Actor, r data.Role) error {
			return s.EditRole(ctx, s.Owner, storetest.Password, r, data.Role{Name: r.Name}, []data.UserID{a.User()})
		},
		"the role removed": func(a *store.Actor, r data.Role) error {
			return s.DeleteRole(ctx, s.Owner, storetest.Password, r, 4, []data.UserID{a.User()})
		},
		"deactivated": func(a *store.Actor, _ data.Role) error {
			return s.DeactivateUser(ctx, s.Owner, storetest.Password, a.User())
		},
	} {
		for i := range rounds {
			role := data.Role{
				Name: fmt.Sprint(way, " ", i), Kind: data.CustomRole,
				Permissions: data.NewPermissionSet(data.DeleteCustomers, data.ViewAllCustomers),
			}
			var err error
			if role.ID, err = s.AddRole(ctx, s.Owner, storetest.Password, role); err != nil {
				t.Fatal(err)
			}
			a := s.Add(t, fmt.Sprint("Member ", way, i), role.ID)
			before := s.IDs(t)
			p := seal(t, s, a, data.WaySelected, before[:2])
			var deleted, taken error
			var wg sync.WaitGroup
			wg.Go(func() {
				var residue *store.Residue
				if _, residue, deleted = s.Store.Delete(ctx, a, p, nil, texts, nil); deleted == nil {
					if _, err := s.Scrub(ctx, residue, nil); err != nil {
						t.Error(err)
					}
				}
			})
			wg.Go(func() { taken = take(a, role) })
			wg.Wait()
			gone := len(before) - len(s.IDs(t))
			refused := errors.Is(deleted, data.ErrDenied) || errors.Is(deleted, data.ErrDeactivated) || errors.Is(deleted, data.ErrSignedOut)
			switch {
			case taken != nil:
				t.Fatalf("%s: %v", way, taken)
			case deleted == nil && gone != 2, refused && gone != 0, deleted != nil && !refused:
				t.Fatalf("%s: %d went, %v", way, gone, deleted)
			}
			won[deleted == nil]++
			if deleted == nil {
				order(t, s, a.User())
			}
			if _, err := s.Seal(ctx, a, store.SealRequest{Way: data.WaySelected, IDs: s.IDs(t)[:1]}); err == nil {
				t.Fatalf("%s: the right is gone, and yet a plan is sealed", way)
			}
		}
	}
	t.Logf("the deletion came first %d times, the change %d times", won[true], won[false])
}

// order fails unless the latest deletion by somebody stands in the audit log
// before what took their right.
func order(t *testing.T, s *storetest.Store, user data.UserID) {
	t.Helper()
	entries, err := s.Audit(t.Context(), s.Owner, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries { // the latest first
		switch {
		case e.Kind == data.AuditDelete && e.Actor == user:
			t.Fatal("deleted after the right was gone")
		case e.Kind == data.AuditUserChanged, e.Kind == data.AuditRoleChanged, e.Kind == data.AuditRoleRemoved:
			return
		}
	}
}

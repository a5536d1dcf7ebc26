package desk_test

import (
	"slices"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
)

func TestViewFollowsTheStore(t *testing.T) {
	k := desktest.New(t)
	var kinds []data.EventKind
	seen := -1
	cancel := k.Listen(func(e data.Event) {
		kinds = append(kinds, e.Kind)
		seen = k.View.Len()
	})
	k.Real.Fill(t, k.Real.Owner, 919811000000, 25)
	k.Settle()
	if seen != 25 || !slices.Contains(kinds, data.CustomersChanged) {
		t.Errorf("when the listener heard of it the view had %d; events %v", seen, kinds)
	}

	cancel()
	kinds = nil
	k.Real.Fill(t, k.Real.Owner, 919812000000, 5)
	k.Settle()
	if k.View.Len() != 30 || len(kinds) != 0 {
		t.Errorf("view %d; a cancelled listener heard %v", k.View.Len(), kinds)
	}
}

func TestSettingsAndRights(t *testing.T) {
	k := desktest.New(t)
	if me, role := k.Me(); me.Name != "Asha Sharma" || role.Kind != data.AccountOwner || !k.Rights().CanDeleteAll() {
		t.Errorf("me %+v, role %+v", me, role)
	}
	next := k.Settings()
	next.Business = "Sharma and Daughters"
	if err := k.Desk.Store.SaveSettings(t.Context(), k.Actor, next); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	if got := k.Settings().Business; got != "Sharma and Daughters" {
		t.Errorf("business %q", got)
	}
	lead := k.As(t, k.Real.Add(t, "Neha Joshi", 3))
	if lead.Rights().Can(data.DeleteCustomers) || !lead.Rights().Can(data.ViewAllCustomers) {
		t.Errorf("rights of a Team Lead: %v", lead.Rights().Set)
	}
}

func TestTwoDesksOfOneStore(t *testing.T) {
	k := desktest.New(t)
	own := k.Real.Role(t, "Own customers", data.ViewPhoneNumbers)
	other := k.As(t, k.Real.Add(t, "Imran Shaikh", own))
	k.Real.Fill(t, k.Real.Owner, 919811000000, 10)
	k.Settle()
	other.Settle()
	if k.View.Len() != 10 || other.View.Len() != 0 {
		t.Errorf("the owner sees %d, who sees only their own %d", k.View.Len(), other.View.Len())
	}
}

func TestEnd(t *testing.T) {
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919811000000, 10)
	k.Settle()
	heard := 0
	k.Listen(func(data.Event) { heard++ })
	k.End()
	k.End()
	k.Real.Fill(t, k.Real.Owner, 919812000000, 5)
	k.Settle()
	if heard != 0 || k.View.Len() != 0 {
		t.Errorf("after the end: heard %d, view %d", heard, k.View.Len())
	}
}

func TestSignedOutLocks(t *testing.T) {
	k := desktest.New(t)
	other := k.As(t, k.Real.SignInAs(t, 1))
	k.Desk.Store.SignOut(other.Actor)
	k.Real.Fill(t, k.Real.Owner, 919811000000, 1)
	other.Settle()
	k.Settle()
	if other.Locks != 1 || k.Locks != 0 {
		t.Errorf("locked: who was signed out %d times, the other %d", other.Locks, k.Locks)
	}
}

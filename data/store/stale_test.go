package store_test

import (
	"errors"
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// whyStale is the detail of the error of a stale plan.
func whyStale(t *testing.T, err error) data.StalePlan {
	t.Helper()
	var why *data.StalePlan
	if !errors.As(err, &why) || !errors.Is(err, data.ErrStalePlan) {
		t.Fatalf("it isn't said why: %v", err)
	}
	return *why
}

// TestAStalePlanSaysWhy: of whom it was confirmed, whoever changed since, is
// gone, or would go too.
func TestAStalePlanSaysWhy(t *testing.T) {
	few := func(ids []data.CustomerID) []data.CustomerID { return ids[:10] }
	none := func(ids []data.CustomerID) []data.CustomerID { return nil }
	note := func(t *testing.T, s *storetest.Store, id data.CustomerID) {
		t.Helper()
		if err := s.AddNote(t.Context(), s.Owner, id, "Called back"); err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		way    data.Way
		who    func([]data.CustomerID) []data.CustomerID
		change func(*testing.T, *storetest.Store, []data.CustomerID)
		want   data.StalePlan
	}{
		"two changed and three gone": {data.WaySelected, few, func(t *testing.T, s *storetest.Store, ids []data.CustomerID) {
			mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, ids[7:12]), nil)
			note(t, s, ids[0])
			note(t, s, ids[6])
		}, data.StalePlan{Changed: 2, Gone: 3}},
		"others match a filter, perhaps": {data.WayFiltered, few, func(t *testing.T, s *storetest.Store, _ []data.CustomerID) {
			s.Fill(t, s.Owner, 919820200000, 4)
		}, data.StalePlan{}},
		"one of a filter's changed": {data.WayFiltered, few, func(t *testing.T, s *storetest.Store, ids []data.CustomerID) {
			note(t, s, ids[3])
		}, data.StalePlan{Changed: 1}},
		"Delete All, and more came": {data.WayAll, none, func(t *testing.T, s *storetest.Store, ids []data.CustomerID) {
			mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, ids[:2]), nil)
			s.Fill(t, s.Owner, 919820200000, 4)
			note(t, s, ids[50])
		}, data.StalePlan{Changed: 1, Gone: 2, New: 4}},
		"most of the list": {
			data.WaySelected, func(ids []data.CustomerID) []data.CustomerID { return ids[10:70] },
			func(t *testing.T, s *storetest.Store, ids []data.CustomerID) { note(t, s, ids[11]) },
			data.StalePlan{Changed: 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := storetest.New(t)
			s.Fill(t, s.Owner, 919820100000, 100)
			ids := s.IDs(t)
			p := seal(t, s, s.Owner, c.way, c.who(ids))
			c.change(t, s, ids)
			held := s.IDs(t)
			_, _, err := s.Delete(t.Context(), s.Owner, p, nil, texts, nil)
			if got := whyStale(t, err); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if len(s.IDs(t)) != len(held) {
				t.Error("a stale plan deleted")
			}
		})
	}
}

// Whom somebody may no longer see is gone for them, and no more is said.
func TestAStalePlanKnowsNobodyOutOfSight(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	ravi := s.Add(t, "Ravi", s.Role(t, "Cleaner", data.DeleteCustomers))
	ids := s.IDs(t)
	for _, id := range ids[:3] {
		giveTo(t, s, id, ravi.User())
	}
	p := seal(t, s, ravi, data.WaySelected, ids[:3])
	giveTo(t, s, ids[1], s.Owner.User())
	_, _, err := s.Delete(t.Context(), ravi, p, nil, texts, nil)
	if got := whyStale(t, err); got != (data.StalePlan{Gone: 1}) {
		t.Errorf("%+v", got)
	}
	if len(s.IDs(t)) != 40 {
		t.Error("somebody went")
	}
}

// Sealing says how many of the chosen are gone.
func TestSealingSaysHowManyAreGone(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	ids := s.IDs(t)
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, ids[:2]), nil)
	_, err := s.Seal(t.Context(), s.Owner, store.SealRequest{Way: data.WaySelected, IDs: ids[:5]})
	if got := whyStale(t, err); got != (data.StalePlan{Gone: 2}) {
		t.Errorf("%+v", got)
	}
}

// giveTo makes somebody a customer's Agent.
func giveTo(t *testing.T, s *storetest.Store, id data.CustomerID, to data.UserID) {
	t.Helper()
	d, err := s.Details(t.Context(), s.Owner, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EditCustomer(t.Context(), s.Owner, data.Edit{Customer: id, Version: d.Row.Version, Agent: &to}, ""); err != nil {
		t.Fatal(err)
	}
}

package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

func texts(data.Receipt) (string, string) { return "Deleted", "Counts only." }

// seal seals a plan, or ends the test.
func seal(t *testing.T, s *storetest.Store, a *store.Actor, way data.Way, ids []data.CustomerID) *store.Plan {
	t.Helper()
	n, err := s.Changes(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Seal(t.Context(), a, store.SealRequest{Way: way, IDs: ids, Changes: n})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// mustDelete deletes, scrubs and checks, or ends the test.
func mustDelete(t *testing.T, s *storetest.Store, a *store.Actor, p *store.Plan, auth *otp.Authorisation) data.Receipt {
	t.Helper()
	r, residue, err := s.Delete(t.Context(), a, p, auth, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Scrub(t.Context(), residue, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.State != data.ScrubChecked || report.Pages == 0 || report.Values == 0 {
		t.Fatalf("scrub: %+v", report)
	}
	return r
}

func TestEachWayDeletesWhatWasSealed(t *testing.T) {
	for _, c := range []struct {
		way  data.Way
		pick func([]data.CustomerID) []data.CustomerID
	}{
		{data.WayOne, func(ids []data.CustomerID) []data.CustomerID { return ids[7:8] }},
		{data.WaySelected, func(ids []data.CustomerID) []data.CustomerID { return []data.CustomerID{ids[3], ids[99], ids[50]} }},
		{data.WayFiltered, func(ids []data.CustomerID) []data.CustomerID { return ids[10:40] }},
		{data.WayAll, func(ids []data.CustomerID) []data.CustomerID { return ids }},
	} {
		t.Run(string(c.way), func(t *testing.T) {
			s := storetest.New(t)
			s.Fill(t, s.Owner, 919820100000, 120)
			s.Enrol(t)
			before := s.IDs(t)
			gone := c.pick(before)
			p := seal(t, s, s.Owner, c.way, gone)
			var auth *otp.Authorisation
			if p.Summary().OTPDue {
				var err error
				if auth, err = s.Authorise(t.Context(), s.Owner, p, s.Code()); err != nil {
					t.Fatal(err)
				}
			}
			r := mustDelete(t, s, s.Owner, p, auth)
			stay := slices.DeleteFunc(before, func(id data.CustomerID) bool { return slices.Contains(gone, id) })
			if got := s.IDs(t); !slices.Equal(got, stay) {
				t.Errorf("%d stay, want %d", len(got), len(stay))
			}
			if r.Deleted != len(gone) || r.Stay != len(stay) {
				t.Errorf("receipt says %d deleted, %d stay", r.Deleted, r.Stay)
			}
		})
	}
}

func TestDeleteAllTakesEverythingThatHangsOnThem(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 50)
	s.Enrol(t)
	if _, err := s.AddSegment(t.Context(), s.Owner, data.Segment{Name: "Old ones"}); err != nil {
		t.Fatal(err)
	}
	p := seal(t, s, s.Owner, data.WayAll, nil)
	sum := p.Summary()
	if sum.Count != 50 || sum.Stay != 0 || sum.Cascade.Notes != 5 || sum.Cascade.Tags != 50 || sum.Cascade.Segments != 1 {
		t.Fatalf("summary: %+v", sum)
	}
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, p, auth)
	if g, err := s.Segments(t.Context(), s.Owner); err != nil || len(g) != 0 {
		t.Errorf("segments left: %d, %v", len(g), err)
	}
	out, err := s.Outbox(t.Context(), s.Owner)
	if err != nil || len(out) != 2 {
		t.Fatalf("%d messages, %v", len(out), err)
	}
	for _, m := range out {
		if m.State != data.OutboxPrepared {
			t.Errorf("%s is %s", m.Channel, m.State)
		}
	}
}

func TestOTPIsDueWhereTheRuleSays(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 100)
	s.Enrol(t)
	ids := s.IDs(t)
	first := seal(t, s, s.Owner, data.WaySelected, ids[:49])
	if first.Summary().OTPDue {
		t.Fatal("49 of 100 should not take an OTP")
	}
	mustDelete(t, s, s.Owner, first, nil)
	second := seal(t, s, s.Owner, data.WayOne, ids[49:50])
	if !second.Summary().OTPDue {
		t.Fatal("the 50th of 100 should take an OTP")
	}
	if _, _, err := s.Delete(t.Context(), s.Owner, second, nil, texts, nil); !errors.Is(err, data.ErrOTPNeeded) {
		t.Fatalf("without: %v", err)
	}
	if len(s.IDs(t)) != 51 {
		t.Fatal("a refused deletion deleted")
	}
	code := s.Code()
	auth, err := s.Authorise(t.Context(), s.Owner, second, code)
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, second, auth)
	m, err := s.Mark(t.Context(), s.Owner)
	if err != nil || m.Removed != 0 || m.Peak != 50 {
		t.Errorf("after the OTP counting starts anew, but: %+v, %v", m, err)
	}
	third := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:30])
	if _, err := s.Authorise(t.Context(), s.Owner, third, code); !errors.Is(err, data.ErrOTPUsed) {
		t.Errorf("the same OTP again: %v", err)
	}
}

func TestAnAuthorisationIsForOnePlanOneActorOneUse(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 60)
	s.Enrol(t)
	ids := s.IDs(t)
	one, other := seal(t, s, s.Owner, data.WaySelected, ids[:40]), seal(t, s, s.Owner, data.WaySelected, ids[10:50])
	auth, err := s.Authorise(t.Context(), s.Owner, one, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Delete(t.Context(), s.Owner, other, auth, texts, nil); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("for another plan: %v", err)
	}
	member := s.Add(t, "Ravi", 2)
	if _, _, err := s.Delete(t.Context(), member, one, auth, texts, nil); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("by another: %v", err)
	}
	s.Clock.Add(otp.AuthorisationLife + 1)
	if _, _, err := s.Delete(t.Context(), s.Owner, one, auth, texts, nil); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("too late: %v", err)
	}
	if len(s.IDs(t)) != 60 {
		t.Error("a refused deletion deleted")
	}
}

func TestStalePlansAreRefused(t *testing.T) {
	for name, change := range map[string]func(*storetest.Store, data.CustomerID) error{
		"a note added": func(s *storetest.Store, id data.CustomerID) error {
			return s.AddNote(context.Background(), s.Owner, id, "Called back")
		},
		"one deleted": func(s *storetest.Store, id data.CustomerID) error {
			p, err := s.Seal(context.Background(), s.Owner, store.SealRequest{Way: data.WayOne, IDs: []data.CustomerID{id}})
			if err == nil {
				_, _, err = s.Delete(context.Background(), s.Owner, p, nil, texts, nil)
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := storetest.New(t)
			s.Fill(t, s.Owner, 919820100000, 100)
			ids := s.IDs(t)
			p := seal(t, s, s.Owner, data.WaySelected, ids[:10])
			if err := change(s, ids[4]); err != nil {
				t.Fatal(err)
			}
			held := len(s.IDs(t))
			if _, _, err := s.Delete(t.Context(), s.Owner, p, nil, texts, nil); !errors.Is(err, data.ErrStalePlan) {
				t.Errorf("got %v", err)
			}
			if len(s.IDs(t)) != held {
				t.Error("a stale plan deleted")
			}
		})
	}
	t.Run("a filter answered on another list", func(t *testing.T) {
		s := storetest.New(t)
		s.Fill(t, s.Owner, 919820100000, 30)
		p := seal(t, s, s.Owner, data.WayFiltered, s.IDs(t)[:5])
		s.Fill(t, s.Owner, 919820200000, 1)
		if _, _, err := s.Delete(t.Context(), s.Owner, p, nil, texts, nil); !errors.Is(err, data.ErrStalePlan) {
			t.Errorf("got %v", err)
		}
	})
}

func TestWhoMayDelete(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	s.Enrol(t)
	support := s.Role(t, "Support", data.ViewAllCustomers, data.DeleteCustomers)
	blind := s.Role(t, "Own customers only", data.DeleteCustomers)
	ids := s.IDs(t)
	for _, c := range []struct {
		name     string
		role     data.RoleID
		one, all error
	}{
		{"owner", 2, nil, nil},
		{"team lead", 3, data.ErrDenied, data.ErrDenied},
		{"team member", 4, data.ErrDenied, data.ErrDenied},
		{"custom with the right", support, nil, data.ErrDenied},
		{"custom, not theirs", blind, data.ErrDenied, data.ErrDenied},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := s.Add(t, c.name, c.role)
			if _, err := s.Seal(t.Context(), a, store.SealRequest{Way: data.WayOne, IDs: ids[:1]}); !errors.Is(err, c.one) {
				t.Errorf("one: %v", err)
			}
			if _, err := s.Seal(t.Context(), a, store.SealRequest{Way: data.WayAll}); !errors.Is(err, c.all) {
				t.Errorf("all: %v", err)
			}
		})
	}
	t.Run("signed out", func(t *testing.T) {
		a := s.Add(t, "leaves", 2)
		p := seal(t, s, a, data.WayOne, ids[:1])
		s.SignOut(a)
		if _, _, err := s.Delete(t.Context(), a, p, nil, texts, nil); !errors.Is(err, data.ErrSignedOut) {
			t.Errorf("got %v", err)
		}
	})
}

func TestACancelledDeletionDeletesNobody(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:10])
	ctx, cancel := context.WithCancel(t.Context())
	_, _, err := s.Delete(ctx, s.Owner, p, nil, texts, func(int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if n := len(s.IDs(t)); n != 40 {
		t.Errorf("%d left", n)
	}
}

func TestWrongOTPsAreCountedAndDeleteNobody(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	s.Enrol(t)
	p := seal(t, s, s.Owner, data.WayAll, nil)
	wrong := "000000"
	if wrong == s.Code() {
		wrong = "111111"
	}
	var first, second *data.OTPWrong
	if _, err := s.Authorise(t.Context(), s.Owner, p, wrong); !errors.As(err, &first) {
		t.Fatalf("got %v", err)
	}
	if _, err := s.Authorise(t.Context(), s.Owner, p, wrong); !errors.As(err, &second) {
		t.Fatalf("got %v", err)
	}
	if second.Left != first.Left-1 {
		t.Errorf("tries left: %d, then %d", first.Left, second.Left)
	}
	if len(s.IDs(t)) != 40 {
		t.Error("customers are gone")
	}
}

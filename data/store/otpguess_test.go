package store_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// Ten thousand guesses by an Owner at their own desk, with the program started
// anew now and then and the clock set forward past every wait: ten are looked
// at, and no right one is taken after them.
func TestTenThousandGuessesWithRestarts(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	ravi := s.Add(t, "Ravi", 2)
	s.Enrol(t)
	looked, locked := 0, 0
	p := seal(t, s, ravi, data.WayAll, nil)
	for i := range 10_000 {
		if i%1000 == 999 {
			un := unlock(t, s, ravi.User())
			s = reopen(t, s, un)
			ravi = s.Owner // who opened it
			p = seal(t, s, ravi, data.WayAll, nil)
		}
		var w *data.OTPWrong
		switch err := wrong(t, s, ravi, p); {
		case errors.Is(err, data.ErrOTPLocked):
			locked++
		case errors.As(err, &w):
			looked++
			s.Clock.Add(w.Wait)
		default:
			t.Fatal(err)
		}
	}
	if looked != otp.MaxWrongOthers || locked != 10_000-otp.MaxWrongOthers {
		t.Errorf("%d were looked at, %d refused unseen", looked, locked)
	}
	if _, err := s.Authorise(t.Context(), ravi, p, s.Code()); !errors.Is(err, data.ErrOTPLocked) {
		t.Errorf("a right one after them: %v", err)
	}
	// The owner is told how many there were, and their own sign-in lifts it.
	owner := s.SignInAs(t, 1)
	if d, err := s.Digest(t.Context(), owner); err != nil || d.WrongOTPs != otp.MaxWrongOthers {
		t.Errorf("told %+v, %v", d, err)
	}
	if _, err := s.Authorise(t.Context(), ravi, p, s.Code()); err != nil {
		t.Errorf("once the owner was there: %v", err)
	}
}

// An OTP that was accepted is refused after a restart, and a step before and
// after; those of the steps around it, entered in time, are good once each.
func TestAnOTPAfterARestartAndAroundItsStep(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 300)
	s.Enrol(t)
	v, err := s.Settings(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	v.Strictness = data.StrictAlways
	if err := s.SaveSettings(t.Context(), s.Owner, v); err != nil {
		t.Fatal(err)
	}
	next := data.CustomerID(1)
	try := func(code string) error {
		t.Helper()
		p := seal(t, s, s.Owner, data.WayOne, []data.CustomerID{next})
		auth, err := s.Authorise(t.Context(), s.Owner, p, code)
		if err != nil {
			return err
		}
		_, residue, err := s.Store.Delete(t.Context(), s.Owner, p, auth, texts, nil)
		if err == nil {
			next++
			_, err = s.Scrub(t.Context(), residue, nil)
		}
		return err
	}
	s.Clock.Add(time.Minute)
	code := s.Code()
	if err := try(code); err != nil {
		t.Fatal(err)
	}
	for _, move := range []time.Duration{0, otp.Period, -2 * otp.Period, otp.Period} {
		s.Clock.Add(move)
		if err := try(code); !errors.Is(err, data.ErrOTPUsed) {
			t.Errorf("again, %s on: %v", move, err)
		}
		s = reopen(t, s, unlock(t, s, 1))
		if err := try(code); !errors.Is(err, data.ErrOTPUsed) {
			t.Errorf("after a restart: %v", err)
		}
	}
	// The one before the present and the one after it: each once, in order.
	s.Clock.Add(10 * otp.Period)
	before, after := otp.CodeAt(s.Secret, s.Clock.Now().Add(-otp.Period)), otp.CodeAt(s.Secret, s.Clock.Now().Add(otp.Period))
	for i, c := range []struct {
		code string
		want error
	}{{before, nil}, {before, data.ErrOTPUsed}, {after, nil}, {after, data.ErrOTPUsed}, {s.Code(), data.ErrOTPUsed}} {
		if err := try(c.code); !errors.Is(err, c.want) {
			t.Errorf("%d: %v, want %v", i, err, c.want)
		}
	}
}

// What was authorised is good for one plan, in one session, once, in time.
func TestAnAuthorisationIsForOneThing(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 60)
	s.Enrol(t)
	ravi := s.Add(t, "Ravi", 2)
	ids := s.IDs(t)
	authorise := func(a *store.Actor, p *store.Plan) *otp.Authorisation {
		t.Helper()
		s.Clock.Add(2 * otp.Period)
		auth, err := s.Authorise(t.Context(), a, p, s.Code())
		if err != nil {
			t.Fatal(err)
		}
		return auth
	}
	refused := func(what string, a *store.Actor, p *store.Plan, auth *otp.Authorisation) {
		t.Helper()
		if _, _, err := s.Store.Delete(t.Context(), a, p, auth, texts, nil); !errors.Is(err, data.ErrAuthorisation) {
			t.Errorf("%s: %v", what, err)
		}
		if n := len(s.IDs(t)); n != 60 {
			t.Fatalf("%s: %d are left", what, n)
		}
	}
	mine, other := seal(t, s, s.Owner, data.WaySelected, ids[:30]), seal(t, s, s.Owner, data.WaySelected, ids[:31])
	theirs := seal(t, s, ravi, data.WaySelected, ids[:30])
	refused("of another plan", s.Owner, other, authorise(s.Owner, mine))
	refused("of another person's plan", ravi, theirs, authorise(s.Owner, mine))
	refused("a plan of another person", ravi, mine, authorise(s.Owner, mine))
	refused("a plan of another session", s.SignInAs(t, 1), mine, authorise(s.Owner, mine))
	late := authorise(s.Owner, mine)
	s.Clock.Add(otp.AuthorisationLife + time.Second)
	refused("late", s.Owner, mine, late)
	early := authorise(s.Owner, mine)
	s.Clock.Add(-time.Second)
	refused("from the future", s.Owner, mine, early)
	s.Clock.Add(time.Second)
	mustDelete(t, s, s.Owner, mine, early)
}

// The wrong OTP after which no more are taken is told to the Account Owner, by
// the transaction that counts it; those before and after it are not. Once what
// was wrong counts no more, the next row of them is told again.
func TestTooManyWrongOTPsAreToldOnce(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	ravi := s.Add(t, "Ravi", 2).User()
	s.Enrol(t)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	opt := s.Options()
	opt.OwnerTexts = func(e data.Entry, by, business string, _ data.SigningKey) (string, string) {
		return business, fmt.Sprintf("%s %s by %s, entry %d", e.Facts["wrong"], e.Kind, by, e.Seq)
	}
	var err error
	if s.Store, s.Owner, err = store.Open(t.Context(), opt, unlock(t, s, 1)); err != nil {
		t.Fatal(err)
	}
	guess := func(a *store.Actor, times int) {
		t.Helper()
		p := seal(t, s, a, data.WayAll, nil)
		for range times {
			err := wrong(t, s, a, p)
			var w *data.OTPWrong
			if errors.As(err, &w) {
				s.Clock.Add(w.Wait)
			} else if !errors.Is(err, data.ErrOTPLocked) {
				t.Fatal(err)
			}
		}
	}
	told := func(want int) []data.Message {
		t.Helper()
		all := outboxOf(t, s)
		if len(all) != want {
			t.Fatalf("%d messages, want %d: %+v", len(all), want, all)
		}
		return all
	}
	others := s.SignInAs(t, ravi)
	guess(others, otp.MaxWrongOthers-1)
	told(0)
	guess(others, 1)
	all := told(2) // by e-mail and by WhatsApp
	if want := fmt.Sprintf("10 otp_wrong by Ravi, entry %d", all[0].AuditID); all[0].Body != want || all[0].About != data.AuditOTPWrong {
		t.Errorf("told %q, want %q", all[0].Body, want)
	}
	guess(others, 5)
	told(2)
	owner := s.SignInAs(t, 1) // lifts it
	guess(others, otp.MaxWrongOthers-1)
	told(2)
	guess(others, 1)
	told(4)
	guess(owner, otp.MaxWrongOwner-1)
	told(4)
	guess(owner, 3)
	if all := told(6); !strings.HasPrefix(all[0].Body, "30 otp_wrong by Asha Sharma") {
		t.Errorf("told %q", all[0].Body)
	}
}

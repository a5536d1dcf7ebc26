package store_test

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// wrong enters an OTP that is none of those of this moment.
func wrong(t *testing.T, s *storetest.Store, a *store.Actor, p *store.Plan) error {
	t.Helper()
	code := ""
	for n := 0; ; n++ {
		code = fmt.Sprintf("%06d", n)
		now := s.Clock.Now()
		if code != otp.CodeAt(s.Secret, now) && code != otp.CodeAt(s.Secret, now.Add(otp.Period)) &&
			code != otp.CodeAt(s.Secret, now.Add(-otp.Period)) {
			break
		}
	}
	_, err := s.Authorise(t.Context(), a, p, code)
	if err == nil {
		t.Fatal("a wrong OTP was taken")
	}
	return err
}

func TestWithoutAnAuthenticator(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 5)
	p := seal(t, s, s.Owner, data.WayAll, nil)
	if sum := p.Summary(); !sum.OTPDue || sum.OTPSetUp || !sum.NeedName {
		t.Errorf("%+v", sum)
	}
	_, err := s.Authorise(t.Context(), s.Owner, p, "123456")
	wantErr(t, "authorise", err, data.ErrOTPNotSetUp)
	_, _, err = s.Delete(t.Context(), s.Owner, p, nil, texts, nil)
	wantErr(t, "delete", err, data.ErrOTPNotSetUp)
	_, _, err = s.Delete(t.Context(), s.Owner, p, &otp.Authorisation{}, texts, nil)
	wantErr(t, "delete with a made-up word", err, data.ErrOTPNotSetUp)
}

// One OTP read out over the phone and entered in fifty places at once deletes
// for one of them.
func TestOneOTPFiftyTimesAtOnce(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 60)
	s.Enrol(t)
	v, err := s.Settings(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	v.Strictness = data.StrictAlways
	if err := s.SaveSettings(t.Context(), s.Owner, v); err != nil {
		t.Fatal(err)
	}
	ids, code := s.IDs(t), s.Code()
	var plans []*store.Plan
	for i := range 50 {
		plans = append(plans, seal(t, s, s.Owner, data.WaySelected, ids[i:i+1]))
	}
	var deleted, used atomic.Int64
	var wg sync.WaitGroup
	for _, p := range plans {
		wg.Go(func() {
			auth, err := s.Authorise(t.Context(), s.Owner, p, code)
			if err == nil {
				_, _, err = s.Delete(t.Context(), s.Owner, p, auth, texts, nil)
			}
			switch {
			case err == nil:
				deleted.Add(1)
			case errors.Is(err, data.ErrOTPUsed):
				used.Add(1)
			default:
				t.Errorf("got %v", err)
			}
		})
	}
	wg.Wait()
	if deleted.Load() != 1 || used.Load() != 49 || len(s.IDs(t)) != 59 {
		t.Errorf("deleted %d times, refused %d, %d left", deleted.Load(), used.Load(), len(s.IDs(t)))
	}
	log(t, s)
}

// One authorisation, fifty times at once.
func TestOneAuthorisationFiftyTimesAtOnce(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	s.Enrol(t)
	p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:30])
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	var deleted atomic.Int64
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if _, _, err := s.Delete(t.Context(), s.Owner, p, auth, texts, nil); err == nil {
				deleted.Add(1)
			}
		})
	}
	wg.Wait()
	if deleted.Load() != 1 || len(s.IDs(t)) != 10 {
		t.Errorf("deleted %d times, %d left", deleted.Load(), len(s.IDs(t)))
	}
}

func TestTooManyWrongOTPsLock(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	ravi := s.Add(t, "Ravi", 2)
	s.Enrol(t)
	theirs, mine := seal(t, s, ravi, data.WayAll, nil), seal(t, s, s.Owner, data.WayAll, nil)
	for i := range otp.MaxWrongOthers {
		var w *data.OTPWrong
		if err := wrong(t, s, ravi, theirs); !errors.As(err, &w) || w.Left != otp.MaxWrongOthers-1-i {
			t.Fatalf("try %d: %v", i+1, err)
		}
		s.Clock.Add(10 * time.Minute)
	}
	_, err := s.Authorise(t.Context(), ravi, theirs, s.Code())
	wantErr(t, "a right one after too many", err, data.ErrOTPLocked)
	if _, err := s.Authorise(t.Context(), s.Owner, mine, s.Code()); err != nil {
		t.Errorf("the Account Owner is locked out by others: %v", err)
	}
	// It outlasts a restart, and ends when the Account Owner signs in.
	un := unlock(t, s, ravi.User())
	again := reopen(t, s, un)
	p := seal(t, again, again.Owner, data.WayAll, nil)
	_, err = again.Authorise(t.Context(), again.Owner, p, again.Code())
	wantErr(t, "after a restart", err, data.ErrOTPLocked)
	again.SignInAs(t, 1)
	if _, err := again.Authorise(t.Context(), again.Owner, p, again.Code()); err != nil {
		t.Errorf("once the Account Owner was there: %v", err)
	}
}

func TestTheAccountOwnersOwnWrongOnesLock(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	s.Enrol(t)
	p := seal(t, s, s.Owner, data.WayAll, nil)
	for range otp.MaxWrongOwner {
		wrong(t, s, s.Owner, p)
		s.Clock.Add(10 * time.Minute)
	}
	_, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	wantErr(t, "a right one", err, data.ErrOTPLocked)
	wantErr(t, "with a wrong recovery key", s.ResetOTPClock(t.Context(), s.Owner, storetest.Password, "AAAA"), data.ErrWrongRecovery)
	wantErr(t, "with a wrong password", s.ResetOTPClock(t.Context(), s.Owner, "not the password", s.Recovery.String()), data.ErrWrongPassword)
	if err := s.ResetOTPClock(t.Context(), s.Owner, storetest.Password, s.Recovery.String()); err != nil {
		t.Fatal(err)
	}
	s.Clock.Add(2 * time.Minute)
	if _, err := s.Authorise(t.Context(), s.Owner, p, s.Code()); err != nil {
		t.Errorf("after password and recovery key: %v", err)
	}
	if got := kinds(log(t, s)); got[len(got)-len("clock_reset"):] != "clock_reset" {
		t.Errorf("the log ends with %s", got)
	}
}

func TestAClockThatJumped(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 60)
	s.Enrol(t)
	const ahead = 4 * 365 * 24 * time.Hour
	s.Clock.Add(ahead)
	p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:30])
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, p, auth)
	s.Clock.Add(-ahead)
	p = seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:20])
	_, err = s.Authorise(t.Context(), s.Owner, p, s.Code())
	wantErr(t, "the clock set right again", err, data.ErrClockBehind)
	if err := s.ResetOTPClock(t.Context(), s.Owner, storetest.Password, s.Recovery.String()); err != nil {
		t.Fatal(err)
	}
	s.Clock.Add(2 * time.Minute)
	if _, err := s.Authorise(t.Context(), s.Owner, p, s.Code()); err != nil {
		t.Errorf("after password and recovery key: %v", err)
	}
}

func TestEnrolling(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 60)
	ctx := t.Context()
	secret := otp.Secret("12345678901234567890")
	code := func(sec otp.Secret) string { return otp.CodeAt(sec, s.Clock.Now()) }
	set := func() bool {
		on, err := s.OTPSetUp(ctx, s.Owner)
		if err != nil {
			t.Fatal(err)
		}
		return on
	}
	wantErr(t, "a wrong password", s.EnrolOTP(ctx, s.Owner, "not the password", secret, code(secret), ""), data.ErrWrongPassword)
	var w *data.OTPWrong
	if err := s.EnrolOTP(ctx, s.Owner, storetest.Password, secret, "abcdef", ""); !errors.As(err, &w) || set() {
		t.Errorf("a code that proves nothing: %v", err)
	}
	if err := s.EnrolOTP(ctx, s.Owner, storetest.Password, secret, code(secret), ""); err != nil || !set() {
		t.Fatal(err)
	}
	// A few are removed, so that starting anew can be seen.
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:10]), nil)

	next := otp.Secret("abcdefghijabcdefghij")
	s.Clock.Add(otp.Period)
	if err := s.EnrolOTP(ctx, s.Owner, storetest.Password, next, code(next), ""); err == nil {
		t.Error("replaced without the old one's OTP")
	}
	if err := s.EnrolOTP(ctx, s.Owner, storetest.Password, next, code(next), code(next)); err == nil {
		t.Error("replaced with the new one's OTP for the old")
	}
	if m, err := s.Mark(ctx, s.Owner); err != nil || m.Removed != 10 {
		t.Errorf("a refused enrolment starts counting anew: %+v, %v", m, err)
	}
	s.Clock.Add(time.Minute)
	if err := s.EnrolOTP(ctx, s.Owner, storetest.Password, next, code(next), code(secret)); err != nil {
		t.Fatalf("replacing: %v", err)
	}
	if m, err := s.Mark(ctx, s.Owner); err != nil || m != data.NewMark(50) {
		t.Errorf("the enrolment starts counting anew: %+v, %v", m, err)
	}
	s.Clock.Add(otp.Period)
	s.Secret = next
	p := seal(t, s, s.Owner, data.WayAll, nil)
	if _, err := s.Authorise(ctx, s.Owner, p, code(secret)); err == nil {
		t.Error("the old authenticator still works")
	}
	if _, err := s.Authorise(ctx, s.Owner, p, code(next)); err != nil {
		t.Errorf("the new one: %v", err)
	}
}

func TestALostAuthenticator(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	ctx := t.Context()
	next := otp.Secret("abcdefghijabcdefghij")
	code := otp.CodeAt(next, s.Clock.Now())
	_, err := s.RecoverOTP(ctx, s.Owner, "not the password", s.Recovery.String(), next, code)
	wantErr(t, "a wrong password", err, data.ErrWrongPassword)
	_, err = s.RecoverOTP(ctx, s.Owner, storetest.Password, "x", next, code)
	wantErr(t, "a mistyped recovery key", err, account.ErrMistyped)
	fresh, err := s.RecoverOTP(ctx, s.Owner, storetest.Password, s.Recovery.String(), next, code)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.RecoverOTP(ctx, s.Owner, storetest.Password, s.Recovery.String(), next, code)
	wantErr(t, "the used recovery key again", err, data.ErrWrongRecovery)
	s.Clock.Add(otp.Period)
	if _, err := s.RecoverOTP(ctx, s.Owner, storetest.Password, fresh.String(), next, otp.CodeAt(next, s.Clock.Now())); err != nil {
		t.Errorf("the new one: %v", err)
	}
}

// Others enter the Account Owner's OTP at their desks; it counts once there
// too.
func TestAnOwnerEntersTheAccountOwnersOTP(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	s.Enrol(t)
	ravi := s.Add(t, "Ravi", 2)
	p := seal(t, s, ravi, data.WayAll, nil)
	_, _, err := s.Delete(t.Context(), ravi, p, nil, texts, nil)
	wantErr(t, "without", err, data.ErrOTPNeeded)
	auth, err := s.Authorise(t.Context(), ravi, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	if r := mustDelete(t, s, ravi, p, auth); !r.Approved || r.Stay != 0 || r.ByName != "Ravi" {
		t.Errorf("%+v", r)
	}
}

// Wrong recovery keys wait as wrong passwords do; who mistypes one doesn't.
func TestWrongRecoveryKeysWait(t *testing.T) {
	s := storetest.New(t)
	s.Enrol(t)
	another := storetest.New(t).Recovery.String()
	reset := func(key string) error { return s.ResetOTPClock(t.Context(), s.Owner, storetest.Password, key) }
	for range 20 {
		wantErr(t, "mistyped", reset("AAAA"), data.ErrWrongRecovery)
	}
	var early *data.PasswordWait
	for n := 1; n <= 10; n++ {
		wantErr(t, "another list's", reset(another), data.ErrWrongRecovery)
		wait := data.PasswordDelay(n - 2)
		err := reset(s.Recovery.String())
		if wait == 0 {
			if err != nil {
				t.Fatal(err)
			}
			for range n { // the right one ended the row
				wantErr(t, "again", reset(another), data.ErrWrongRecovery)
			}
			continue
		}
		if !errors.As(err, &early) || !early.Recovery || early.Wait != wait {
			t.Fatalf("after %d wrong ones: %v, want to wait %v", n, err, wait)
		}
		s.Clock.Add(wait)
	}
	if err := reset(s.Recovery.String()); err != nil {
		t.Error(err)
	}
}

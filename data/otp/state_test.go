package otp

import (
	"errors"
	"testing"
	"time"

	"lethe/data"
)

var start = time.Date(2026, 3, 2, 9, 30, 7, 0, time.UTC)

func fresh() State { return State{Secret: seed(20)} }

// wrongAt is a code that is none of those accepted around now.
func wrongAt(now time.Time) string {
	right := map[string]bool{}
	for d := -2; d <= 2; d++ {
		right[CodeAt(seed(20), now.Add(time.Duration(d)*Period))] = true
	}
	for _, c := range []string{"000000", "111111", "222222", "333333", "444444", "555555"} {
		if !right[c] {
			return c
		}
	}
	return "666666"
}

func mustAccept(t *testing.T, st State, at, now time.Time) State {
	t.Helper()
	step, st, err := Check(st, CodeAt(seed(20), at), now, true)
	if err != nil {
		t.Fatalf("the OTP of %s at %s: %v", at, now, err)
	}
	if step != StepOf(at) || st.LastStep != step {
		t.Fatalf("step %d, kept %d, want %d", step, st.LastStep, StepOf(at))
	}
	return st
}

func TestStepsAround(t *testing.T) {
	for d := -3; d <= 3; d++ {
		at := start.Add(time.Duration(d) * Period)
		_, st, err := Check(fresh(), CodeAt(seed(20), at), start, true)
		if want := d >= -1 && d <= 1; want != (err == nil) {
			t.Errorf("the OTP %d steps away: %v", d, err)
		}
		var wrong *data.OTPWrong
		if err != nil && (!errors.As(err, &wrong) || st.WrongOwner != 1) {
			t.Errorf("%d steps away: %v, counted %d", d, err, st.WrongOwner)
		}
	}
}

func TestSameCodeTwice(t *testing.T) {
	st := mustAccept(t, fresh(), start, start)
	for _, later := range []time.Duration{0, time.Second, 20 * time.Second, Period} {
		_, next, err := Check(st, CodeAt(seed(20), start), start.Add(later), true)
		if !errors.Is(err, data.ErrOTPUsed) {
			t.Errorf("again after %s: %v", later, err)
		}
		if next.WrongOwner != 0 || !next.NextTry.IsZero() {
			t.Errorf("a used OTP was counted: %+v", next)
		}
	}
	// The one before it was never entered, but is older than one that was.
	if _, _, err := Check(st, CodeAt(seed(20), start.Add(-Period)), start, true); !errors.Is(err, data.ErrOTPUsed) {
		t.Errorf("an older one: %v", err)
	}
	mustAccept(t, st, start.Add(Period), start)
}

func TestTypedWithBlanks(t *testing.T) {
	c := CodeAt(seed(20), start)
	for _, typed := range []string{c[:3] + " " + c[3:], " " + c + "\n", c[:3] + "-" + c[3:]} {
		if _, _, err := Check(fresh(), typed, start, false); err != nil {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for _, typed := range []string{"", "12345", "1234567", "12345a", "१२३४५६", string(make([]byte, 1<<20))} {
		_, st, err := Check(fresh(), typed, start, false)
		var wrong *data.OTPWrong
		if !errors.As(err, &wrong) || wrong.Left != MaxWrongOthers || st.WrongOthers != 0 {
			t.Errorf("%.10q: %v, counted %d", typed, err, st.WrongOthers)
		}
	}
}

func TestNotSetUp(t *testing.T) {
	if _, _, err := Check(State{}, "123456", start, true); !errors.Is(err, data.ErrOTPNotSetUp) {
		t.Fatal(err)
	}
}

func TestClockBehind(t *testing.T) {
	st := mustAccept(t, fresh(), start, start)
	// The phone is right and the desk's clock is behind.
	at := start.Add(-ClockTolerance)
	if _, _, err := Check(st, CodeAt(seed(20), at), at, true); !errors.Is(err, data.ErrOTPUsed) {
		t.Errorf("two minutes behind: %v", err)
	}
	at = start.Add(-ClockTolerance - time.Second)
	_, next, err := Check(st, CodeAt(seed(20), at), at, true)
	if !errors.Is(err, data.ErrClockBehind) || next.WrongOwner != 0 {
		t.Errorf("more than two minutes behind: %v", err)
	}
	// A wrong OTP does not move the mark.
	_, next, _ = Check(st, wrongAt(start.Add(time.Hour)), start.Add(time.Hour), true)
	if !next.LatestClock.Equal(start) {
		t.Errorf("a wrong OTP moved the mark to %s", next.LatestClock)
	}
}

func TestClockOnceAhead(t *testing.T) {
	ahead := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	st := mustAccept(t, fresh(), ahead, ahead)
	if _, _, err := Check(st, CodeAt(seed(20), start), start, true); !errors.Is(err, data.ErrClockBehind) {
		t.Fatalf("got %v", err)
	}
	st = Reset(st, start)
	soon := start.Add(2 * Period)
	mustAccept(t, st, soon, soon)
}

func TestResetKeepsSpentOTPsSpent(t *testing.T) {
	st := Reset(mustAccept(t, fresh(), start.Add(Period), start), start)
	for _, at := range []time.Time{start.Add(-Period), start, start.Add(Period)} {
		if _, _, err := Check(st, CodeAt(seed(20), at), start, true); !errors.Is(err, data.ErrOTPUsed) {
			t.Errorf("the OTP of %s: %v", at, err)
		}
	}
	old := mustAccept(t, fresh(), start, start)
	later := start.Add(24 * time.Hour)
	mustAccept(t, Reset(old, later), later, later)
}

// wrongs enters n wrong OTPs, each when the wait before it is over.
func wrongs(t *testing.T, st State, now time.Time, n int, byAccountOwner bool) (State, time.Time, *data.OTPWrong) {
	t.Helper()
	var wrong *data.OTPWrong
	for i := range n {
		now = now.Add(st.Wait(now))
		var err error
		_, st, err = Check(st, wrongAt(now), now, byAccountOwner)
		var soon *TooSoon
		if errors.As(err, &soon) || !errors.As(err, &wrong) {
			t.Fatalf("wrong OTP %d: %v", i+1, err)
		}
	}
	return st, now, wrong
}

func TestDelaysGrow(t *testing.T) {
	want := []time.Duration{
		0, 0, 10 * time.Second, 20 * time.Second, 40 * time.Second,
		80 * time.Second, 160 * time.Second, 5 * time.Minute, 5 * time.Minute,
	}
	st, now := fresh(), start
	for i, d := range want {
		var wrong *data.OTPWrong
		st, now, wrong = wrongs(t, st, now, 1, false)
		if wrong.Wait != d || wrong.Left != MaxWrongOthers-i-1 {
			t.Errorf("after %d: wait %s, left %d; want %s", i+1, wrong.Wait, wrong.Left, d)
		}
	}
}

func TestNothingIsLookedAtDuringTheWait(t *testing.T) {
	st, now, _ := wrongs(t, fresh(), start, 4, false)
	early := now.Add(19 * time.Second)
	for _, c := range []string{CodeAt(seed(20), early), wrongAt(early)} {
		_, next, err := Check(st, c, early, false)
		var soon *TooSoon
		if !errors.As(err, &soon) || soon.Wait != time.Second || soon.Left != MaxWrongOthers-4 {
			t.Fatalf("during the wait: %v", err)
		}
		var wrong *data.OTPWrong
		if !errors.As(err, &wrong) || wrong.Wait != time.Second {
			t.Fatal("not an OTPWrong beneath")
		}
		if next.LastStep != 0 || next.WrongOthers != 4 {
			t.Fatalf("something was counted: %+v", next)
		}
	}
	at := now.Add(20 * time.Second)
	st = mustAccept(t, st, at, at)
	if st.WrongOthers != 0 || st.Wait(at) != 0 {
		t.Errorf("an accepted OTP left %+v", st)
	}
}

func TestClockSetBackDoesNotLockForGood(t *testing.T) {
	ahead := start.AddDate(10, 0, 0)
	st, _, _ := wrongs(t, fresh(), ahead, 3, true)
	_, st, err := Check(st, CodeAt(seed(20), start), start, true)
	var soon *TooSoon
	if !errors.As(err, &soon) || soon.Wait != 10*time.Second {
		t.Fatalf("right after: %v", err)
	}
	later := start.Add(10 * time.Second)
	mustAccept(t, st, later, later)
}

func TestLimitOfOthers(t *testing.T) {
	st, now, wrong := wrongs(t, fresh(), start, MaxWrongOthers, false)
	if wrong.Left != 0 {
		t.Errorf("left %d", wrong.Left)
	}
	muchLater := now.AddDate(5, 0, 0)
	if _, _, err := Check(st, CodeAt(seed(20), muchLater), muchLater, false); !errors.Is(err, data.ErrOTPLocked) {
		t.Fatalf("after %d wrong: %v", MaxWrongOthers, err)
	}
	// The Account Owner isn't locked out by them, and their sign-in frees the others.
	mustAccept(t, st, muchLater, muchLater)
	in := OwnerSignedIn(st)
	if in.Wait(now) != 0 {
		t.Errorf("the Account Owner waits %s for what others did", in.Wait(now))
	}
	if _, _, err := Check(in, CodeAt(seed(20), muchLater), muchLater, false); err != nil {
		t.Errorf("after the Account Owner's sign-in: %v", err)
	}
	if _, _, err := Check(Reset(st, now), CodeAt(seed(20), muchLater), muchLater, false); err != nil {
		t.Errorf("after password and recovery key: %v", err)
	}
}

func TestLimitOfTheAccountOwner(t *testing.T) {
	st, now, _ := wrongs(t, fresh(), start, MaxWrongOwner-1, true)
	st = OwnerSignedIn(st)
	if st.Wait(now) != maxDelay {
		t.Errorf("signing in again shortened the Account Owner's own wait to %s", st.Wait(now))
	}
	st, now, _ = wrongs(t, st, now, 1, true)
	st = OwnerSignedIn(st)
	later := now.AddDate(1, 0, 0)
	for _, owner := range []bool{true, false} {
		if _, _, err := Check(st, CodeAt(seed(20), later), later, owner); !errors.Is(err, data.ErrOTPLocked) {
			t.Errorf("by the Account Owner %t: %v", owner, err)
		}
	}
	st = Reset(st, later)
	mustAccept(t, st, later, later)
}

func TestEnrol(t *testing.T) {
	st, err := Enrol(seed(20), CodeAt(seed(20), start), start)
	if err != nil || st.LastStep != StepOf(start) || !st.LatestClock.Equal(start) {
		t.Fatalf("%+v, %v", st, err)
	}
	if _, _, err := Check(st, CodeAt(seed(20), start), start, true); !errors.Is(err, data.ErrOTPUsed) {
		t.Errorf("the enrolling OTP again: %v", err)
	}
	var wrong *data.OTPWrong
	if _, err := Enrol(seed(20), wrongAt(start), start); !errors.As(err, &wrong) {
		t.Errorf("a wrong one: %v", err)
	}
	if _, err := Enrol(nil, "123456", start); !errors.Is(err, data.ErrOTPNotSetUp) {
		t.Errorf("without a secret: %v", err)
	}
}

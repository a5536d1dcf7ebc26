package otp

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"lethe/data"
)

func authorised(t *testing.T) *Authorisation {
	t.Helper()
	a, st, err := Authorise(fresh(), CodeAt(seed(20), start), start, false, [32]byte{1}, "nonce")
	if err != nil {
		t.Fatal(err)
	}
	if st.LastStep != StepOf(start) || a.Step() != st.LastStep {
		t.Fatalf("kept step %d, given %d", st.LastStep, a.Step())
	}
	return a
}

func TestAuthoriseRefuses(t *testing.T) {
	a, st, err := Authorise(fresh(), wrongAt(start), start, false, [32]byte{1}, "nonce")
	var wrong *data.OTPWrong
	if a != nil || !errors.As(err, &wrong) || st.WrongOthers != 1 {
		t.Fatalf("%v, %+v, %v", a, st, err)
	}
}

func TestTakeFitsOnePlanAndActor(t *testing.T) {
	a := authorised(t)
	for name, take := range map[string]func() (int64, error){
		"another plan":  func() (int64, error) { return a.Take([32]byte{2}, "nonce", start) },
		"another actor": func() (int64, error) { return a.Take([32]byte{1}, "other", start) },
		"too late":      func() (int64, error) { return a.Take([32]byte{1}, "nonce", start.Add(AuthorisationLife+1)) },
		"from before":   func() (int64, error) { return a.Take([32]byte{1}, "nonce", start.Add(-1)) },
		"none":          func() (int64, error) { return (*Authorisation)(nil).Take([32]byte{1}, "nonce", start) },
		"made by hand":  func() (int64, error) { return new(Authorisation).Take([32]byte{}, "", time.Time{}) },
	} {
		if _, err := take(); !errors.Is(err, data.ErrAuthorisation) {
			t.Errorf("%s: %v", name, err)
		}
	}
	step, err := a.Take([32]byte{1}, "nonce", start.Add(AuthorisationLife))
	if err != nil || step != StepOf(start) {
		t.Fatalf("step %d, %v", step, err)
	}
	if _, err := a.Take([32]byte{1}, "nonce", start); !errors.Is(err, data.ErrAuthorisation) {
		t.Errorf("a second time: %v", err)
	}
}

func TestTakeAtOnce(t *testing.T) {
	for range 50 {
		a := authorised(t)
		var took atomic.Int32
		var all sync.WaitGroup
		begin := make(chan struct{})
		for range 8 {
			all.Go(func() {
				<-begin
				if _, err := a.Take([32]byte{1}, "nonce", start); err == nil {
					took.Add(1)
				}
			})
		}
		close(begin)
		all.Wait()
		if took.Load() != 1 {
			t.Fatalf("taken %d times", took.Load())
		}
	}
}

func TestTwoAuthorisationsOfOneOTP(t *testing.T) {
	st := fresh()
	var last error
	for _, plan := range [][32]byte{{1}, {2}} {
		a, _, err := Authorise(fresh(), CodeAt(seed(20), start), start, true, plan, "nonce")
		if err != nil {
			t.Fatal(err)
		}
		step, err := a.Take(plan, "nonce", start)
		if err != nil {
			t.Fatal(err)
		}
		st, last = Accept(st, step, start)
	}
	if !errors.Is(last, data.ErrOTPUsed) || st.LastStep != StepOf(start) {
		t.Fatalf("step %d, %v", st.LastStep, last)
	}
}

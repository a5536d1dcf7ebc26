package otp

import (
	"errors"
	"testing"
	"time"

	"lethe/data"
)

// After a reset the clock that it was made under is the one that is known: one
// set back behind it brings no OTP back that was shown in between.
func TestAResetKnowsTheTime(t *testing.T) {
	st := mustAccept(t, fresh(), start, start)
	seen := start.Add(time.Hour) // an OTP that was shown, and never entered
	st = Reset(st, start.Add(2*time.Hour))
	if _, _, err := Check(st, CodeAt(seed(20), seen), seen, true); !errors.Is(err, data.ErrClockBehind) {
		t.Errorf("the clock set back to an OTP that somebody saw: %v", err)
	}
}

// A reset under a clock that was set back by a year brings no accepted OTP
// back, and doesn't lock the owner out.
func TestAResetUnderAClockSetBack(t *testing.T) {
	st, now := fresh(), start
	var used []time.Time
	for range 5 {
		st = mustAccept(t, st, now, now)
		used = append(used, now)
		now = now.Add(7 * Period)
	}
	back := start.AddDate(-1, 0, 0)
	st = Reset(st, back)
	for _, at := range used {
		if _, _, err := Check(st, CodeAt(seed(20), at), at, true); !errors.Is(err, data.ErrOTPUsed) {
			t.Errorf("used at %s: %v", at, err)
		}
	}
	mustAccept(t, st, back.Add(2*Period), back.Add(2*Period))
	mustAccept(t, st, now, now)
}

// The clock is set to 2030 once: nothing of now is accepted until the owner
// sets it right with password and recovery key, and then everything is.
func TestAClockSetTo2030(t *testing.T) {
	then := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	st := mustAccept(t, fresh(), then, then)
	now := start.Add(time.Hour)
	if _, _, err := Check(st, CodeAt(seed(20), now), now, true); !errors.Is(err, data.ErrClockBehind) {
		t.Errorf("now: %v", err)
	}
	st = Reset(st, now)
	soon := now.Add(2 * Period)
	st = mustAccept(t, st, soon, soon)
	if _, _, err := Check(st, CodeAt(seed(20), then), then, true); !errors.Is(err, data.ErrOTPUsed) {
		t.Errorf("the OTP of 2030 in 2030: %v", err)
	}
}

// An hour back, a day back, forward and back: nothing that was accepted or that
// is older than the latest clock is taken, and the right one is once the clock
// is right.
func TestClocksThatMove(t *testing.T) {
	for name, moves := range map[string][]time.Duration{
		"an hour back":        {-time.Hour},
		"a day back":          {-24 * time.Hour},
		"forward and back":    {time.Hour, -time.Hour},
		"back and forward":    {-time.Hour, time.Hour},
		"a little to and fro": {time.Minute, -time.Minute, time.Minute, -time.Minute},
	} {
		st := mustAccept(t, fresh(), start, start)
		latest, accepted := start, map[int64]bool{StepOf(start): true}
		now := start
		for i := range 40 {
			now = now.Add(moves[i%len(moves)])
			step, next, err := Check(st, CodeAt(seed(20), now), now, i%2 == 0)
			st = next
			if err != nil {
				continue
			}
			if accepted[step] || now.Before(latest.Add(-ClockTolerance)) {
				t.Errorf("%s: the OTP of %s is taken at %s", name, now, latest)
			}
			accepted[step] = true
			if now.After(latest) {
				latest = now
			}
		}
		right := latest.Add(2 * Period)
		mustAccept(t, st, right, right)
	}
}

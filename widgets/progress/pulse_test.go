package progress

import (
	"testing"
	"time"
)

// steps are how many a window makes in a second whose frames take so long.
func steps(t *testing.T, frame time.Duration) int {
	const tick = time.Second / 60
	p := &pulse{}
	begun := time.UnixMilli(1_000_000)
	n, last := 0, p.at(begun)
	for now := begun; now.Before(begun.Add(time.Second)); {
		at := p.at(now)
		if at == last {
			now = now.Add(tick)
			continue
		}
		if p.at(now.Add(time.Millisecond)) != at { // another bar, in the same round
			t.Error("two bars are in two places")
		}
		n, last = n+1, at
		now = now.Add(max(frame, tick))
	}
	return n
}

func TestPulse_LeavesMostOfTheTime(t *testing.T) {
	for _, c := range []struct {
		frame     time.Duration
		low, high int
	}{
		{2 * time.Millisecond, 12, 15},
		{16 * time.Millisecond, 12, 15},
		{50 * time.Millisecond, 4, 5},
		{100 * time.Millisecond, 2, 3},
		{time.Second, 1, 1},
	} {
		if n := steps(t, c.frame); n < c.low || n > c.high {
			t.Errorf("with frames of %v it steps %d times a second, want %d to %d", c.frame, n, c.low, c.high)
		}
	}
}

// It goes through from end to end, and on after a long rest or a clock that was
// set back.
func TestPulse_GoesRound(t *testing.T) {
	p := &pulse{}
	now := time.UnixMilli(0)
	var low, high float32 = 1, 0
	for range 400 {
		now = now.Add(time.Second / 60)
		at := p.at(now)
		low, high = min(low, at), max(high, at)
	}
	if low > 0.1 || high < 0.9 || high >= 1 {
		t.Errorf("it goes from %g to %g", low, high)
	}
	before := p.at(now)
	p.at(now.Add(time.Hour))
	if p.at(now.Add(time.Hour+time.Second)) == before {
		t.Error("it stands after a rest")
	}
	back := now.Add(-time.Hour - 333*time.Millisecond)
	if at := p.at(back); at == before {
		t.Error("it stands after the clock was set back")
	}
}

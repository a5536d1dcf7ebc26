package probe

import "time"

// stalled is from when on a round is a stall, and it is looked up what the
// window is doing.
const stalled = 100 * time.Millisecond

// mostStalls bounds what is remembered.
const mostStalls = 200

// rounds counts how long the window's loop takes from one round to the next:
// so long was a key or a click not heard, as Fyne takes them in once in each.
type rounds struct {
	last    sign
	looked  bool   // where the window stands in this round
	doing   string // what was seen then
	longest Stall  // since taken last
	busiest time.Duration
	stalls  []Stall
}

// sign is what is known at the beginning of a round.
type sign struct {
	at         time.Time
	spent, all time.Duration // CPU time of the window's thread, and of the program
	probing    time.Duration // spent on the probe's own work, so far: it is taken off
}

// next is told of each round.
func (r *rounds) next(now sign) {
	before, doing := r.last, r.doing
	r.last, r.doing, r.looked = now, "", false
	if before.at.IsZero() {
		return
	}
	own := now.probing - before.probing
	took, work := now.at.Sub(before.at)-own, now.spent-before.spent-own
	s := Stall{
		Milliseconds: int(took.Milliseconds()),
		Work:         int(work.Milliseconds()),
		All:          int((now.all - before.all - own).Milliseconds()),
	}
	r.busiest = max(r.busiest, work)
	if s.Milliseconds > r.longest.Milliseconds {
		r.longest = s
	}
	if took >= stalled && len(r.stalls) < mostStalls {
		s.Doing = doing
		r.stalls = append(r.stalls, s)
	}
}

// late tells, once in each round, that it takes too long.
func (r *rounds) late(now time.Time) bool {
	if r.looked || r.last.at.IsZero() || now.Sub(r.last.at) < stalled {
		return false
	}
	r.looked = true
	return true
}

// take answers what was noted since it was taken last.
func (r *rounds) take() (longest Stall, busiest time.Duration, stalls []Stall) {
	longest, busiest, stalls = r.longest, r.busiest, r.stalls
	r.longest, r.busiest, r.stalls = Stall{}, 0, nil
	return longest, busiest, stalls
}

package progress

import "time"

const (
	// period is how long a sweep takes from end to end.
	period = 1600 * time.Millisecond
	// often is the least time between two steps of it.
	often = time.Second / 15
	// seldom is the most that slow drawing makes of that.
	seldom = time.Second / 2
	// idle is for how many times as long as a step takes the window rests after it.
	idle = 3
	// round is less than Fyne's loop takes from one round to the next, and more
	// than all bars take to ask in one.
	round = 5 * time.Millisecond
)

// pulse is where sweeps are. Each step draws the whole window. Without a
// graphics card that takes both the window's time and the processor's, so the
// next step waits for three times as long as the last one took: drawing has a
// quarter of the time then, and what is waited for the rest.
type pulse struct {
	stepped time.Time
	rest    time.Duration // until the next step; 0 until it is known what the last one took
	now     float32       // 0 to 1
}

// beat moves all sweeps at once, so that two of them don't draw twice.
var beat pulse

// at is where a sweep is. It is asked in each round of the window's loop.
func (p *pulse) at(now time.Time) float32 {
	since := now.Sub(p.stepped)
	if p.rest == 0 && since >= round {
		took := min(since, seldom)
		p.rest = took + min(max(often-took, idle*took), seldom)
	}
	if since < 0 || p.rest > 0 && since >= p.rest {
		p.stepped, p.rest = now, 0
		p.now = float32(now.UnixMilli()%period.Milliseconds()) / float32(period.Milliseconds())
	}
	return p.now
}

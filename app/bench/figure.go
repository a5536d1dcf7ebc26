package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// figure is one row of the table. Each has a file of its own, or stands with
// its like, and has an entry in figures.
type figure struct {
	name string
	peer string  // who does the same work; "" for a figure that stands alone
	unit unit    // of both sides
	goal float64 // the largest ratio that will do; without a peer, the largest value
	runs int     // of each side; the medians count
	best bool    // the ratio is the smallest of the pairs of runs, for what noise only adds to
	// prepare makes ready what both sides work on. It is not timed.
	prepare func(context.Context, *bench) (*contest, error)
}

// unit is what a figure is counted in.
type unit string

const (
	inSeconds unit = "s"
	inBytes   unit = "bytes"
)

// contest is a figure ready to be taken. Each of the two does the work once,
// and answers what that cost without what it needed to begin.
type contest struct {
	lethe func(context.Context) (float64, error)
	peer  func(context.Context) (float64, error) // nil for a figure that stands alone
	close func() error                           // nil, or called once at the end
}

// timed makes a side of a contest of one that is counted in time.
func timed(run func(context.Context) (time.Duration, error)) func(context.Context) (float64, error) {
	return func(ctx context.Context) (float64, error) {
		took, err := run(ctx)
		return took.Seconds(), err
	}
}

// figures are all that are taken, in the order of the table.
var figures = []figure{
	deleteTenth,
	deleteHalf,
	deleteOne,
	deleteAll,
	limitTenth,
	scrub,
	sealedCost,
	filterRows,
	searchKeystroke,
	viewBuild,
	viewMemory,
	gridScrollRow,
	gridScrollPage,
	gridMemory,
	start,
	importCSV,
	importMemory,
	longestStall,
	windowWork,
}

// result is a figure that was taken, in its unit.
type result struct {
	figure
	value, peerValue float64
	ratio            float64 // of a figure with a peer
}

// judged is what the goal is for: the ratio, or the value where there is none.
func (r result) judged() float64 {
	if r.peer == "" {
		return r.value
	}
	return r.ratio
}

// missed tells whether the goal is.
func (r result) missed() bool { return r.judged() > r.goal }

// take lets both sides do the work by turns, so that what else the machine does
// hits both.
func (b *bench) take(ctx context.Context, f figure) (_ result, err error) {
	b.figure = f.name
	b.progress.show(f.name)
	c, err := f.prepare(ctx, b)
	if err != nil {
		return result{}, err
	}
	if c.close != nil {
		defer func() {
			if cerr := c.close(); err == nil {
				err = cerr
			}
		}()
	}
	var lethe, peer []float64
	for i := range f.runs {
		b.progress.show(fmt.Sprintf("%s: run %d of %d", f.name, i+1, f.runs))
		if c.peer != nil {
			cost, err := c.peer(ctx)
			if err != nil {
				return result{}, fmt.Errorf("%s: %w", f.peer, err)
			}
			peer = append(peer, cost)
		}
		cost, err := c.lethe(ctx)
		if err != nil {
			return result{}, err
		}
		lethe = append(lethe, cost)
	}
	return f.result(lethe, peer), nil
}

// result sums the runs up.
func (f figure) result(lethe, peer []float64) result {
	r := result{figure: f, value: median(lethe)}
	switch {
	case len(peer) == 0:
	case f.best:
		best := 0
		for i := range lethe {
			if lethe[i]*peer[best] < lethe[best]*peer[i] {
				best = i
			}
		}
		r.value, r.peerValue = lethe[best], peer[best]
	default:
		r.peerValue = median(peer)
	}
	if r.peerValue > 0 {
		r.ratio = r.value / r.peerValue
	}
	return r
}

// median of at least one.
func median(all []float64) float64 {
	all = slices.Clone(all)
	slices.Sort(all)
	middle := len(all) / 2
	if len(all)%2 == 1 {
		return all[middle]
	}
	return (all[middle-1] + all[middle]) / 2
}

// percentile is the least of at least one that p percent don't exceed.
func percentile(all []float64, p int) float64 {
	all = slices.Clone(all)
	slices.Sort(all)
	return all[min(len(all)-1, max(0, (len(all)*p+99)/100-1))]
}

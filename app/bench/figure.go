package main

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// figure is one row of the table. Each has a file of its own, and an entry in
// figures.
type figure struct {
	name string
	peer string  // who does the same work
	goal float64 // the largest ratio that will do
	runs int     // of each side; the medians count
	// prepare makes ready what both sides work on. It is not timed.
	prepare func(context.Context, *bench) (*contest, error)
}

// contest is a figure ready to be taken. Each of the two does the work once,
// and answers how long that took without what it needed to begin.
type contest struct {
	lethe func(context.Context) (time.Duration, error)
	peer  func(context.Context) (time.Duration, error)
}

// figures are all that are taken, in the order of the table.
var figures = []figure{
	deleteFiltered,
	filterRows,
}

// result is a figure that was taken, in seconds.
type result struct {
	figure
	value, peerValue float64
}

// ratio is small where Lethe is fast.
func (r result) ratio() float64 { return r.value / r.peerValue }

// take lets both sides do the work by turns, so that what else the machine does
// hits both.
func (b *bench) take(ctx context.Context, f figure) (result, error) {
	b.figure = f.name
	c, err := f.prepare(ctx, b)
	if err != nil {
		return result{}, err
	}
	var lethe, peer []time.Duration
	for i := range f.runs {
		b.progress.show(fmt.Sprintf("%s: run %d of %d", f.name, i+1, f.runs))
		took, err := c.peer(ctx)
		if err != nil {
			return result{}, err
		}
		peer = append(peer, took)
		if took, err = c.lethe(ctx); err != nil {
			return result{}, err
		}
		lethe = append(lethe, took)
	}
	return result{f, median(lethe).Seconds(), median(peer).Seconds()}, nil
}

// median of at least one.
func median(all []time.Duration) time.Duration {
	all = slices.Clone(all)
	slices.Sort(all)
	middle := len(all) / 2
	if len(all)%2 == 1 {
		return all[middle]
	}
	return (all[middle-1] + all[middle]) / 2
}

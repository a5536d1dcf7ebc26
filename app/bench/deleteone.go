package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"lethe/data"
	"lethe/data/store"
)

// deleteOne deletes one customer, scrubbed and verified; each run another one
// of the same list.
var deleteOne = figure{
	name: "delete_one_of_1m", peer: shellPeer, unit: inSeconds, goal: 0.25, runs: 5,
	prepare: func(ctx context.Context, b *bench) (*contest, error) {
		from, err := b.conventionalFile(ctx)
		if err != nil {
			return nil, err
		}
		l, err := b.openCopy(ctx)
		if err != nil {
			return nil, err
		}
		path := filepath.Join(b.work(), "peer", "copy.db")
		c := &contest{close: func() error { return errors.Join(l.Remove(), os.RemoveAll(filepath.Dir(path))) }}
		if err := b.peerCopy(ctx, path, from); err != nil {
			return nil, errors.Join(err, c.close())
		}
		doomed := doomedOf(b)
		c.peer = timed(func(ctx context.Context) (time.Duration, error) {
			n, took, err := shellDeletesFrom(ctx, path, fmt.Sprintf("id = %d", doomed.next()))
			if err == nil && n != 1 {
				err = fmt.Errorf("%d customers went", n)
			}
			return took, err
		})
		c.lethe = timed(func(ctx context.Context) (time.Duration, error) {
			return b.deletes(ctx, l, store.SealRequest{Way: data.WayOne, IDs: []data.CustomerID{doomed.now}})
		})
		return c, nil
	},
}

// doomed are customers one after the other, from all over the list.
type doomed struct{ now, step, most data.CustomerID }

func doomedOf(b *bench) *doomed {
	most := data.CustomerID(b.customers)
	return &doomed{step: max(1, most*5/13), most: most}
}

func (d *doomed) next() data.CustomerID {
	d.now = (d.now+d.step-1)%d.most + 1
	return d.now
}

// scrub is the clean-up and its search alone, after one customer was deleted,
// against sha256sum reading the same file.
var scrub = figure{
	name: "scrub_1m", peer: "sha256sum", unit: inSeconds, goal: 1, runs: 5,
	prepare: func(ctx context.Context, b *bench) (*contest, error) {
		l, err := b.openCopy(ctx)
		if err != nil {
			return nil, err
		}
		doomed := doomedOf(b)
		c := &contest{close: l.Remove}
		file, err := l.File()
		if err != nil {
			return nil, errors.Join(err, c.close())
		}
		c.peer = timed(func(ctx context.Context) (time.Duration, error) { return sum(ctx, file) })
		c.lethe = timed(func(ctx context.Context) (took time.Duration, err error) {
			plan, err := l.Purger.Seal(ctx, l.Owner, store.SealRequest{
				Way: data.WayOne, IDs: []data.CustomerID{doomed.next()},
			})
			if err != nil {
				return 0, err
			}
			_, residue, err := l.Delete(ctx, l.Owner, plan, nil, confirmation, nil)
			if err != nil {
				return 0, err
			}
			var report data.ScrubReport
			took, err = b.time(func() error {
				report, err = l.Scrub(ctx, residue, nil)
				return err
			})
			if err == nil && report.State != data.ScrubChecked {
				err = fmt.Errorf("the files are %s", report.State)
			}
			return took, err
		})
		return c, nil
	},
}

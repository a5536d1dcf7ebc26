package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"lethe/data/view"
)

// viewBuild reads the view from the sealed store: customers with their tags,
// folded, and ordered by name. The shell writes the customers to /dev/null,
// from the plain file.
var viewBuild = figure{
	name: "view_build_1m", peer: shellPeer, unit: inSeconds, goal: 1.5, runs: 5,
	prepare: func(ctx context.Context, b *bench) (*contest, error) {
		path, err := b.conventionalFile(ctx)
		if err != nil {
			return nil, err
		}
		l, err := b.openCopy(ctx)
		if err != nil {
			return nil, err
		}
		c := &contest{close: l.Remove}
		c.peer = timed(func(ctx context.Context) (time.Duration, error) {
			started := time.Now()
			_, err := ask(ctx, path, settings+".output /dev/null\nSELECT * FROM customers;\n")
			return time.Since(started), err
		})
		c.lethe = timed(func(ctx context.Context) (took time.Duration, err error) {
			var v *view.View
			took, err = b.time(func() error {
				v, err = buildView(ctx, l)
				return err
			})
			if err != nil {
				return 0, err
			}
			defer v.Drop()
			if v.Len() != b.customers {
				err = fmt.Errorf("%d customers in the view", v.Len())
			}
			return took, err
		})
		return c, nil
	},
}

// viewMemory is what the view keeps in memory, in bytes a customer.
var viewMemory = figure{
	name: "view_memory_1m", unit: inBytes, goal: 200, runs: 1,
	prepare: func(ctx context.Context, b *bench) (*contest, error) {
		l, err := b.openCopy(ctx)
		if err != nil {
			return nil, err
		}
		c := &contest{close: l.Remove}
		c.lethe = func(ctx context.Context) (float64, error) {
			before := heap()
			v, err := buildView(ctx, l)
			if err != nil {
				return 0, err
			}
			taken := float64(heap()-before) / float64(b.customers)
			if v.Len() != b.customers {
				return 0, errors.New("customers are missing in the view")
			}
			v.Drop()
			return taken, nil
		}
		return c, nil
	},
}

// heap is what is reachable.
func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // pools are emptied by two
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

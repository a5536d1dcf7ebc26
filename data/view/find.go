package view

import (
	"context"
	"math/bits"
	"runtime"
	"sync"
	"sync/atomic"

	"lethe/data"
)

// Sort is the order of a result: by the values of a field, those without one
// last in either direction, equals by id. The zero Sort, and a field that the
// view doesn't know, is by id. Texts are ordered as they are folded.
type Sort struct {
	Field data.Field
	Desc  bool
}

// Result is whom a filter matches. It doesn't change when the list does.
type Result struct {
	IDs   []data.CustomerID // in the order asked for
	Total int               // everybody in the view, matching or not
}

// Find answers whom f matches. It answers an error that wraps
// data.ErrBadFilter, that of ctx soon after it is cancelled, or ErrDropped.
func (v *View) Find(ctx context.Context, f data.Filter, sort Sort) (*Result, error) {
	s, err := v.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	a := v.asking()
	q, err := s.query(f, a)
	if err != nil {
		return nil, err
	}
	matched, err := s.match(ctx, q)
	if err != nil {
		return nil, err
	}
	r := &Result{IDs: make([]data.CustomerID, 0, matched.count()), Total: s.len()}
	if sort.Field == data.FieldActivity {
		r.IDs = s.byActivity(r.IDs, matched, a, sort.Desc)
	} else {
		r.IDs = s.ordered(r.IDs, matched, sort)
	}
	return r, ctx.Err()
}

func (v *View) asking() asking {
	return asking{now: v.now(), location: v.location, activeDays: int(v.activeDays.Load())}
}

// match answers the set of rows that fulfil a query.
func (s *snapshot) match(ctx context.Context, q *query) (bitset, error) {
	matched := newBitset(s.len())
	err := inChunks(ctx, s.len(), func(_, lo, hi int) {
		words := matched[lo/64 : (hi+63)/64]
		if q.search != nil {
			q.search.mark(s, lo, hi, words)
		} else {
			fill(words, hi-lo)
		}
		if len(q.parts) == 0 {
			return
		}
		for i, w := range words {
			left := w
			for ; w != 0; w &= w - 1 {
				bit := bits.TrailingZeros64(w)
				if !q.holds(lo + 64*i + bit) {
					left &^= 1 << bit
				}
			}
			words[i] = left
		}
	})
	return matched, err
}

func (q *query) holds(row int) bool {
	for i := range q.parts {
		if !q.parts[i].match(row) {
			return false
		}
	}
	return true
}

// fill sets the first n bits.
func fill(words []uint64, n int) {
	for i := range words {
		words[i] = ^uint64(0)
	}
	if rest := n % 64; rest != 0 {
		words[n/64] = 1<<rest - 1
	}
}

// chunk is how many rows are worked on between two looks at ctx; a multiple
// of 64, so that no two workers write to one word.
const chunk = 8192

// inChunks calls work for the rows 0 to n in chunks, on all cores where it is
// worth it; workers are numbered from 0. It answers ctx's error.
func inChunks(ctx context.Context, n int, work func(worker, lo, hi int)) error {
	var next atomic.Int64
	run := func(worker int) {
		for ctx.Err() == nil {
			lo := int(next.Add(chunk)) - chunk
			if lo >= n {
				return
			}
			work(worker, lo, min(lo+chunk, n))
		}
	}
	var others sync.WaitGroup
	for worker := 1; worker < workers(n); worker++ {
		others.Go(func() { run(worker) })
	}
	run(0)
	others.Wait()
	return ctx.Err()
}

// workers is how many workers inChunks has for n rows, at least one.
func workers(n int) int {
	return max(1, min(runtime.GOMAXPROCS(0), runtime.NumCPU(), n/(2*chunk)))
}

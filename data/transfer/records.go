package transfer

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
)

const (
	batchRows  = 256
	batchBytes = 256 << 10
	maxWorkers = 4
)

// job is a batch on its way through the workers; done is closed when records
// are there. err ends the stream after them.
type job struct {
	batch   *batch
	records []Record
	done    chan struct{}
	err     error
}

// Records reads the customers of the file, one after another, as m maps them,
// and yields them in the order of the file, on the calling goroutine. region
// (ISO 3166-1 alpha-2) is where phone numbers without a country code belong,
// unless the row's country says otherwise. Rows without anything in them are
// passed over; every other row is yielded, refused or not.
//
// A record stays valid after yield returns. What yield answers ends the
// reading and is returned as it is; else the error is nil, the context's,
// ErrMapping, ErrNoPhone, ErrTooBig or ErrUnreadable. No goroutine is left.
func (t *Table) Records(ctx context.Context, m Mapping, region string, yield func(Record) error) error {
	p, err := newPlan(t, m, region)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()

	workers := min(max(runtime.GOMAXPROCS(0), 1), maxWorkers)
	work := make(chan *job)
	order := make(chan *job, 2*workers)
	wg.Go(func() {
		defer close(order)
		defer close(work)
		t.produce(ctx, work, order)
	})
	for range workers {
		wg.Go(func() {
			r := newReader(p)
			for j := range work {
				j.records = r.all(j.batch)
				close(j.done)
			}
		})
	}
	for j := range order {
		select {
		case <-j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		for _, rec := range j.records {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := yield(rec); err != nil {
				return err
			}
		}
		if j.err != nil {
			return j.err
		}
	}
	return ctx.Err()
}

// Preview returns the first n rows as Records would yield them.
func (t *Table) Preview(m Mapping, region string, n int) ([]Record, error) {
	p, err := newPlan(t, m, region)
	if err != nil {
		return nil, err
	}
	var b batch
	s := t.source.rows()
	if err := t.skipHeader(s, &b); err != nil {
		return nil, err
	}
	r := newReader(p)
	var out []Record
	for len(out) < n {
		b.reset()
		err := s.next(&b)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		out = append(out, r.all(&b)...)
	}
	return out, nil
}

// skipHeader goes behind titles and headings.
func (t *Table) skipHeader(s rowReader, b *batch) error {
	for range t.skip {
		if err := s.next(b); err != nil && !errors.Is(err, io.EOF) {
			return err
		}
	}
	b.reset()
	return nil
}

// produce splits the file into batches and hands each to the workers and, in
// order, to the consumer.
func (t *Table) produce(ctx context.Context, work, order chan<- *job) {
	s := t.source.rows()
	b := &batch{}
	err := t.skipHeader(s, b)
	for last := false; !last; last = err != nil {
		b = &batch{data: make([]byte, 0, len(b.data)+1024), ends: make([]int, 0, len(b.ends)+64)}
		for err == nil && len(b.rows) < batchRows && len(b.data) < batchBytes {
			err = s.next(b)
		}
		j := &job{batch: b, done: make(chan struct{})}
		if err != nil && !errors.Is(err, io.EOF) {
			j.err = err
		}
		select {
		case order <- j:
		case <-ctx.Done():
			return
		}
		select {
		case work <- j:
		case <-ctx.Done():
			return
		}
	}
}

// all reads the records of a batch. Their texts share the batch's.
func (r *reader) all(b *batch) []Record {
	text := string(b.data)
	out := make([]Record, 0, len(b.rows))
	var cells []string
	for i, row := range b.rows {
		cells = b.cells(text, i, cells[:0])
		rec := Record{Line: row.line}
		if r.read(cells, row, &rec) {
			out = append(out, rec)
		}
	}
	return out
}

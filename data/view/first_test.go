package view_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/view"
)

// slow is a list that is not read before it is let.
type slow struct {
	*list
	let chan struct{}
}

func (s slow) Customers(ctx context.Context, yield func(*data.Row) error) error {
	select {
	case <-s.let:
		return s.list.Customers(ctx, yield)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func openSlow(t *testing.T, f view.First) (*view.View, slow) {
	t.Helper()
	s := slow{manyRows(100), make(chan struct{})}
	v, err := view.Open(t.Context(), s, view.Options{
		Now: func() time.Time { return now }, Location: time.UTC, ActiveDays: 90,
	}, f)
	if err != nil {
		t.Fatal(err)
	}
	return v, s
}

// Before the list is read there are the rows that it begins with; everything
// else waits.
func TestOpen(t *testing.T) {
	v, s := openSlow(t, view.First{Total: 100, IDs: []data.CustomerID{7, 1000, 3}})
	if ids := v.First(); len(ids) != 2 || ids[0] != 7 || ids[1] != 3 {
		t.Errorf("begins with %v", ids)
	}
	if v.Len() != 100 {
		t.Errorf("%d customers", v.Len())
	}
	if r, ok := v.Row(7); !ok || r.Name != s.rows[6].Name {
		t.Errorf("row %v, %v", r, ok)
	}
	if _, ok := v.Row(8); ok {
		t.Error("a row that nobody read")
	}
	impatient, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := v.Find(impatient, data.Filter{}, view.Sort{}); !errors.Is(err, context.Canceled) {
		t.Errorf("asked without patience: %v", err)
	}
	changed := make(chan error)
	go func() {
		changed <- v.Apply(t.Context(), data.Event{Kind: data.CustomersChanged, Removed: []data.CustomerID{7}})
	}()
	found := make(chan int)
	go func() {
		r, err := v.Find(t.Context(), data.Filter{}, view.Sort{})
		if err != nil {
			t.Error(err)
			found <- 0
			return
		}
		found <- len(r.IDs)
	}()
	close(s.let)
	if n := <-found; n != 100 && n != 99 { // before the change or after it
		t.Errorf("%d found", n)
	}
	if err := <-changed; err != nil {
		t.Error(err)
	}
	if v.First() != nil || v.Len() != 99 {
		t.Errorf("read, and still %v of %d", v.First(), v.Len())
	}
	if _, ok := v.Row(7); ok {
		t.Error("the removed one is there")
	}
}

// Dropping ends the reading, and whoever waits.
func TestDropWhileReading(t *testing.T) {
	v, _ := openSlow(t, view.First{Total: 100, IDs: []data.CustomerID{7}})
	waited := make(chan error)
	go func() { waited <- v.Wait(t.Context()) }()
	v.Drop()
	if err := <-waited; !errors.Is(err, view.ErrDropped) {
		t.Errorf("waited for %v", err)
	}
	if _, ok := v.Row(7); ok || v.Len() != 0 || v.First() != nil {
		t.Error("something is left")
	}
}

// What keeps the list from being read is told to whoever asks.
func TestOpenFails(t *testing.T) {
	broken := errors.New("broken")
	v, err := view.Open(t.Context(), failing{manyRows(10), broken}, view.Options{
		Now: func() time.Time { return now }, Location: time.UTC, ActiveDays: 90,
	}, view.First{IDs: []data.CustomerID{1}})
	if err != nil {
		t.Fatal(err)
	}
	if err := v.Wait(t.Context()); !errors.Is(err, broken) {
		t.Errorf("waited for %v", err)
	}
	if _, err := v.Facets(t.Context(), data.Filter{}); !errors.Is(err, broken) {
		t.Errorf("counts: %v", err)
	}
}

type failing struct {
	*list
	err error
}

func (f failing) Customers(context.Context, func(*data.Row) error) error { return f.err }

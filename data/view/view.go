// Package view answers every search, filter, count, sort and scroll of the
// customer list from memory. A View belongs to one session: what its role may
// not see never comes in, for the source it is built from is scoped and masked
// already.
//
// Meaning of a filter, beyond what package data says:
//   - Texts are compared folded (package fold). A search or "contains" whose
//     text is not blank but folds to nothing matches nobody.
//   - The search looks within name, WhatsApp name, e-mail and company, and
//     what looks like a phone number also within the phone's digits.
//   - "Any of" is exact for what is ticked from a list (places, source, agent,
//     tags) and folded for typed texts and custom fields. An agent is named by
//     the member's id in digits, or by the number with its plus sign where the
//     number is no member's yet.
//   - No condition on the phone matches a row whose number the role hides.
//   - Dates count as the first instant of their day where "N days ago" is
//     asked; a custom value that is no date counts as not set for the
//     operators of time. So does one that is no number for those of numbers.
//
// All methods may be called on any goroutine.
package view

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"lethe/data"
)

// ErrDropped is the error of a view that was dropped.
var ErrDropped = errors.New("the view was dropped")

// Source is where the rows come from: the store, for one signed-in person.
type Source interface {
	// Customers yields every customer whom the person may see, by rising id.
	// The row is the callee's only during the call.
	Customers(ctx context.Context, yield func(*data.Row) error) error
	// CustomersByID yields those of ids that exist and that the person may
	// see, in any order.
	CustomersByID(ctx context.Context, ids []data.CustomerID, yield func(*data.Row) error) error
}

// Options say how days are counted.
type Options struct {
	Now        func() time.Time // asked once for each Find and Facets
	Location   *time.Location   // whose days conditions mean
	ActiveDays int              // active window, as data.Settings has it
	Expect     int              // about how many customers there are; 0 if that isn't known
}

// View is the customer list in memory.
type View struct {
	source     Source
	now        func() time.Time
	location   *time.Location
	activeDays atomic.Int64

	current atomic.Pointer[snapshot] // nil until it is built, and once dropped
	dropped atomic.Bool
	change  sync.Mutex // held by what makes the next snapshot, the first one included

	first  atomic.Pointer[first] // nil once the first snapshot stands
	ready  chan struct{}         // closed when it stands, or never will
	failed error                 // why it never will; read it once ready is closed
	life   context.Context       // ends when the view is dropped
	end    context.CancelFunc    // ends it
}

func newView(source Source, o Options) *View {
	v := &View{source: source, now: o.Now, location: o.Location, ready: make(chan struct{})}
	v.life, v.end = context.WithCancel(context.Background())
	v.activeDays.Store(int64(o.ActiveDays))
	return v
}

// Build reads all customers from source. It answers the source's error, or
// that of ctx.
func Build(ctx context.Context, source Source, o Options) (*View, error) {
	v := newView(source, o)
	s, err := load(ctx, source, o.Expect)
	if err != nil {
		return nil, err
	}
	v.current.Store(s)
	close(v.ready)
	return v, nil
}

// load reads everybody. Orders are made when they are asked for.
func load(ctx context.Context, source Source, expect int) (*snapshot, error) {
	b := newBuilder(newTables())
	b.expect = expect
	if err := source.Customers(ctx, b.add); err != nil {
		return nil, err
	}
	return b.finish(), ctx.Err()
}

// Row returns a customer as the person may see it, and false if the view has
// none of this id. Version is not kept and zero; the row is the caller's.
func (v *View) Row(id data.CustomerID) (*data.Row, bool) {
	s := v.current.Load()
	if s == nil {
		return v.first.Load().row(id)
	}
	row, ok := s.find(id)
	if !ok {
		return nil, false
	}
	return s.row(row), true
}

// SetActiveDays changes the active window for all questions from now on.
func (v *View) SetActiveDays(days int) { v.activeDays.Store(int64(days)) }

// Drop lets go of all customers, at once: what is being read or answered ends
// soon after. Every later question answers ErrDropped or nothing.
func (v *View) Drop() {
	v.dropped.Store(true)
	v.end()
	v.current.Store(nil)
	v.first.Store(nil)
}

// alive is ctx, ended when the view is dropped. Call done when it is used no
// more.
func (v *View) alive(ctx context.Context) (_ context.Context, done func()) {
	ctx, cancel := context.WithCancel(ctx)
	unhook := context.AfterFunc(v.life, cancel)
	return ctx, func() {
		unhook()
		cancel()
	}
}

// replace puts s in the place of old, unless the view was dropped meanwhile.
func (v *View) replace(old, s *snapshot) error {
	if !v.current.CompareAndSwap(old, s) {
		return ErrDropped
	}
	if v.dropped.Load() { // between the two
		v.current.Store(nil)
		return ErrDropped
	}
	return nil
}

// snapshot waits until there is one. It answers the error of ctx, that of the
// building, or ErrDropped.
func (v *View) snapshot(ctx context.Context) (*snapshot, error) {
	select {
	case <-v.ready:
	default:
		select {
		case <-v.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	s := v.current.Load()
	switch {
	case s != nil:
		return s, nil
	case v.dropped.Load() || v.failed == nil:
		return nil, ErrDropped
	}
	return nil, v.failed
}

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
}

// View is the customer list in memory.
type View struct {
	source     Source
	now        func() time.Time
	location   *time.Location
	activeDays atomic.Int64

	current atomic.Pointer[snapshot] // nil once dropped

	change sync.Mutex // held by what makes the next snapshot
	tables *tables
}

// Build reads all customers from source. It answers the source's error, or
// that of ctx.
func Build(ctx context.Context, source Source, o Options) (*View, error) {
	v := &View{source: source, now: o.Now, location: o.Location}
	v.activeDays.Store(int64(o.ActiveDays))
	s, t, err := load(ctx, source)
	if err != nil {
		return nil, err
	}
	v.tables = t
	v.current.Store(s)
	return v, nil
}

func load(ctx context.Context, source Source) (*snapshot, *tables, error) {
	t := newTables()
	b := newBuilder(t)
	if err := source.Customers(ctx, b.add); err != nil {
		return nil, nil, err
	}
	s := b.finish()
	s.order(data.FieldName)
	return s, t, ctx.Err()
}

// Len is the number of customers in the view; 0 once dropped.
func (v *View) Len() int {
	if s := v.current.Load(); s != nil {
		return s.len()
	}
	return 0
}

// Row returns a customer as the person may see it, and false if the view has
// none of this id. Version is not kept and zero; the row is the caller's.
func (v *View) Row(id data.CustomerID) (*data.Row, bool) {
	s := v.current.Load()
	if s == nil {
		return nil, false
	}
	row, ok := s.find(id)
	if !ok {
		return nil, false
	}
	return s.row(row), true
}

// SetActiveDays changes the active window for all questions from now on.
func (v *View) SetActiveDays(days int) { v.activeDays.Store(int64(days)) }

// Drop lets go of all customers. Every later question answers ErrDropped or
// nothing.
func (v *View) Drop() {
	v.change.Lock()
	defer v.change.Unlock()
	v.current.Store(nil)
	v.tables = nil
}

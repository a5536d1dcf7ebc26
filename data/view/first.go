package view

import (
	"context"
	"maps"
	"slices"

	"lethe/data"
)

// First is what is known of a list before it is read.
type First struct {
	Total int // how many customers the person sees; 0 if that isn't known
	// IDs are those whom the list is likely to begin with, as many as are on
	// screen at first. Who is gone is left out.
	IDs []data.CustomerID
}

// first is what a view shows while it is built.
type first struct {
	total int
	ids   []data.CustomerID
	rows  map[data.CustomerID]*data.Row
}

// row answers like View.Row.
func (f *first) row(id data.CustomerID) (*data.Row, bool) {
	if f == nil || f.rows[id] == nil {
		return nil, false
	}
	r := *f.rows[id]
	r.Tags, r.Custom = slices.Clone(r.Tags), maps.Clone(r.Custom)
	return &r, true
}

// Open is Build that doesn't wait: it answers once it has read the customers
// of f, for Row and First, and reads the others in the background. Until then
// Find, Facets and Apply wait. The building goes on when ctx ends; Drop ends
// it. Errors are those of reading f; for those of the building see Wait.
func Open(ctx context.Context, source Source, o Options, f First) (*View, error) {
	v := newView(source, o)
	begin := &first{total: f.Total, rows: map[data.CustomerID]*data.Row{}}
	if len(f.IDs) > 0 {
		err := source.CustomersByID(ctx, f.IDs, func(r *data.Row) error {
			kept := *r
			kept.Version = 0
			kept.Tags, kept.Custom = slices.Clone(r.Tags), maps.Clone(r.Custom)
			begin.rows[r.ID] = &kept
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, id := range f.IDs {
		if begin.rows[id] != nil {
			begin.ids = append(begin.ids, id)
		}
	}
	v.first.Store(begin)
	v.change.Lock()
	go v.build(max(o.Expect, f.Total))
	return v, nil
}

// build makes the first snapshot; v.change is held.
func (v *View) build(expect int) {
	defer v.change.Unlock()
	defer close(v.ready)
	s, err := load(v.life, v.source, expect)
	if err == nil {
		err = v.replace(nil, s)
	}
	v.failed = err
	v.first.Store(nil)
}

// Wait returns when the list is read: nil, the source's error, ErrDropped, or
// that of ctx.
func (v *View) Wait(ctx context.Context) error {
	_, err := v.snapshot(ctx)
	return err
}

// First lists those whom the list is likely to begin with, while it is still
// read; nil afterwards.
func (v *View) First() []data.CustomerID {
	if f := v.first.Load(); f != nil {
		return f.ids
	}
	return nil
}

// Len is the number of customers in the view, or what Open was told while it
// is still read; 0 once dropped.
func (v *View) Len() int {
	if s := v.current.Load(); s != nil {
		return s.len()
	}
	if f := v.first.Load(); f != nil {
		return f.total
	}
	return 0
}

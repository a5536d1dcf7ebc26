package view_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lethe/data"
	"lethe/data/view"
)

// Whatever the list and the filter: the view finds whom a plain loop finds, in
// the order asked for.
func TestFindIsAPlainLoop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := place(t, rapid.SampledFrom(places).Draw(t, "place"))
		l := someList(t, rapid.IntRange(0, 3).Draw(t, "masked") == 0)
		v := build(t, l, loc)
		for range 8 {
			f := someFilter(t)
			s := view.Sort{Field: rapid.SampledFrom(append(allFields, "", "unknown")).Draw(t, "sort"), Desc: rapid.Bool().Draw(t, "desc")}
			got, want := find(t, v, f, s), plainFind(l, f, s, loc)
			if !slices.Equal(got, want) {
				t.Fatalf("%s by %+v in %s:\n got %v\nwant %v", f.Encode(), s, loc, got, want)
			}
		}
	})
}

// What a row shows is what the source gave, but for its version.
func TestRowIsTheSources(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := someList(t, rapid.Bool().Draw(t, "masked"))
		v := build(t, l, time.UTC)
		for i := range l.rows {
			got, ok := v.Row(l.rows[i].ID)
			if !ok || !reflect.DeepEqual(*got, l.rows[i]) {
				t.Fatalf("\n got %+v\nwant %+v", got, l.rows[i])
			}
		}
		if _, ok := v.Row(-1); ok {
			t.Fatal("a row of nobody")
		}
	})
}

// Counts beside values are those of a plain loop under all other conditions.
func TestFacetsAreAPlainLoop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := place(t, rapid.SampledFrom(places).Draw(t, "place"))
		l := someList(t, false)
		v := build(t, l, loc)
		for range 4 {
			f := someFilter(t)
			got, err := v.Facets(context.Background(), f)
			if err != nil {
				t.Fatal(err)
			}
			if got.Total != len(l.rows) || got.Matching != len(plainFind(l, f, view.Sort{}, loc)) {
				t.Fatalf("%s: %d of %d", f.Encode(), got.Matching, got.Total)
			}
			checkFacets(t, l, f, got, loc)
		}
	})
}

func checkFacets(t *rapid.T, l *list, f data.Filter, got *view.Facets, loc *time.Location) {
	for field, counts := range got.By {
		others := data.Filter{Search: f.Search}
		for _, c := range f.Conditions {
			if c.Field != field || c.Op == data.OpAllOf {
				others.Conditions = append(others.Conditions, c)
			}
		}
		listed := map[string]bool{}
		for _, c := range counts {
			one := data.Condition{Field: field, Op: data.OpAnyOf, Values: []string{c.Value}}
			ticked := others.Clone()
			ticked.Conditions = append(ticked.Conditions, one)
			if want := len(plainFind(l, ticked, view.Sort{}, loc)); c.Count != want || got.Count(field, c.Value) != want {
				t.Fatalf("%s: %s %q: %d, a loop counts %d", f.Encode(), field, c.Value, c.Count, want)
			}
			all := 0
			for i := range l.rows {
				if has(&l.rows[i], field, c.Value) {
					all++
				}
			}
			if c.All != all || listed[c.Value] {
				t.Fatalf("%s %q: %d in all, a loop counts %d", field, c.Value, c.All, all)
			}
			listed[c.Value] = true
		}
		for i := range l.rows {
			if text, ok := textOf(&l.rows[i], field); ok && !listed[text] {
				t.Fatalf("%s: %q is not listed", field, text)
			}
		}
	}
	for _, field := range []data.Field{
		data.FieldCity, data.FieldState, data.FieldCountry, data.FieldSource, data.FieldAgent,
		data.FieldTags, data.FieldBlocked, data.FieldOptOut, data.FieldActivity,
	} {
		if _, ok := got.By[field]; !ok {
			t.Fatalf("%s is not counted", field)
		}
	}
}

func has(r *data.Row, field data.Field, value string) bool {
	if text, ok := textOf(r, field); ok {
		return text == value
	}
	return fulfils(r, data.Condition{Field: field, Op: data.OpAnyOf, Values: []string{value}}, time.UTC)
}

// A view that was kept in step is the view that is built anew.
func TestApplyIsBuildingAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := someList(t, false)
		v := build(t, l, time.UTC)
		sorts := rapid.SliceOfN(rapid.SampledFrom(allFields), 1, 6).Draw(t, "sorts")
		for range rapid.IntRange(1, 4).Draw(t, "events") {
			for _, s := range sorts { // so that there are orders to keep in step
				find(t, v, data.Filter{}, view.Sort{Field: s})
			}
			e := change(t, l)
			if err := v.Apply(context.Background(), e); err != nil {
				t.Fatal(err)
			}
			anew := build(t, l, time.UTC)
			if v.Len() != len(l.rows) {
				t.Fatalf("%+v: %d customers, want %d", e, v.Len(), len(l.rows))
			}
			f := someFilter(t)
			for _, field := range append(sorts, data.FieldName, data.FieldCity) {
				for _, desc := range []bool{false, true} {
					s := view.Sort{Field: field, Desc: desc}
					if got, want := find(t, v, f, s), find(t, anew, f, s); !slices.Equal(got, want) {
						t.Fatalf("after %+v: %s by %+v:\n got %v\nwant %v", e, f.Encode(), s, got, want)
					}
				}
			}
			got, err := v.Facets(context.Background(), f)
			want, err2 := anew.Facets(context.Background(), f)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			for field := range got.By { // a custom field that nobody uses any more
				if _, ok := want.By[field]; !ok && len(l.rows) == got.By[field][0].All {
					delete(got.By, field)
				} else if !ok && len(l.rows) == 0 {
					delete(got.By, field)
				}
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("after %+v: %s:\n got %+v\nwant %+v", e, f.Encode(), got, want)
			}
			for i := range l.rows {
				if r, ok := v.Row(l.rows[i].ID); !ok || !reflect.DeepEqual(*r, l.rows[i]) {
					t.Fatalf("\n got %+v\nwant %+v", r, l.rows[i])
				}
			}
		}
	})
}

// change does something to the list and tells what, as the store would.
func change(t *rapid.T, l *list) data.Event {
	e := data.Event{Kind: data.CustomersChanged}
	id := func() data.CustomerID { return data.CustomerID(rapid.IntRange(1, 130).Draw(t, "id")) }
	for range rapid.IntRange(0, 20).Draw(t, "changed") {
		r := someRow(t, id(), false)
		l.put(r)
		e.Changed = append(e.Changed, r.ID)
	}
	for range rapid.IntRange(0, 60).Draw(t, "removed") {
		gone := id()
		l.remove(gone)
		e.Removed = append(e.Removed, gone)
	}
	if rapid.IntRange(0, 5).Draw(t, "out of sight") == 0 {
		gone := id()
		l.remove(gone)
		e.Changed = append(e.Changed, gone)
	}
	e.Everything = rapid.IntRange(0, 9).Draw(t, "everything") == 0
	return e
}

func TestErrors(t *testing.T) {
	l := &list{rows: []data.Row{{Customer: data.Customer{ID: 1, Name: "Asha"}}}}
	v := build(t, l, time.UTC)
	for _, c := range []data.Condition{
		{Field: "shoe size", Op: data.OpIsSet},
		{Field: data.FieldName, Op: data.OpBefore, From: 1},
		{Field: data.FieldTags, Op: data.OpAnyOf},
	} {
		f := data.Filter{Conditions: []data.Condition{c}}
		if _, err := v.Find(context.Background(), f, view.Sort{}); !errors.Is(err, data.ErrBadFilter) {
			t.Errorf("Find by %+v: %v", c, err)
		}
		if _, err := v.Facets(context.Background(), f); !errors.Is(err, data.ErrBadFilter) {
			t.Errorf("Facets by %+v: %v", c, err)
		}
	}

	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := v.Find(cancelled, data.Filter{}, view.Sort{})
	_, err2 := v.Facets(cancelled, data.Filter{})
	_, err3 := view.Build(cancelled, l, view.Options{Now: time.Now, Location: time.UTC})
	err4 := v.Apply(cancelled, data.Event{Removed: []data.CustomerID{1}})
	for _, err := range []error{err, err2, err3, err4} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled: %v", err)
		}
	}
	if v.Len() != 1 {
		t.Error("an event that was cancelled left something behind")
	}

	unordered := &list{rows: []data.Row{{Customer: data.Customer{ID: 2}}, {Customer: data.Customer{ID: 1}}}}
	if _, err := view.Build(context.Background(), unordered, view.Options{Now: time.Now, Location: time.UTC}); err == nil {
		t.Error("ids in disorder were taken")
	}
	long := &list{rows: []data.Row{{Customer: data.Customer{ID: 1, Phone: 1e16}}}}
	if _, err := view.Build(context.Background(), long, view.Options{Now: time.Now, Location: time.UTC}); err == nil {
		t.Error("a phone of 17 digits was taken")
	}

	v.Drop()
	_, err = v.Find(context.Background(), data.Filter{}, view.Sort{})
	_, err2 = v.Facets(context.Background(), data.Filter{})
	err3 = v.Apply(context.Background(), data.Event{Everything: true})
	for _, err := range []error{err, err2, err3} {
		if !errors.Is(err, view.ErrDropped) {
			t.Errorf("dropped: %v", err)
		}
	}
	if _, ok := v.Row(1); ok || v.Len() != 0 {
		t.Error("a dropped view shows customers")
	}
}

func TestActiveDays(t *testing.T) {
	l := &list{rows: []data.Row{{Customer: data.Customer{ID: 1, LastSent: now.Add(-100 * 24 * time.Hour).Truncate(time.Second)}}}}
	v := build(t, l, time.UTC)
	active := data.Filter{Conditions: []data.Condition{{Field: data.FieldActivity, Op: data.OpAnyOf, Values: []string{"active"}}}}
	if got := find(t, v, active, view.Sort{}); len(got) != 0 {
		t.Errorf("in 90 days: %v", got)
	}
	v.SetActiveDays(101)
	if got := find(t, v, active, view.Sort{}); len(got) != 1 {
		t.Errorf("in 101 days: %v", got)
	}
}

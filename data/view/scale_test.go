package view_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/view"
)

// manyRows is a list long enough for all cores.
func manyRows(n int) *list {
	rnd := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) string { return words[rnd.IntN(len(words))] }
	l := &list{rows: make([]data.Row, n)}
	for i := range l.rows {
		c := &l.rows[i].Customer
		c.ID = data.CustomerID(i + 1)
		c.Phone = data.Phone(919000000000 + i*7919%1e9)
		c.Name = pick("Asha", "Ravi", "गौरी", "José", "Priya", "Zoë", "") + " " + pick("Sharma", "Kapoor", "Kulkarni", "") + " " + strconv.Itoa(rnd.IntN(n/4))
		if rnd.IntN(2) == 0 {
			c.Email = "customer" + strconv.Itoa(i) + "@example.com"
		}
		c.City, c.State = "City "+strconv.Itoa(rnd.IntN(200)), pick("Gujarat", "Kerala", "Goa")
		c.Tags = []string{"tag " + strconv.Itoa(rnd.IntN(40))}
		if rnd.IntN(4) > 0 {
			c.LastSent = now.Add(-time.Duration(rnd.IntN(300*24)) * time.Hour).Truncate(time.Second)
		}
	}
	return l
}

func someQuestions() []data.Filter {
	return []data.Filter{
		{},
		{Search: "a"},
		{Search: "jose k"},
		{Search: "98200"},
		{Search: "7", Conditions: []data.Condition{{Field: data.FieldState, Op: data.OpAnyOf, Values: []string{"Goa"}}}},
		{Conditions: []data.Condition{
			{Field: data.FieldTags, Op: data.OpAnyOf, Values: []string{"tag 1", "tag 2"}},
			{Field: data.FieldLastInteraction, Op: data.OpMoreThanAgo, Days: 90, OrNever: true},
		}},
	}
}

func TestManyRows(t *testing.T) {
	l := manyRows(34_000)
	v := build(t, l, time.UTC)
	check := func() {
		t.Helper()
		for _, f := range someQuestions() {
			want := plainFind(l, f, view.Sort{}, time.UTC)
			if got := find(t, v, f, view.Sort{}); !slices.Equal(got, want) {
				t.Errorf("%s: %d found, a loop finds %d", f.Encode(), len(got), len(want))
			}
			facets, err := v.Facets(context.Background(), f)
			if err != nil {
				t.Fatal(err)
			}
			if facets.Matching != len(want) {
				t.Errorf("%s: %d counted, a loop counts %d", f.Encode(), facets.Matching, len(want))
			}
		}
		few := data.Filter{Search: "jose k"}
		for _, s := range []view.Sort{{Field: data.FieldName}, {Field: data.FieldLastInteraction, Desc: true}} {
			if got, want := find(t, v, few, s), plainFind(l, few, s, time.UTC); !slices.Equal(got, want) {
				t.Errorf("by %+v: in another order than a loop's", s)
			}
		}
	}
	check()
	e := data.Event{}
	for i := 0; i < 34_000; i += 10 {
		e.Removed = append(e.Removed, l.rows[i].ID)
	}
	gone := map[data.CustomerID]bool{}
	for _, id := range e.Removed {
		gone[id] = true
	}
	l.rows = slices.DeleteFunc(l.rows, func(r data.Row) bool { return gone[r.ID] })
	if err := v.Apply(context.Background(), e); err != nil {
		t.Fatal(err)
	}
	check()
}

// Questions may be asked from anywhere while the list changes; each is
// answered from one state of it. (Run with -race.)
func TestAskedFromEverywhere(t *testing.T) {
	const n = 20_000
	l := manyRows(n)
	v := build(t, l, time.UTC)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var asking sync.WaitGroup
	for range 3 {
		asking.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				f := someQuestions()[i%len(someQuestions())]
				r, err := v.Find(ctx, f, view.Sort{Field: allFields[i%len(allFields)]})
				if err == nil && (r.Total%100 != 0 || f.Empty() && len(r.IDs) != r.Total) {
					t.Errorf("a state of %d customers that never was, %d found", r.Total, len(r.IDs))
				}
				if err != nil && !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
				if _, err := v.Facets(ctx, f); err != nil && !errors.Is(err, context.Canceled) {
					t.Error(err)
				}
				if row, ok := v.Row(n); !ok || row.ID != n {
					t.Error("the last row is gone")
				}
			}
		})
	}
	for range 10 {
		e := data.Event{Changed: []data.CustomerID{n}}
		for _, r := range l.rows[:100] {
			e.Removed = append(e.Removed, r.ID)
		}
		l.rows = l.rows[100:]
		if err := v.Apply(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	asking.Wait()
	if v.Len() != n-1000 {
		t.Errorf("%d customers left", v.Len())
	}
}

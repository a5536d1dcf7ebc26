package view_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/view"
)

type gen struct{ n int }

func (g gen) rows() iter.Seq[*data.Row] {
	return func(yield func(*data.Row) bool) {
		rnd := rand.New(rand.NewPCG(1, 2))
		first := strings.Fields("Asha Ravi Priya Gauri Sanjay Meera Arjun Kavita Deepak Sunita Rahul Neha Vikram Anjali Manoj Pooja Rajesh Swati Amit Nisha")
		last := strings.Fields("Sharma Kapoor Kulkarni Patel Singh Gupta Iyer Nair Reddy Joshi Desai Mehta Rao Das Bose Khan")
		dev := strings.Fields("गौरी राजेश सुनीता कुलकर्णी शर्मा पाटील देशपांडे")
		cities := make([]string, 200)
		for i := range cities {
			cities[i] = fmt.Sprintf("City%d", i)
		}
		tags := make([]string, 40)
		for i := range tags {
			tags[i] = fmt.Sprintf("tag%02d", i)
		}
		for i := range g.n {
			r := &data.Row{}
			r.ID = data.CustomerID(i + 1)
			r.Phone = data.Phone(917000000000 + uint64(rnd.IntN(3_000_000_000)))
			if rnd.IntN(20) == 0 {
				r.Name = dev[rnd.IntN(len(dev))] + " " + dev[rnd.IntN(len(dev))]
			} else {
				r.Name = first[rnd.IntN(20)] + " " + last[rnd.IntN(16)]
				if rnd.IntN(3) == 0 {
					r.Name += " " + last[rnd.IntN(16)]
				}
				if len(r.Name) > 24 {
					r.Name = r.Name[:24]
				}
			}
			r.City = cities[rnd.IntN(200)]
			r.State = "S" + r.City[len(r.City)-1:]
			r.Created = now.Add(-time.Duration(rnd.IntN(1000*24*3600)) * time.Second)
			if rnd.IntN(4) > 0 {
				r.LastSent = now.Add(-time.Duration(rnd.IntN(400*24*3600)) * time.Second)
				r.LastReceived = now.Add(-time.Duration(rnd.IntN(400*24*3600)) * time.Second)
			}
			a := rnd.IntN(40)
			switch rnd.IntN(4) {
			case 0:
			case 1:
				r.Tags = tags[a : a+1]
			case 2:
				r.Tags = []string{tags[a/2], tags[20+a/2]}
			default:
				r.Tags = []string{tags[a/3], tags[14+a/3], tags[27+rnd.IntN(13)]}
			}
			if rnd.IntN(2) == 0 {
				r.Email = fmt.Sprintf("%s%d@example.com", strings.ToLower(first[rnd.IntN(20)]), rnd.IntN(1000000))
			}
			if !yield(r) {
				return
			}
		}
	}
}
func (g gen) Customers(ctx context.Context, y func(*data.Row) error) error {
	for r := range g.rows() {
		if err := y(r); err != nil {
			return err
		}
	}
	return nil
}
func (g gen) CustomersByID(ctx context.Context, ids []data.CustomerID, y func(*data.Row) error) error {
	for _, id := range ids {
		r := &data.Row{}
		r.ID = id
		r.Name = "Changed One"
		if err := y(r); err != nil {
			return err
		}
	}
	return nil
}
func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestZMillion(t *testing.T) {
	g := gen{1_000_000}
	t0 := time.Now()
	for range g.rows() {
	}
	t.Log("generate alone", time.Since(t0))
	h0 := heap()
	t0 = time.Now()
	v, err := view.Build(context.Background(), g, view.Options{Now: func() time.Time { return now }, Location: time.UTC, ActiveDays: 90})
	if err != nil {
		t.Fatal(err)
	}
	t.Log("build", time.Since(t0))
	t.Log("bytes/customer", float64(heap()-h0)/1e6)
	ask := func(name string, f data.Filter, s view.Sort) {
		best := time.Hour
		n := 0
		var firstT time.Duration
		for i := range 7 {
			t0 := time.Now()
			r, err := v.Find(context.Background(), f, s)
			if err != nil {
				t.Fatal(err)
			}
			d := time.Since(t0)
			if i == 0 {
				firstT = d
			}
			best = min(best, d)
			n = len(r.IDs)
		}
		t0 := time.Now()
		_, err := v.Facets(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		f1 := time.Since(t0)
		t0 = time.Now()
		v.Facets(context.Background(), f)
		t.Logf("%-28s %8d found: first %v best %v, facets %v then %v", name, n, firstT, best, f1, time.Since(t0))
	}
	byName := view.Sort{Field: data.FieldName}
	ask("all by name", data.Filter{}, byName)
	ask("all by name desc", data.Filter{}, view.Sort{Field: data.FieldName, Desc: true})
	ask("all by id", data.Filter{}, view.Sort{})
	ask("three conditions", data.Filter{Conditions: []data.Condition{
		{Field: data.FieldState, Op: data.OpAnyOf, Values: []string{"S1", "S2"}},
		{Field: data.FieldTags, Op: data.OpAnyOf, Values: []string{"tag01", "tag30"}},
		{Field: data.FieldLastInteraction, Op: data.OpMoreThanAgo, Days: 90, OrNever: true}}}, byName)
	for _, q := range []string{"a", "z", "as", "asha", "asha sh", "गौ", "9", "98", "98200 5", "com", "qqqq", "asha123@"} {
		ask("search "+q, data.Filter{Search: q}, byName)
	}
	ask("by city", data.Filter{}, view.Sort{Field: data.FieldCity})
	ask("by last interaction desc", data.Filter{}, view.Sort{Field: data.FieldLastInteraction, Desc: true})
	ask("by phone", data.Filter{}, view.Sort{Field: data.FieldPhone})
	ask("by activity", data.Filter{}, view.Sort{Field: data.FieldActivity})
	ask("name contains", data.Filter{Conditions: []data.Condition{{Field: data.FieldName, Op: data.OpContains, Values: []string{"sha"}}}}, byName)
	t.Log("bytes/customer with 4 orders", float64(heap()-h0)/1e6)
	t0 = time.Now()
	v.Apply(context.Background(), data.Event{Changed: []data.CustomerID{500_000}})
	t.Log("apply one", time.Since(t0))
	e := data.Event{}
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, i := range rnd.Perm(1_000_000)[:100_000] {
		e.Removed = append(e.Removed, data.CustomerID(i+1))
	}
	t0 = time.Now()
	v.Apply(context.Background(), e)
	t.Log("remove 100k", time.Since(t0), v.Len())
	t0 = time.Now()
	for i := range 1000 {
		v.Row(data.CustomerID(i * 900))
	}
	t.Log("row", time.Since(t0)/1000)
	runtime.KeepAlive(v)
}

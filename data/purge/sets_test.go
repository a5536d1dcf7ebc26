package purge_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"lethe/data"
	"lethe/data/fold"
	"lethe/data/otp"
	"lethe/data/purge"
	"lethe/data/store"
	"lethe/data/store/storetest"
	"lethe/data/view"
)

func requestOf(way data.Way, ids []data.CustomerID) store.SealRequest {
	return store.SealRequest{Way: way, IDs: ids}
}

// source is the list as the Account Owner sees it.
type source struct{ *storetest.Store }

func (s source) Customers(ctx context.Context, yield func(*data.Row) error) error {
	return s.Store.Customers(ctx, s.Owner, yield)
}

func (s source) CustomersByID(ctx context.Context, ids []data.CustomerID, yield func(*data.Row) error) error {
	return s.Store.CustomersByID(ctx, s.Owner, ids, yield)
}

var (
	cities = []string{"", "Surat", "Pune", "पुणे", "Nagpur"}
	tagSet = []string{"Gold", "North", "Brendon Travel", "VIP"}
	names  = []string{"Asha Patel", "JOSÉ Dias", "jose d", "Ravi", "", "रवि कुमार"}
)

// somebody draws a customer; times fall on the edges that filters ask about.
func somebody(t *rapid.T, phone data.Phone, now time.Time) *store.ImportRow {
	c := data.Customer{
		Phone: phone, Name: rapid.SampledFrom(names).Draw(t, "name"), City: rapid.SampledFrom(cities).Draw(t, "city"),
		Blocked: rapid.Bool().Draw(t, "blocked"), Created: now.AddDate(0, 0, -rapid.IntRange(0, 6).Draw(t, "created")),
	}
	c.Tags = slices.Sorted(slices.Values(rapid.SliceOfNDistinct(rapid.SampledFrom(tagSet), 0, 3, rapid.ID).Draw(t, "tags")))
	if rapid.Bool().Draw(t, "contacted") {
		days := rapid.SampledFrom([]int{0, 1, 89, 90, 91, 200}).Draw(t, "days ago")
		off := time.Duration(rapid.IntRange(-1, 1).Draw(t, "off")) * time.Second
		c.LastReceived = now.Add(-time.Duration(days)*24*time.Hour + off)
	}
	if rapid.Bool().Draw(t, "to follow up") {
		c.FollowUp = data.DateOf(now) + data.Date(rapid.IntRange(-2, 2).Draw(t, "follow up"))
	}
	return &store.ImportRow{Customer: c}
}

func someCondition(t *rapid.T, now time.Time) data.Condition {
	today := data.DateOf(now)
	from := today - data.Date(rapid.IntRange(0, 6).Draw(t, "from"))
	pick := func(from []string) []string {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(from), 1, 3, rapid.ID).Draw(t, "values")
	}
	switch rapid.IntRange(0, 9).Draw(t, "condition") {
	case 0:
		return data.Condition{Field: data.FieldCity, Op: data.OpAnyOf, Values: pick(cities)}
	case 1:
		return data.Condition{Field: data.FieldCity, Op: rapid.SampledFrom([]data.Op{data.OpIsSet, data.OpIsNotSet}).Draw(t, "op")}
	case 2:
		return data.Condition{Field: data.FieldTags, Op: rapid.SampledFrom([]data.Op{data.OpAnyOf, data.OpAllOf}).Draw(t, "op"), Values: pick(tagSet)}
	case 3:
		return data.Condition{Field: data.FieldTags, Op: data.OpIsNotSet}
	case 4:
		return data.Condition{Field: data.FieldBlocked, Op: data.OpAnyOf, Values: []string{rapid.SampledFrom([]string{data.FlagYes, data.FlagNo}).Draw(t, "flag")}}
	case 5:
		return data.Condition{Field: data.FieldActivity, Op: data.OpAnyOf, Values: pick([]string{string(data.Active), string(data.Inactive), string(data.NeverContacted)})}
	case 6:
		return data.Condition{
			Field: data.FieldLastInteraction, Op: rapid.SampledFrom([]data.Op{data.OpMoreThanAgo, data.OpWithinDays}).Draw(t, "op"),
			Days: rapid.SampledFrom([]int{0, 1, 90}).Draw(t, "days"), OrNever: rapid.Bool().Draw(t, "or never"),
		}
	case 7:
		return data.Condition{Field: data.FieldCreated, Op: rapid.SampledFrom([]data.Op{data.OpBefore, data.OpAfter}).Draw(t, "op"), From: from}
	case 8:
		return data.Condition{Field: data.FieldFollowUp, Op: data.OpBetween, From: from, To: today + 1, OrNever: rapid.Bool().Draw(t, "or never")}
	}
	return data.Condition{Field: data.FieldName, Op: data.OpContains, Values: []string{rapid.SampledFrom([]string{"jose", "É D", "रवि", "a"}).Draw(t, "text")}}
}

// matches is what a filter means, read from product.md and package data once
// more and written as plainly as can be.
func matches(f data.Filter, r *data.Row, now time.Time) bool {
	for _, c := range f.Conditions {
		if !holds(c, r, now) {
			return false
		}
	}
	if f.Search == "" {
		return true
	}
	for _, text := range []string{r.Name, r.WhatsAppName, r.Email, r.Company} {
		if strings.Contains(fold.Fold(text), fold.Fold(f.Search)) {
			return true
		}
	}
	digits, ok := fold.Digits(f.Search)
	return ok && strings.Contains(r.Phone.String(), digits)
}

func holds(c data.Condition, r *data.Row, now time.Time) bool {
	switch c.Field {
	case data.FieldCity:
		switch c.Op {
		case data.OpIsSet:
			return r.City != ""
		case data.OpIsNotSet:
			return r.City == ""
		}
		return slices.Contains(c.Values, r.City)
	case data.FieldTags:
		switch c.Op {
		case data.OpIsNotSet:
			return len(r.Tags) == 0
		case data.OpAllOf:
			for _, v := range c.Values {
				if !slices.Contains(r.Tags, v) {
					return false
				}
			}
			return true
		}
		for _, v := range c.Values {
			if slices.Contains(r.Tags, v) {
				return true
			}
		}
		return false
	case data.FieldBlocked:
		return r.Blocked == (c.Values[0] == data.FlagYes)
	case data.FieldActivity:
		return slices.Contains(c.Values, string(data.ActivityOf(r.LastInteraction(), now, data.DefaultActiveDays)))
	case data.FieldLastInteraction:
		last := r.LastInteraction()
		if last.IsZero() {
			return c.OrNever
		}
		return last.Before(now.Add(-time.Duration(c.Days)*24*time.Hour)) == (c.Op == data.OpMoreThanAgo)
	case data.FieldCreated:
		day := data.DateOf(r.Created)
		return c.Op == data.OpBefore && day < c.From || c.Op == data.OpAfter && day > c.From
	case data.FieldFollowUp:
		if r.FollowUp == 0 {
			return c.OrNever
		}
		return c.From <= r.FollowUp && r.FollowUp <= c.To
	}
	return strings.Contains(fold.Fold(r.Name), fold.Fold(c.Values[0]))
}

// What the preview shows, what is deleted and what a plain loop says are one
// set, over random lists and filters.
func TestPreviewIsDeletedIsThePlainLoops(t *testing.T) {
	s := newList(t, 3)
	ctx := t.Context()
	next := data.Phone(919830000000)
	deleted, asked := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		now := s.Clock.Now()
		var rows []*store.ImportRow
		for range rapid.IntRange(1, 40).Draw(t, "added") {
			next++
			rows = append(rows, somebody(t, next, now))
		}
		_, err := s.Import(ctx, s.Owner, store.ImportRequest{Each: func(yield func(*store.ImportRow) error) error {
			for _, r := range rows {
				if err := yield(r); err != nil {
					return err
				}
			}
			return nil
		}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		f := data.Filter{Search: rapid.SampledFrom([]string{"", "", "asha", "98300", "JOSE"}).Draw(t, "search")}
		for range rapid.IntRange(0, 3).Draw(t, "conditions") {
			f = f.With(someCondition(t, now))
		}
		if err := f.Check(); err != nil {
			t.Fatal(err)
		}
		v, err := view.Build(ctx, source{s}, view.Options{Now: s.Clock.Now, Location: time.UTC, ActiveDays: data.DefaultActiveDays})
		if err != nil {
			t.Fatal(err)
		}
		defer v.Drop()
		defer s.Subscribe(func(e data.Event) { err = v.Apply(ctx, e) })()
		found, err2 := v.Find(ctx, f, view.Sort{Field: data.FieldName})
		if err2 != nil {
			t.Fatal(err2)
		}
		preview := slices.Sorted(slices.Values(found.IDs))
		var loop, stay []data.CustomerID
		if err := s.Customers(ctx, s.Owner, func(r *data.Row) error {
			if matches(f, r, now) {
				loop = append(loop, r.ID)
			} else {
				stay = append(stay, r.ID)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(preview, loop) {
			t.Fatalf("the preview shows %v, the loop %v, of %s", preview, loop, f.Encode())
		}
		if len(preview) == 0 {
			return
		}
		p, auth, err3 := plan(ctx, s, store.SealRequest{Way: data.WayFiltered, IDs: found.IDs, Filter: f})
		if err3 != nil {
			t.Fatal(err3)
		}
		if !slices.Equal(p.IDs(), loop) || p.Summary().Count != len(loop) || p.Summary().Stay != len(stay) {
			t.Fatalf("the plan holds %v, not %v", p.IDs(), loop)
		}
		r, err4 := purge.New(s.Store).Execute(ctx, s.Owner, p, auth, texts, nil)
		if err4 != nil {
			t.Fatal(err4)
		}
		if left := ids(ctx, t, s); !slices.Equal(left, stay) || r.Deleted != len(loop) || r.Stay != len(stay) {
			t.Fatalf("%v are left, not %v; %+v", left, stay, r)
		}
		after, err5 := v.Find(ctx, data.Filter{}, view.Sort{Field: data.FieldName})
		if err != nil || err5 != nil || !slices.Equal(slices.Sorted(slices.Values(after.IDs)), stay) {
			t.Fatalf("the view, told of it, holds %v; %v, %v", after, err, err5)
		}
		deleted += len(loop)
		if auth != nil {
			asked++
			s.Clock.Add(otp.Period)
		}
	})
	if deleted == 0 || asked == 0 {
		t.Errorf("%d were deleted, %d times with an OTP: this proves nothing", deleted, asked)
	}
}

func ids(ctx context.Context, t *rapid.T, s *storetest.Store) []data.CustomerID {
	var out []data.CustomerID
	if err := s.Customers(ctx, s.Owner, func(r *data.Row) error { out = append(out, r.ID); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

// Keep takes some out of a plan again, whatever way it went.
func TestKeep(t *testing.T) {
	for _, way := range []data.Way{data.WaySelected, data.WayFiltered, data.WayAll} {
		t.Run(string(way), func(t *testing.T) {
			s := newList(t, 30)
			ctx := t.Context()
			all := s.IDs(t)
			first, _, err := plan(ctx, s, requestOf(way, all))
			if err != nil {
				t.Fatal(err)
			}
			p := purge.New(s.Store)
			next, err := p.Keep(ctx, s.Owner, first, map[data.CustomerID]bool{all[3]: true, all[29]: true, 999: true})
			if err != nil {
				t.Fatal(err)
			}
			if sum := next.Summary(); sum.Count != 28 || sum.Stay != 2 || sum.Way == data.WayAll || sum.Fingerprint == first.Summary().Fingerprint {
				t.Errorf("%+v", sum)
			}
			s.Clock.Add(otp.Period)
			auth, err := p.Authorise(ctx, s.Owner, next, s.Code())
			if err != nil {
				t.Fatal(err)
			}
			if _, err := p.Execute(ctx, s.Owner, first, auth, texts, nil); err == nil {
				t.Error("the word for the new plan ran the old one")
			}
			if _, err := p.Execute(ctx, s.Owner, next, auth, texts, nil); err != nil {
				t.Fatal(err)
			}
			if left := s.IDs(t); fmt.Sprint(left) != fmt.Sprint([]data.CustomerID{all[3], all[29]}) {
				t.Errorf("%v are left", left)
			}
		})
	}
}

package store_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

func contains(text, part string) bool { return strings.Contains(text, part) }

func day(n int) time.Time { return time.Date(2026, 3, n, 12, 0, 0, 0, time.UTC) }

// full is a customer with every field.
func full(phone data.Phone) *store.ImportRow {
	return &store.ImportRow{
		Customer: data.Customer{
			Name: "Meera Patil", Phone: phone, WhatsAppName: "Meera", Email: "meera@example.com", Company: "Patil & Co",
			City: "Pune", State: "Maharashtra", Country: "India", Source: "Website", Tags: []string{"Gold", "North"},
			Blocked: true, OptOut: true, Created: day(1), FirstReceived: day(2), FirstSent: day(3), LastSent: day(4),
			LastReceived: day(5), LastTemplate: day(6), FollowUp: data.DateOf(day(20)),
		},
		Custom: map[string]string{"Size": "L", "Shop": "Kothrud"},
		Note:   "Likes blue",
	}
}

func importing(t *testing.T, s *storetest.Store, a *store.Actor, mode store.ImportMode, rows ...*store.ImportRow) store.ImportReport {
	t.Helper()
	req := importOf(rows...)
	req.Mode, req.NewFields = mode, []string{"Size", "Shop"}
	r, err := s.Import(t.Context(), a, req, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func details(t *testing.T, s *storetest.Store, id data.CustomerID) store.Details {
	t.Helper()
	d, err := s.Details(t.Context(), s.Owner, id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Custom fields of a kind keep what is of their kind, as it is kept when typed;
// of a file with anything else nothing comes in.
func TestImportedValuesAreOfTheirFieldsKind(t *testing.T) {
	s := storetest.New(t)
	for _, f := range []data.CustomField{
		{Name: "Spent", Kind: data.FieldNumber},
		{Name: "Joined", Kind: data.FieldDate},
		{Name: "Size", Kind: data.FieldList, Options: []string{"Small", "Large"}},
	} {
		if _, err := s.AddField(t.Context(), s.Owner, f); err != nil {
			t.Fatal(err)
		}
	}
	row := func(phone data.Phone, custom map[string]string) *store.ImportRow {
		return &store.ImportRow{Customer: data.Customer{Phone: phone}, Custom: custom}
	}
	for name, value := range map[string]string{"spent": "much", "Joined": "13/4/2025", "Size": "Huge"} {
		req := importOf(row(919820100001, map[string]string{"Spent": "1"}), row(919820100002, map[string]string{name: value}))
		req.Mode = store.ImportSkip
		var problem *data.ValueProblem
		if _, err := s.Import(t.Context(), s.Owner, req, nil); !errors.As(err, &problem) || len(s.IDs(t)) != 0 {
			t.Errorf("%s %q: %v; %d came in", name, value, err, len(s.IDs(t)))
		}
	}
	importing(t, s, s.Owner, store.ImportSkip, row(919820100001, map[string]string{"Spent": "1,234.50", "Joined": "2025-04-13", "Size": "LARGE"}))
	got := details(t, s, s.IDs(t)[0]).Row.Custom
	fields, err := s.Fields(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"1234.5", "2025-04-13", "Large"} {
		if v := got[fields[i].ID]; v != want {
			t.Errorf("%s holds %q, want %q", fields[i].Name, v, want)
		}
	}
	// The same again, written otherwise, changes nothing.
	r := importing(t, s, s.Owner, store.ImportUpdate, row(919820100001, map[string]string{"Spent": "1234.5", "Size": "large"}))
	if r.Unchanged != 1 {
		t.Errorf("%+v", r)
	}
}

func TestImportKeepsEveryField(t *testing.T) {
	s := storetest.New(t)
	if r := importing(t, s, s.Owner, store.ImportSkip, full(919820012345)); r != (store.ImportReport{Added: 1}) {
		t.Fatalf("%+v", r)
	}
	fields, err := s.Fields(t.Context(), s.Owner)
	if err != nil || len(fields) != 2 || fields[0].Name != "Size" || fields[0].Kind != data.FieldText {
		t.Fatalf("%+v, %v", fields, err)
	}
	d := details(t, s, 1)
	want := full(919820012345).Customer
	want.ID, want.Version = 1, d.Row.Version
	want.Custom = map[data.FieldID]string{fields[0].ID: "L", fields[1].ID: "Kothrud"}
	if !reflect.DeepEqual(d.Row.Customer, want) {
		t.Errorf("got  %+v\nwant %+v", d.Row.Customer, want)
	}
	if len(d.Notes) != 1 || d.Notes[0].Text != "Likes blue" || d.Notes[0].Author != 1 || !d.Notes[0].Created.Equal(s.Clock.Now()) {
		t.Errorf("notes: %+v", d.Notes)
	}
}

func TestImportSkips(t *testing.T) {
	s := storetest.New(t)
	importing(t, s, s.Owner, store.ImportSkip, full(919820012345))
	before := details(t, s, 1)
	other := &store.ImportRow{Customer: data.Customer{Name: "Other", Phone: 919820012345, Tags: []string{"New"}}, Note: "x"}
	twice := storetest.Row(919820100000, 0)
	r := importing(t, s, s.Owner, store.ImportSkip, other, twice, twice)
	if r != (store.ImportReport{Added: 1, Skipped: 2}) {
		t.Errorf("%+v", r)
	}
	if after := details(t, s, 1); !reflect.DeepEqual(after, before) {
		t.Errorf("skipped, but %+v", after)
	}
}

func TestImportUpdates(t *testing.T) {
	s := storetest.New(t)
	importing(t, s, s.Owner, store.ImportSkip, full(919820012345))
	before := details(t, s, 1)

	empty := &store.ImportRow{Customer: data.Customer{Phone: 919820012345}, Custom: map[string]string{"Size": " ", "Shop": ""}}
	if r := importing(t, s, s.Owner, store.ImportUpdate, empty); r != (store.ImportReport{Unchanged: 1}) {
		t.Errorf("empty cells: %+v", r)
	}
	if r := importing(t, s, s.Owner, store.ImportUpdate, full(919820012345)); r != (store.ImportReport{Unchanged: 1}) {
		t.Errorf("the same file again: %+v", r)
	}
	if after := details(t, s, 1); !reflect.DeepEqual(after, before) {
		t.Errorf("nothing new in the files, but\n%+v\n%+v", after, before)
	}

	s.Clock.Add(time.Hour)
	next := &store.ImportRow{
		Customer: data.Customer{Phone: 919820012345, City: "Nashik", Tags: []string{"South"}, LastSent: day(9)},
		Custom:   map[string]string{" SIZE ": "XL"}, Note: "Moved",
	}
	if r := importing(t, s, s.Owner, store.ImportUpdate, next); r != (store.ImportReport{Updated: 1}) {
		t.Errorf("%+v", r)
	}
	after := details(t, s, 1)
	want := before.Row.Customer
	want.City, want.Tags, want.LastSent = "Nashik", []string{"Gold", "North", "South"}, day(9)
	want.Custom[1] = "XL"
	if want.Version >= after.Row.Version {
		t.Errorf("version %d, then %d", want.Version, after.Row.Version)
	}
	want.Version = after.Row.Version
	if !reflect.DeepEqual(after.Row.Customer, want) {
		t.Errorf("got  %+v\nwant %+v", after.Row.Customer, want)
	}
	if len(after.Notes) != 2 || after.Notes[0].Text != "Moved" {
		t.Errorf("notes: %+v", after.Notes)
	}
	for what, row := range map[string]*store.ImportRow{
		"a tag":          {Customer: data.Customer{Phone: 919820012345, Tags: []string{"Gold", "West"}}},
		"a custom value": {Customer: data.Customer{Phone: 919820012345}, Custom: map[string]string{"Shop": "Camp"}},
		"a flag":         {Customer: data.Customer{Phone: 919820012345, Name: "Meera P"}},
	} {
		if r := importing(t, s, s.Owner, store.ImportUpdate, row); r.Updated != 1 {
			t.Errorf("only %s is new: %+v", what, r)
		}
	}
}

// The plan of a deletion is stale once an import changed one of its rows.
func TestAnUpdateMakesPlansStale(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:3])
	untouched := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[3:5])
	importing(t, s, s.Owner, store.ImportUpdate, &store.ImportRow{Customer: data.Customer{Phone: 919820100002, Tags: []string{"VIP"}}})
	_, _, err := s.Delete(t.Context(), s.Owner, p, nil, texts, nil)
	wantErr(t, "changed meanwhile", err, data.ErrStalePlan)
	s.Fill(t, s.Owner, 919820300000, 7)
	if r := mustDelete(t, s, s.Owner, untouched, nil); r.Stay != 35 || r.Stay != len(s.IDs(t)) {
		t.Errorf("the receipt says that %d stay, but %d do", r.Stay, len(s.IDs(t)))
	}
}

func TestAgentsAreLinked(t *testing.T) {
	s := storetest.New(t)
	const known, later data.Phone = 919811111111, 919822222222
	ravi, err := s.AddUser(t.Context(), s.Owner, storetest.Password, data.User{Name: "Ravi", Role: 4, Phone: known}, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	for i, agent := range []data.Phone{known, later, later, 0} {
		row := storetest.Row(919820100000, i)
		row.Customer.AgentPhone = agent
		importing(t, s, s.Owner, store.ImportSkip, row)
	}
	agents := func() string {
		var out []string
		if err := s.Customers(t.Context(), s.Owner, func(r *data.Row) error {
			out = append(out, fmt.Sprintf("%d/%d", r.Agent, r.AgentPhone))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return strings.Join(out, " ")
	}
	if got, want := agents(), fmt.Sprintf("%d/0 0/%d 0/%d 0/0", ravi, later, later); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	meera, err := s.AddUser(t.Context(), s.Owner, storetest.Password, data.User{Name: "Meera", Role: 4, Phone: later}, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := agents(), fmt.Sprintf("%d/0 %d/0 %d/0 0/0", ravi, meera, meera); got != want {
		t.Errorf("once the member is there: %s, want %s", got, want)
	}
	row := &store.ImportRow{Customer: data.Customer{Phone: 919820100001, AgentPhone: later}}
	if r := importing(t, s, s.Owner, store.ImportUpdate, row); r.Updated != 1 || !strings.HasPrefix(agents(), fmt.Sprintf("%d/0 ", meera)) {
		t.Errorf("%+v: %s", r, agents())
	}
}

func TestAnImportIsAllOrNothing(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 3)
	n, err := s.Changes(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	mark, err := s.Mark(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the file ends here")
	ctx, cancel := context.WithCancel(t.Context())
	for what, c := range map[string]struct {
		req  store.ImportRequest
		ctx  context.Context
		want error
	}{
		"the file breaks off": {store.ImportRequest{NewFields: []string{"New"}, Each: func(yield func(*store.ImportRow) error) error {
			return errors.Join(yield(full(919820055555)), broken)
		}}, t.Context(), broken},
		"a row without a phone": {importOf(full(919820055555), &store.ImportRow{Customer: data.Customer{Name: "X"}}), t.Context(), data.ErrPhoneNeeded},
		"cancelled": {store.ImportRequest{Each: func(yield func(*store.ImportRow) error) error {
			defer cancel()
			return yield(full(919820055555))
		}}, ctx, context.Canceled},
	} {
		_, err := s.Import(c.ctx, s.Owner, c.req, nil)
		wantErr(t, what, err, c.want)
	}
	after, err := s.Changes(t.Context(), s.Owner)
	if err != nil || after != n || len(s.IDs(t)) != 3 {
		t.Errorf("changes %d, then %d; %d customers, %v", n, after, len(s.IDs(t)), err)
	}
	if m, err := s.Mark(t.Context(), s.Owner); err != nil || m != mark {
		t.Errorf("%+v, %v", m, err)
	}
	if f, err := s.Fields(t.Context(), s.Owner); err != nil || len(f) != 0 {
		t.Errorf("fields: %v, %v", f, err)
	}
}

// What the store counts is what is there: P rises with what the Account Owner
// imports, and with nothing that others do.
func TestImportsAndTheMark(t *testing.T) {
	s := storetest.New(t)
	ravi := s.Add(t, "Ravi", 2)
	s.Fill(t, s.Owner, 919820100000, 40)
	s.Fill(t, ravi, 919820200000, 60)
	s.Fill(t, ravi, 919820200000, 60) // all there already
	if m, err := s.Mark(t.Context(), s.Owner); err != nil || m != (data.Mark{Counted: 40, Peak: 40, Held: 100, MostHeld: 100}) {
		t.Fatalf("%+v, %v", m, err)
	}
	ids := s.IDs(t)
	if p := seal(t, s, s.Owner, data.WaySelected, ids[80:100]); !p.Summary().OTPDue {
		t.Error("20 of the 100 are half of what counts")
	}
	mustDelete(t, s, ravi, seal(t, s, ravi, data.WaySelected, append(slices.Clone(ids[:5]), ids[50:60]...)), nil)
	if m, err := s.Mark(t.Context(), s.Owner); err != nil || m != (data.Mark{Removed: 15, Counted: 35, Peak: 40, Held: 85, MostHeld: 100}) {
		t.Errorf("%+v, %v", m, err)
	}
	s.Enrol(t)
	if m, err := s.Mark(t.Context(), s.Owner); err != nil || m != data.NewMark(85) {
		t.Errorf("once enrolled all count: %+v, %v", m, err)
	}
	mustDelete(t, s, ravi, seal(t, s, ravi, data.WaySelected, s.IDs(t)[40:45]), nil)
	if m, err := s.Mark(t.Context(), s.Owner); err != nil || m.Counted != 80 || m.Removed != 5 {
		t.Errorf("%+v, %v", m, err)
	}
}

func TestImportTellsItsProgress(t *testing.T) {
	s := storetest.New(t)
	var told []int
	_, err := s.Import(t.Context(), s.Owner, store.ImportRequest{Each: func(yield func(*store.ImportRow) error) error {
		for i := range 2500 {
			if err := yield(&store.ImportRow{Customer: data.Customer{Phone: 919820100000 + data.Phone(i)}}); err != nil {
				return err
			}
		}
		return nil
	}}, func(done int) { told = append(told, done) })
	if err != nil || !slices.Equal(told, []int{1000, 2000}) {
		t.Errorf("%v, %v", told, err)
	}
}

// Ids in the audit log must never come to mean somebody else.
func TestIDsAreNeverUsedAgain(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 10)
	s.Enrol(t)
	ids := s.IDs(t)
	last := ids[len(ids)-1]
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WayOne, ids[9:]), nil)
	s.Fill(t, s.Owner, 919820200000, 1)
	if got := s.IDs(t); got[len(got)-1] <= last {
		t.Errorf("after the last was deleted: %v", got)
	}
	p := seal(t, s, s.Owner, data.WayAll, nil)
	last = p.IDs()[len(p.IDs())-1]
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	mustDelete(t, s, s.Owner, p, auth)
	s = reopen(t, s, unlock(t, s, 1))
	s.Fill(t, s.Owner, 919820300000, 2)
	if got := s.IDs(t); len(got) != 2 || got[0] <= last {
		t.Errorf("after all were deleted: %v, the last had been %d", got, last)
	}
}

package store_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"lethe/data"
	"lethe/data/store/storetest"
)

// listen collects what the store tells from now on.
func listen(t *testing.T, s *storetest.Store) func() string {
	t.Helper()
	var mu sync.Mutex
	var got []string
	t.Cleanup(s.Subscribe(func(e data.Event) {
		mu.Lock()
		defer mu.Unlock()
		text := string(e.Kind)
		if len(e.Changed) > 0 {
			text += fmt.Sprint("+", e.Changed)
		}
		if len(e.Removed) > 0 {
			text += fmt.Sprint("-", e.Removed)
		}
		if e.Everything {
			text += "*"
		}
		got = append(got, text)
	}))
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		text := strings.Join(got, " ")
		got = nil
		return text
	}
}

func TestEvents(t *testing.T) {
	s := storetest.New(t)
	told := listen(t, s)
	expect := func(what, want string) {
		t.Helper()
		if got := told(); got != want {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	s.Fill(t, s.Owner, 919820100000, 3)
	expect("import", "customers+[1 2 3]")
	if err := s.AddNote(t.Context(), s.Owner, 2, "x"); err != nil {
		t.Fatal(err)
	}
	expect("note", "customers+[2]")
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, []data.CustomerID{1, 3}), nil)
	expect("deletion and scrub", "scrub customers-[1 3] scrub")
	s.Fill(t, s.Owner, 919820200000, 1001)
	expect("a large import", "customers*")
	s.Enrol(t)
	expect("enrolment", "settings")
	p := seal(t, s, s.Owner, data.WayAll, nil)
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	expect("asking changes nothing", "")
	mustDelete(t, s, s.Owner, p, auth)
	expect("Delete All", "outbox scrub segments customers* scrub")
	s.Add(t, "Ravi", 4)
	expect("a member", "team")
	wantErr(t, "a note about nobody", s.AddNote(t.Context(), s.Owner, 1, "x"), data.ErrNotFound)
	expect("what failed", "")
}

func TestAListenerThatLeftHearsNothing(t *testing.T) {
	s := storetest.New(t)
	n := 0
	cancel := s.Subscribe(func(data.Event) { n++ })
	s.Fill(t, s.Owner, 919820100000, 1)
	cancel()
	cancel()
	s.Fill(t, s.Owner, 919820200000, 1)
	if n != 1 {
		t.Errorf("told %d times", n)
	}
}

func TestSettings(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	v, err := s.Settings(ctx, s.Owner)
	want := data.Settings{Business: "Sharma Traders", Region: "IN", ActiveDays: 90, Strictness: data.StrictHalf}
	if err != nil || v != want {
		t.Fatalf("%+v, %v", v, err)
	}
	told := listen(t, s)
	for what, change := range map[string]func(*data.Settings){
		"looser than half": func(v *data.Settings) { v.Strictness = "third" },
		"no strictness":    func(v *data.Settings) { v.Strictness = "" },
		"no days":          func(v *data.Settings) { v.ActiveDays = 0 },
		"too many days":    func(v *data.Settings) { v.ActiveDays = data.MaxDays + 1 },
		"no name":          func(v *data.Settings) { v.Business = " " },
	} {
		bad := want
		change(&bad)
		if err := s.SaveSettings(ctx, s.Owner, bad); err == nil {
			t.Errorf("%s: saved", what)
		}
	}
	deputy := s.Add(t, "Deputy", 2)
	told()
	for what, change := range map[string]func(*data.Settings){
		"strictness":    func(v *data.Settings) { v.Strictness = data.StrictTenth },
		"active window": func(v *data.Settings) { v.ActiveDays = 30 },
		"confirmations": func(v *data.Settings) { v.TellAlways = true },
	} {
		next := want
		change(&next)
		wantErr(t, what+" by an Owner", s.SaveSettings(ctx, deputy, next), data.ErrDenied)
	}
	if got := told(); got != "" {
		t.Errorf("refused, but told: %s", got)
	}
	next := data.Settings{Business: " Sharma & Sons ", Region: "AE", ActiveDays: 30, Strictness: data.StrictAlways, TellAlways: true}
	if err := s.SaveSettings(ctx, s.Owner, next); err != nil {
		t.Fatal(err)
	}
	next.Business = "Sharma & Sons"
	if v, err = s.Settings(ctx, deputy); err != nil || v != next {
		t.Errorf("%+v, %v", v, err)
	}
	if got := told(); got != "settings" {
		t.Errorf("told %q", got)
	}
	s = reopen(t, s, unlock(t, s, 1))
	if v, err = s.Settings(ctx, s.Owner); err != nil || v != next {
		t.Errorf("after a restart: %+v, %v", v, err)
	}
	// Confirmations for a small deletion too, now that they are wanted.
	s.Fill(t, s.Owner, 919820100000, 5)
	s.Enrol(t)
	p := seal(t, s, s.Owner, data.WayOne, s.IDs(t)[:1])
	if !p.Summary().OTPDue {
		t.Error("always means always")
	}
	auth, err := s.Authorise(ctx, s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	r := mustDelete(t, s, s.Owner, p, auth)
	out, err := s.Outbox(ctx, s.Owner)
	if err != nil || len(out) != 2 || out[0].AuditID != r.Audit.Entries || out[1].To != "asha@example.com" || out[0].To != "+919820000001" {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestSmallDeletionsAreNotTold(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:3]), nil)
	if out, err := s.Outbox(t.Context(), s.Owner); err != nil || len(out) != 0 {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestSegments(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	f := data.Filter{Search: "asha", Conditions: []data.Condition{{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat"}}}}
	id, err := s.AddSegment(ctx, s.Owner, data.Segment{Name: " Surat ", Description: "All of them", Filter: f})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Surat", "", "  "} {
		_, err := s.AddSegment(ctx, s.Owner, data.Segment{Name: name, Filter: f})
		wantErr(t, fmt.Sprintf("%q", name), err, data.ErrConflict)
	}
	_, err = s.AddSegment(ctx, s.Owner, data.Segment{Name: "Bad", Filter: data.Filter{Conditions: []data.Condition{{Field: "city", Op: "drop"}}}})
	wantErr(t, "a filter that can't be", err, data.ErrBadFilter)
	got, err := s.Segments(ctx, s.Owner)
	if err != nil || len(got) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	g := got[0]
	if g.ID != id || g.Name != "Surat" || g.Description != "All of them" || g.Author != 1 ||
		g.Created != s.Clock.Now().Unix() || g.Filter.Encode() != f.Encode() {
		t.Errorf("%+v", g)
	}
	s.Fill(t, s.Owner, 919820100000, 2)
	if err := s.DeleteSegment(ctx, s.Owner, id); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteSegment(ctx, s.Owner, id); !errors.Is(err, data.ErrNotFound) {
		t.Errorf("again: %v", err)
	}
	next, err := s.AddSegment(ctx, s.Owner, data.Segment{Name: "Surat"})
	if err != nil || next <= id || len(s.IDs(t)) != 2 {
		t.Errorf("id %d after %d, %v", next, id, err)
	}
}

func TestMembersAreNamedToEverybodyAndShownToSome(t *testing.T) {
	s := storetest.New(t)
	member := s.Add(t, "Ravi", 4)
	list, err := s.Members(t.Context(), member)
	if err != nil || len(list) != 2 || list[0] != (data.User{ID: 1, Name: "Asha Sharma"}) {
		t.Errorf("%+v, %v", list, err)
	}
	if u, err := s.AccountOwner(t.Context(), member); err != nil || u.Name != "Asha Sharma" || u.Phone != 0 || u.Email != "" {
		t.Errorf("%+v, %v", u, err)
	}
	if u, err := s.AccountOwner(t.Context(), s.Owner); err != nil || u.Phone != 919820000001 || u.Email != "asha@example.com" {
		t.Errorf("%+v, %v", u, err)
	}
	roles, err := s.Roles(t.Context(), s.Owner)
	if err != nil || len(roles) != 4 || roles[0].Kind != data.AccountOwner || roles[3].Kind != data.TeamMember {
		t.Errorf("%+v, %v", roles, err)
	}
}

// Whose context ended within a reading is rolled back in the background; closing
// waits for that, so that nothing is open afterwards.
func TestCloseWaitsForReadersWhoseContextEnded(t *testing.T) {
	for range 10 {
		s := storetest.New(t)
		s.Fill(t, s.Owner, 919820100000, 50)
		ctx, cancel := context.WithCancel(t.Context())
		n := 0
		err := s.Customers(ctx, s.Owner, func(*data.Row) error {
			if n++; n == 3 {
				cancel()
			}
			return nil
		})
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

package store_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

func fieldOf(t *testing.T, s *storetest.Store, name string) data.CustomField {
	t.Helper()
	f := data.CustomField{Name: name, Kind: data.FieldText}
	var err error
	if f.ID, err = s.AddField(t.Context(), s.Owner, f); err != nil {
		t.Fatal(err)
	}
	return f
}

// give gives the first n customers a value of a field.
func give(t *testing.T, s *storetest.Store, f data.CustomField, n int) {
	t.Helper()
	for _, id := range s.IDs(t)[:n] {
		e := editOf(t, s, id)
		e.Texts[data.CustomFieldName(f.ID)] = "a value"
		mustEdit(t, s, s.Owner, e)
	}
}

func TestFieldsThatCannotBeKept(t *testing.T) {
	s := storetest.New(t)
	f := fieldOf(t, s, "Stage")
	for what, c := range map[string]struct {
		f   data.CustomField
		why data.ValueReason
	}{
		"no name":      {data.CustomField{Name: "  ", Kind: data.FieldText}, data.ValueEmpty},
		"a name taken": {data.CustomField{Name: " stage", Kind: data.FieldText}, data.ValueNameTaken},
		"no such kind": {data.CustomField{Name: "X", Kind: "colour"}, data.ValueNoOption},
		"no options":   {data.CustomField{Name: "X", Kind: data.FieldList, Options: []string{" "}}, data.ValueNoOption},
	} {
		_, err := s.AddField(t.Context(), s.Owner, c.f)
		wantProblem(t, what, err, data.CustomFieldName(0), c.why)
	}
	was := f
	f.Name = "Lead stage"
	if err := s.ChangeField(t.Context(), s.Owner, was, f); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "one that changed meanwhile", s.ChangeField(t.Context(), s.Owner, was, was), data.ErrConflict)
	f.ID = 99
	wantErr(t, "one that is gone", s.ChangeField(t.Context(), s.Owner, f, f), data.ErrNotFound)
}

// Removing a field takes the OTP where half of the customers lose a value, and
// doesn't count towards deletions.
func TestRemovingAFieldTakesAnOTP(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	s.Fill(t, s.Owner, 919820100000, 30)
	few, many := fieldOf(t, s, "Few"), fieldOf(t, s, "Many")
	give(t, s, few, 14)
	give(t, s, many, 15)
	use, err := s.FieldUse(ctx, s.Owner, few.ID)
	if err != nil || use.Customers != 14 || use.OTPDue {
		t.Fatalf("%+v %v", use, err)
	}
	wantErr(t, "another count than was shown", s.RemoveField(ctx, s.Owner, few.ID, data.FieldUse{Customers: 13}, ""), data.ErrStalePlan)
	if err := s.RemoveField(ctx, s.Owner, few.ID, use, ""); err != nil {
		t.Fatal(err)
	}
	if use, err = s.FieldUse(ctx, s.Owner, many.ID); err != nil || use.Customers != 15 || !use.OTPDue || use.OTPSetUp {
		t.Fatalf("%+v %v", use, err)
	}
	wantErr(t, "without an authenticator", s.RemoveField(ctx, s.Owner, many.ID, use, ""), data.ErrOTPNotSetUp)
	s.Enrol(t)
	wantErr(t, "without an OTP", s.RemoveField(ctx, s.Owner, many.ID, use, ""), data.ErrOTPNeeded)
	var wrong *data.OTPWrong
	if err := s.RemoveField(ctx, s.Owner, many.ID, use, "000000"); !errors.As(err, &wrong) {
		t.Errorf("a wrong OTP: %v", err)
	}
	s.Clock.Add(time.Minute)
	before, err := s.Mark(ctx, s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	code := s.Code()
	if err := s.RemoveField(ctx, s.Owner, many.ID, use, code); err != nil {
		t.Fatal(err)
	}
	if after, _ := s.Mark(ctx, s.Owner); after != before {
		t.Errorf("the mark moved: %+v, was %+v", after, before)
	}
	e := editOf(t, s, s.IDs(t)[0])
	e.Phone = 918299990001
	if err := s.EditCustomer(ctx, s.Owner, e, code); !errors.Is(err, data.ErrOTPUsed) {
		t.Errorf("the same OTP once more: %v", err)
	}
	var n int
	if err := store.Ask(s.Store, "SELECT count(*) FROM custom_values", &n); err != nil || n != 0 {
		t.Errorf("%d values left, %v", n, err)
	}
	wantErr(t, "a value of a field that is gone", func() error {
		e := editOf(t, s, s.IDs(t)[0])
		e.Texts[data.CustomFieldName(many.ID)] = "back"
		return s.EditCustomer(ctx, s.Owner, e, "")
	}(), data.ErrNotFound)
}

// A deletion that was looked at before a field went is looked at again.
func TestARemovedFieldMakesPlansStale(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 6)
	f := fieldOf(t, s, "Stage")
	give(t, s, f, 2)
	p := seal(t, s, s.Owner, data.WaySelected, s.IDs(t)[:3])
	use, err := s.FieldUse(t.Context(), s.Owner, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveField(t.Context(), s.Owner, f.ID, use, ""); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Store.Delete(t.Context(), s.Owner, p, nil, texts, nil); !errors.Is(err, data.ErrStalePlan) {
		t.Errorf("the old plan ran: %v", err)
	}
}

func TestTwoEditsOfASegment(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	ravi := s.Add(t, "Ravi", 2)
	g := data.Segment{Name: "Of Surat", Filter: data.Filter{Conditions: []data.Condition{
		{Field: data.FieldCity, Op: data.OpAnyOf, Values: []string{"Surat"}},
	}}}
	var err error
	if g.ID, err = s.AddSegment(ctx, s.Owner, g); err != nil {
		t.Fatal(err)
	}
	_, err = s.AddSegment(ctx, s.Owner, data.Segment{Name: "of surat"})
	wantErr(t, "a name that differs by case", err, data.ErrConflict)
	if _, err = s.AddSegment(ctx, s.Owner, data.Segment{Name: "Other"}); err != nil {
		t.Fatal(err)
	}
	mine, theirs := g, g
	mine.Description, theirs.Name = "All of Surat", "Surat"
	s.Clock.Add(time.Hour)
	if err := s.EditSegment(ctx, s.Owner, g, mine); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "the second", s.EditSegment(ctx, ravi, g, theirs), data.ErrStalePlan)
	theirs.Description = mine.Description
	if err := s.EditSegment(ctx, ravi, mine, theirs); err != nil {
		t.Fatal(err)
	}
	all, err := s.Segments(ctx, ravi)
	if err != nil {
		t.Fatal(err)
	}
	if got := all[0]; got.Name != "Surat" || got.Description != "All of Surat" || got.Editor != ravi.User() || got.Author != s.Owner.User() ||
		got.Edited != s.Clock.Now().Unix() {
		t.Errorf("kept %+v", got)
	}
	theirs.ID = all[0].ID
	bad := theirs
	bad.Filter = data.Filter{Conditions: []data.Condition{{Field: data.FieldCity, Op: data.OpAllOf}}}
	wantErr(t, "a filter that can't be answered", s.EditSegment(ctx, ravi, theirs, bad), data.ErrBadFilter)
	taken := theirs
	taken.Name = "OTHER"
	wantErr(t, "another's name", s.EditSegment(ctx, ravi, theirs, taken), data.ErrConflict)
}

// A segment about what the role hides can't be changed or deleted by guessing its
// number.
func TestAHiddenSegmentIsNotThere(t *testing.T) {
	s := storetest.New(t)
	ctx := t.Context()
	id, err := s.AddSegment(ctx, s.Owner, data.Segment{Name: "By number", Filter: data.Filter{Conditions: []data.Condition{
		{Field: data.FieldPhone, Op: data.OpContains, Values: []string{"55204"}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	blind := s.Add(t, "Blind", s.Role(t, "Blind", data.ViewAllCustomers, data.ManageSegments))
	wantErr(t, "deleting", s.DeleteSegment(ctx, blind, id), data.ErrNotFound)
	wantErr(t, "editing", s.EditSegment(ctx, blind, data.Segment{ID: id}, data.Segment{ID: id, Name: "X"}), data.ErrNotFound)
	_, err = s.AddSegment(ctx, blind, data.Segment{Name: "Mine", Filter: data.Filter{Conditions: []data.Condition{
		{Field: data.FieldPhone, Op: data.OpContains, Values: []string{"55204"}},
	}}})
	wantErr(t, "one that would tell numbers", err, data.ErrDenied)
}

func TestFirstSegmentsAreThereFromTheStart(t *testing.T) {
	first := firstRun()
	first.Segments = data.FirstSegments(func(s data.FirstSegment) string { return "The " + string(s) })
	st, owner, _, err := store.Create(t.Context(), store.Options{Dir: t.TempDir(), KDF: storetest.KDF}, first)
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	all, err := st.Segments(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, g := range all {
		names = append(names, g.Name)
	}
	if want := []string{"The inactive_year", "The never_contacted", "The opted_out", "The blocked"}; !slices.Equal(names, want) {
		t.Errorf("there are %q", names)
	}
	if c := all[0].Filter.Conditions[0]; c.Days != 365 || c.Op != data.OpMoreThanAgo {
		t.Errorf("the first asks %+v", c)
	}
}

package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

func ptr[T any](v T) *T { return &v }

// editOf is an edit of a customer as the owner sees them now.
func editOf(t *testing.T, s *storetest.Store, id data.CustomerID) data.Edit {
	t.Helper()
	return data.Edit{Customer: id, Version: details(t, s, id).Row.Version, Texts: map[data.Field]string{}}
}

func mustEdit(t *testing.T, s *storetest.Store, a *store.Actor, e data.Edit) {
	t.Helper()
	if err := s.EditCustomer(t.Context(), a, e, ""); err != nil {
		t.Fatal(err)
	}
}

func tagNamed(t *testing.T, s *storetest.Store, name string) data.TagUse {
	t.Helper()
	all, err := s.Tags(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range all {
		if u.Name == name {
			return u
		}
	}
	t.Fatalf("no tag %q in %v", name, all)
	return data.TagUse{}
}

func wantProblem(t *testing.T, what string, err error, f data.Field, why data.ValueReason) {
	t.Helper()
	var p *data.ValueProblem
	if !errors.As(err, &p) || p.Field != f || p.Reason != why {
		t.Errorf("%s: %v, want %s of %s", what, err, why, f)
	}
}

func TestAnEditChangesWhatItNames(t *testing.T) {
	s := storetest.New(t)
	id := fillTelling(t, s)
	ravi := s.Add(t, "Ravi", 2)
	before := details(t, s, id)
	fields, err := s.Fields(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	e := editOf(t, s, id)
	e.Texts[data.FieldCity] = "  Pune\t"
	e.Texts[data.FieldEmail] = "gauri@example.com"
	e.Texts[data.CustomFieldName(fields[1].ID)] = ""
	e.AddTags, e.RemoveTags = []string{"New", "VIP"}, []string{"from 9820055204"}
	e.Agent, e.Blocked, e.FollowUp = ptr(ravi.User()), ptr(true), ptr(data.DateOf(s.Clock.Now()))
	e.Phone = 918299995902
	s.Clock.Add(time.Hour)
	mustEdit(t, s, s.Owner, e)

	after := details(t, s, id)
	want := before
	want.Row.Version = after.Row.Version
	want.Row.City, want.Row.Email, want.Row.Phone = "Pune", "gauri@example.com", 918299995902
	want.Row.PhoneText = after.Row.PhoneText
	want.Row.Tags, want.Row.Blocked, want.Row.Agent, want.Row.AgentPhone = []string{"New", "VIP"}, true, ravi.User(), 0
	want.Row.FollowUp = *e.FollowUp
	want.Row.Custom = map[data.FieldID]string{fields[0].ID: before.Row.Custom[fields[0].ID]}
	if fmt.Sprint(after) != fmt.Sprint(want) {
		t.Errorf("got  %v\nwant %v", after, want)
	}
	if after.Row.Version <= before.Row.Version {
		t.Error("the row version didn't move")
	}
	last := log(t, s)
	entry := last[len(last)-1]
	if got := entry.Facts["fields"]; entry.Kind != data.AuditCustomerEdited || !strings.Contains(got, "city") || strings.Contains(fmt.Sprint(entry), "Pune") {
		t.Errorf("entry %v", entry)
	}
}

// Two people opened the same customer: the second to save is told.
func TestTwoEditsCannotLoseOneAnother(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 3)
	ravi := s.Add(t, "Ravi", 2)
	id := s.IDs(t)[0]
	mine, theirs := editOf(t, s, id), editOf(t, s, id)
	mine.Texts[data.FieldName], theirs.Texts[data.FieldCity] = "Gauri", "Kochi"
	mustEdit(t, s, s.Owner, mine)
	wantErr(t, "the second", s.EditCustomer(t.Context(), ravi, theirs, ""), data.ErrConflict)
	if row := details(t, s, id).Row; row.Name != "Gauri" || row.City == "Kochi" {
		t.Errorf("kept %+v", row)
	}
	theirs.Version = editOf(t, s, id).Version
	mustEdit(t, s, ravi, theirs)
	if row := details(t, s, id).Row; row.Name != "Gauri" || row.City != "Kochi" {
		t.Errorf("kept %+v", row)
	}
	mustDelete(t, s, s.Owner, seal(t, s, s.Owner, data.WayOne, []data.CustomerID{id}), nil)
	wantErr(t, "one who is gone", s.EditCustomer(t.Context(), ravi, theirs, ""), data.ErrNotFound)
}

func TestValuesThatCannotBeKept(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 3)
	id := s.IDs(t)[0]
	list, err := s.AddField(t.Context(), s.Owner, data.CustomField{Name: "Stage", Kind: data.FieldList, Options: []string{"Hot", "Cold"}})
	if err != nil {
		t.Fatal(err)
	}
	number, err := s.AddField(t.Context(), s.Owner, data.CustomField{Name: "Orders", Kind: data.FieldNumber})
	if err != nil {
		t.Fatal(err)
	}
	before := fmt.Sprint(details(t, s, id))
	stage, orders := data.CustomFieldName(list), data.CustomFieldName(number)
	for what, c := range map[string]struct {
		field data.Field
		text  string
		why   data.ValueReason
	}{
		"a mail":           {data.FieldEmail, "gauri at example.com", data.ValueNoMail},
		"two ats":          {data.FieldEmail, "a@b@c", data.ValueNoMail},
		"a long name":      {data.FieldName, strings.Repeat("ग", data.MaxLine+1), data.ValueTooLong},
		"another option":   {stage, "Lukewarm", data.ValueNoOption},
		"a word":           {orders, "ten", data.ValueNoNumber},
		"infinitely many":  {orders, "Inf", data.ValueNoNumber},
		"no editable text": {data.FieldCreated, "2026-01-01", data.ValueNoOption},
	} {
		e := editOf(t, s, id)
		e.Texts[data.FieldCity] = "Kochi"
		e.Texts[c.field] = c.text
		wantProblem(t, what, s.EditCustomer(t.Context(), s.Owner, e, ""), c.field, c.why)
	}
	e := editOf(t, s, id)
	e.Phone = 919820100002
	wantProblem(t, "another's number", s.EditCustomer(t.Context(), s.Owner, e, ""), data.FieldPhone, data.ValuePhoneTaken)
	_, err = s.AddCustomer(t.Context(), s.Owner, store.NewCustomer{Phone: 919820100002})
	wantProblem(t, "adding with another's number", err, data.FieldPhone, data.ValuePhoneTaken)
	if after := fmt.Sprint(details(t, s, id)); after != before {
		t.Errorf("something was kept:\n%s\n%s", before, after)
	}
	e = editOf(t, s, id)
	e.Texts[stage], e.Texts[orders] = "hot", "1,234.50"
	mustEdit(t, s, s.Owner, e)
	if got := details(t, s, id).Row.Custom; got[list] != "Hot" || got[number] != "1234.5" {
		t.Errorf("kept %v", got)
	}
}

func TestAddedByHand(t *testing.T) {
	s := storetest.New(t)
	own := s.Add(t, "Kavya", s.Role(t, "Own", data.EditCustomers, data.ViewPhoneNumbers))
	before, _ := s.Mark(t.Context(), s.Owner)
	id, err := s.AddCustomer(t.Context(), own, store.NewCustomer{Phone: 918299995902, Edit: data.Edit{
		Texts: map[data.Field]string{data.FieldName: "Gauri Kulkarni"}, AddTags: []string{"VIP"}, Agent: ptr(s.Owner.User()),
	}})
	if err != nil {
		t.Fatal(err)
	}
	row := details(t, s, id).Row
	if row.Agent != own.User() || row.Name != "Gauri Kulkarni" || !row.Created.Equal(s.Clock.Now()) || !slices.Equal(row.Tags, []string{"VIP"}) {
		t.Errorf("added %+v", row)
	}
	if after, _ := s.Mark(t.Context(), s.Owner); after.Held != before.Held+1 || after.Peak != before.Peak {
		t.Errorf("mark %+v, was %+v", after, before)
	}
	_, err = s.AddCustomer(t.Context(), s.Owner, store.NewCustomer{})
	wantErr(t, "no number", err, data.ErrPhoneNeeded)
}

// A changed number counts as one removed, so changing many needs the OTP as
// deleting many does.
func TestAChangedNumberCountsAsARemoval(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	s.Enrol(t)
	ravi := s.Add(t, "Ravi", 2)
	ids := s.IDs(t)
	rephone := func(i int, code string) error {
		e := editOf(t, s, ids[i])
		e.Phone = 918299990000 + data.Phone(i)
		return s.EditCustomer(t.Context(), ravi, e, code)
	}
	for i := range 14 {
		if err := rephone(i, ""); err != nil {
			t.Fatal(i, err)
		}
	}
	wantErr(t, "the 15th of 30", rephone(14, ""), data.ErrOTPNeeded)
	var wrong *data.OTPWrong
	if err := rephone(14, "000000"); !errors.As(err, &wrong) {
		t.Errorf("a wrong OTP: %v", err)
	}
	s.Clock.Add(time.Minute)
	if row := details(t, s, ids[14]).Row; row.Phone != 919820100015 {
		t.Errorf("changed to %v", row.Phone)
	}
	// Deleting is due as well, for both count together.
	if !seal(t, s, ravi, data.WayOne, ids[20:21]).Summary().OTPDue {
		t.Error("deleting one more isn't due")
	}
	code := s.Code()
	if err := rephone(14, code); err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Mark(t.Context(), s.Owner); m.Removed != 0 || m.Held != 30 || m.Peak != 30 {
		t.Errorf("mark after the OTP: %+v", m)
	}
	for i := 15; i < 29; i++ {
		if err := rephone(i, ""); err != nil {
			t.Fatal(i, err)
		}
	}
	wantErr(t, "an OTP once more", rephone(29, code), data.ErrOTPUsed)
	// What isn't the number never takes an OTP.
	e := editOf(t, s, ids[29])
	e.Texts[data.FieldName] = "Gauri"
	e.Phone = details(t, s, ids[29]).Row.Phone
	mustEdit(t, s, ravi, e)
}

func TestMaskedTextsAreNotOverwritten(t *testing.T) {
	s := storetest.New(t)
	id := fillTelling(t, s)
	blind := s.Add(t, "Blind", s.Role(t, "Blind", data.ViewAllCustomers, data.EditCustomers, data.ViewCustomData, data.ManageSegments))
	before := fmt.Sprint(details(t, s, id))
	seen, err := s.Details(t.Context(), blind, id)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range data.EditableTexts() {
		e := editOf(t, s, id)
		e.Texts[f] = "overwritten"
		wantErr(t, string(f), s.EditCustomer(t.Context(), blind, e, ""), data.ErrDenied)
	}
	wantErr(t, "a note", s.EditNote(t.Context(), blind, seen.Notes[0], "overwritten"), data.ErrDenied)
	next := seen.Interactions[0]
	next.Line = "overwritten"
	wantErr(t, "an interaction", s.EditInteraction(t.Context(), blind, seen.Interactions[0], next), data.ErrDenied)
	tags, err := s.Tags(t.Context(), blind)
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range tags {
		if strings.Contains(digitsOf(tag.Name), "9820055204") {
			t.Errorf("Tags tells %q", tag.Name)
		}
		if strings.HasPrefix(tag.Name, "from") {
			wantErr(t, "a tag", s.RenameTag(t.Context(), blind, tag, "overwritten", false), data.ErrDenied)
			wantErr(t, "a tag removed", s.RemoveTag(t.Context(), blind, tag), data.ErrDenied)
		}
	}
	if after := fmt.Sprint(details(t, s, id)); after != before {
		t.Errorf("something was kept:\n%s\n%s", before, after)
	}
	// The kind and time of a masked interaction can change; its line stays.
	next = seen.Interactions[0]
	next.Kind = data.InteractionVisit
	if err := s.EditInteraction(t.Context(), blind, seen.Interactions[0], next); err != nil {
		t.Error(err)
	}
	if got := details(t, s, id).Interactions[0]; got.Kind != data.InteractionVisit || got.Line != "Called 9820055204 back" {
		t.Errorf("kept %+v", got)
	}
}

func TestOnlyOnesOwn(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 2)
	own := s.Add(t, "Kavya", s.Role(t, "Own", data.EditCustomers, data.ViewPhoneNumbers))
	id := s.IDs(t)[0]
	e := editOf(t, s, id)
	e.Texts[data.FieldName] = "Mine now"
	wantErr(t, "an edit", s.EditCustomer(t.Context(), own, e, ""), data.ErrNotFound)
	wantErr(t, "a note", s.AddNote(t.Context(), own, id, "Mine"), data.ErrNotFound)
}

func TestNotesAndInteractions(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 2)
	ctx, id := t.Context(), s.IDs(t)[1]
	wantProblem(t, "an empty note", s.AddNote(ctx, s.Owner, id, " \n "), "note", data.ValueEmpty)
	if err := s.AddNote(ctx, s.Owner, id, "First\nsecond line"); err != nil {
		t.Fatal(err)
	}
	was := details(t, s, id).Notes[0]
	if err := s.EditNote(ctx, s.Owner, was, "Changed"); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "a note that changed", s.EditNote(ctx, s.Owner, was, "Again"), data.ErrConflict)
	wantErr(t, "removing it", s.RemoveNote(ctx, s.Owner, was), data.ErrConflict)
	was.Text = "Changed"
	if err := s.RemoveNote(ctx, s.Owner, was); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "a note that is gone", s.EditNote(ctx, s.Owner, was, "Again"), data.ErrNotFound)

	now := s.Clock.Now()
	log := func(at time.Time) error {
		return s.AddInteraction(ctx, s.Owner, data.Interaction{Customer: id, Kind: data.InteractionCall, At: at, Line: "Rang"})
	}
	wantProblem(t, "a time to come", log(now.Add(time.Hour)), "interaction_at", data.ValueNoDate)
	wantProblem(t, "a kind", s.AddInteraction(ctx, s.Owner, data.Interaction{Customer: id, Kind: "fax", At: now}), "interaction_kind", data.ValueNoOption)
	for _, at := range []time.Time{now.Add(-48 * time.Hour), now} {
		if err := log(at); err != nil {
			t.Fatal(err)
		}
	}
	d := details(t, s, id)
	if !d.Row.LastLogged.Equal(now) {
		t.Errorf("last logged %v", d.Row.LastLogged)
	}
	if err := s.RemoveInteraction(ctx, s.Owner, d.Interactions[0]); err != nil {
		t.Fatal(err)
	}
	if got := details(t, s, id).Row.LastLogged; !got.Equal(now.Add(-48 * time.Hour)) {
		t.Errorf("last logged %v", got)
	}
	next := d.Interactions[1]
	next.At, next.Kind, next.Line = now.Add(-24*time.Hour), data.InteractionVisit, "Came by"
	if err := s.EditInteraction(ctx, s.Owner, d.Interactions[1], next); err != nil {
		t.Fatal(err)
	}
	d = details(t, s, id)
	if got := d.Interactions[0]; got.Kind != next.Kind || got.Line != "Came by" || !d.Row.LastLogged.Equal(next.At) {
		t.Errorf("kept %+v, last logged %v", got, d.Row.LastLogged)
	}
}

// found counts where values stand in the closed store's files, anywhere.
func found(t *testing.T, s *storetest.Store, values ...string) int {
	t.Helper()
	un := unlock(t, s, s.Owner.User())
	key := un.DataKey()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	needles := sealed.NewNeedles()
	for _, v := range values {
		needles.Add([]byte(v), sealed.Anywhere)
		needles.Add([]byte(v), sealed.Unallocated)
	}
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := sealed.Search(t.Context(), filepath.Join(s.Dir, keys.Database()), key, needles, 5)
	if err != nil {
		t.Fatal(err)
	}
	if r.Found > 0 {
		t.Logf("findings %+v", r.Findings)
	}
	return r.Found
}

// edited makes a store in which many values were replaced, and says which.
func edited(t *testing.T) (*storetest.Store, []string) {
	s := storetest.New(t)
	ctx := t.Context()
	s.Fill(t, s.Owner, 919820100000, 400)
	field, err := s.AddField(ctx, s.Owner, data.CustomField{Name: "Loyalty card number", Kind: data.FieldText})
	if err != nil {
		t.Fatal(err)
	}
	doomed, err := s.AddField(ctx, s.Owner, data.CustomField{Name: "Removed field name", Kind: data.FieldText})
	if err != nil {
		t.Fatal(err)
	}
	var gone []string
	for i, id := range s.IDs(t) {
		if i%4 != 0 {
			continue
		}
		e := editOf(t, s, id)
		e.Texts[data.CustomFieldName(field)] = fmt.Sprintf("Card-%06d-old", i)
		e.Texts[data.CustomFieldName(doomed)] = fmt.Sprintf("Doomed-%06d-value", i)
		e.AddTags = []string{fmt.Sprintf("Once-%06d-tag", i)}
		mustEdit(t, s, s.Owner, e)
		if err := s.AddNote(ctx, s.Owner, id, fmt.Sprintf("Secret-%06d-note %s", i, strings.Repeat("and more ", i%90))); err != nil {
			t.Fatal(err)
		}
	}
	for i, id := range s.IDs(t) {
		if i%4 != 0 {
			continue
		}
		d := details(t, s, id)
		e := editOf(t, s, id)
		e.Texts[data.CustomFieldName(field)] = []string{"", "a new card, which is rather longer than the old one was"}[i/4%2]
		e.Texts[data.FieldName] = fmt.Sprintf("New %d", i)
		e.Texts[data.FieldEmail] = ""
		e.RemoveTags = []string{fmt.Sprintf("Once-%06d-tag", i)}
		e.Phone = 918299990000 + data.Phone(i)
		if err := s.EditCustomer(ctx, s.Owner, e, ""); err != nil {
			t.Fatal(err)
		}
		for _, n := range d.Notes {
			if strings.HasPrefix(n.Text, "Secret") {
				if err := s.RemoveNote(ctx, s.Owner, n); err != nil {
					t.Fatal(err)
				}
			}
		}
		gone = append(gone,
			fmt.Sprintf("Card-%06d-old", i), fmt.Sprintf("Doomed-%06d-value", i), fmt.Sprintf("Once-%06d-tag", i),
			fmt.Sprintf("Secret-%06d-note", i), d.Row.Name, d.Row.Email)
	}
	use, err := s.FieldUse(ctx, s.Owner, doomed)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveField(ctx, s.Owner, doomed, use, ""); err != nil {
		t.Fatal(err)
	}
	gone = append(gone, "Removed field name", "Tag A")
	if err := s.RemoveTag(ctx, s.Owner, tagNamed(t, s, "Tag A")); err != nil {
		t.Fatal(err)
	}
	return s, gone
}

// What an edit took away is in no page, live or free, and in no log.
func TestEditedValuesLeaveNoBytes(t *testing.T) {
	s, gone := edited(t)
	if !s.EditsLeft() {
		t.Fatal("nothing to clean up")
	}
	ran, report, err := s.ScrubEdits(t.Context())
	if err != nil || !ran || report.State != data.ScrubChecked {
		t.Fatalf("scrub: %v %+v %v", ran, report, err)
	}
	if s.EditsLeft() {
		t.Error("there is something left to clean up")
	}
	if pending, err := s.ScrubPending(t.Context()); err != nil || pending {
		t.Errorf("pending: %v %v", pending, err)
	}
	if ran, _, _ := s.ScrubEdits(t.Context()); ran {
		t.Error("it ran once more")
	}
	t.Logf("%d values searched for in %d pages, %d found before rebuilding", report.Values, report.Pages, report.FoundBefore)
	if n := found(t, s, gone...); n != 0 {
		t.Errorf("%d of %d values are still in the files", n, len(gone))
	}
}

// The positive control: before the clean-up the log holds them.
func TestEditedValuesAreThereBeforeTheCleanUp(t *testing.T) {
	s, gone := edited(t)
	dir := t.TempDir()
	for name, b := range contents(t, s.Dir) {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	key := unlock(t, s, s.Owner.User()).DataKey()
	needles := sealed.NewNeedles()
	for _, v := range gone {
		needles.Add([]byte(v), sealed.Anywhere)
	}
	keys, err := store.Keys(s.Dir)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if _, err := sealed.WALFrames(t.Context(), filepath.Join(dir, keys.Database())+"-wal", key, func(p sealed.Page) error {
		for _, v := range gone {
			if bytes.Contains(p.Data, []byte(v)) {
				n++
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Error("the search finds nothing where there is something")
	}
}

// A crash between an edit and its clean-up leaves a job for the next start.
func TestACrashAfterAnEditLeavesAJob(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 40)
	id := s.IDs(t)[3]
	name := details(t, s, id).Row.Name
	e := editOf(t, s, id)
	e.Texts[data.FieldName] = "Somebody else"
	mustEdit(t, s, s.Owner, e)
	comeBack(t, s)
	if s.EditsLeft() {
		t.Fatal("the values came back with the process")
	}
	ran, report, err := s.ResumeScrub(t.Context())
	if err != nil || !ran || report.State != data.ScrubRebuilt {
		t.Fatalf("resumed: %v %+v %v", ran, report, err)
	}
	if n := found(t, s, name); n != 0 {
		t.Errorf("the old name stands in %d places", n)
	}
}

// The number that one customer gave up is another's before the clean-up.
func TestANumberThatMovedIsNoResidue(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 60)
	ids := s.IDs(t)
	first, second := details(t, s, ids[0]).Row.Phone, details(t, s, ids[1]).Row.Phone
	for _, step := range []struct {
		id data.CustomerID
		p  data.Phone
	}{{ids[0], 918299990001}, {ids[1], first}, {ids[0], second}} {
		e := editOf(t, s, step.id)
		e.Phone = step.p
		mustEdit(t, s, s.Owner, e)
	}
	_, report, err := s.ScrubEdits(t.Context())
	if err != nil || report.State != data.ScrubChecked {
		t.Errorf("%+v %v", report, err)
	}
}

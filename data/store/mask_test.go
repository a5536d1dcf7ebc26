package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/phone"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// secretPhone stands in every text of the customer of TestDigitsAppearNowhere.
const secretPhone data.Phone = 919820055204

func telling() *store.ImportRow {
	const said = "9820055204"
	return &store.ImportRow{
		Customer: data.Customer{
			Name: "Call " + said, Phone: secretPhone, WhatsAppName: "+91 98200 55204", Email: said + "@example.com",
			Company: "98200-55204 & Sons", City: "Near " + said, State: said, Country: "x" + said, Source: "tel:+91" + said,
			Tags: []string{"from " + said, "VIP"}, AgentPhone: 919811112222,
		},
		Custom: map[string]string{"Other phone": "(98200) 55 204", "Born": "1990-04-17"},
		Note:   "Rang from 98 200 55 204, not 9820055204",
	}
}

// fillTelling imports that customer, with all that can hang on one.
func fillTelling(t *testing.T, s *storetest.Store) data.CustomerID {
	t.Helper()
	req := importOf(telling())
	req.NewFields = []string{"Other phone", "Born"}
	if _, err := s.Import(t.Context(), s.Owner, req, nil); err != nil {
		t.Fatal(err)
	}
	id := s.IDs(t)[0]
	if err := s.AddInteraction(t.Context(), s.Owner, data.Interaction{
		Customer: id, Kind: data.InteractionCall, At: s.Clock.Now(), Line: "Called 9820055204 back",
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddSegment(t.Context(), s.Owner, data.Segment{
		Name: "As 9820055204", Description: "like +91 98200 55204",
		Filter: data.Filter{Search: "9820055204", Conditions: []data.Condition{
			{Field: data.FieldTags, Op: data.OpAnyOf, Values: []string{"from 9820055204"}},
		}},
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddSegment(t.Context(), s.Owner, data.Segment{
		Name: "By number", Filter: data.Filter{Conditions: []data.Condition{
			{Field: data.FieldPhone, Op: data.OpContains, Values: []string{"55204"}},
		}},
	}); err != nil {
		t.Fatal(err)
	}
	return id
}

// everything reads all that the store tells somebody about customers.
func everything(t *testing.T, s *storetest.Store, a *store.Actor, id data.CustomerID) map[string]string {
	t.Helper()
	out := map[string]string{}
	keep := func(name string) func(*data.Row) error {
		return func(r *data.Row) error {
			out[name] += fmt.Sprintf("%+v", *r)
			return nil
		}
	}
	if err := s.Customers(t.Context(), a, keep("the list")); err != nil {
		t.Fatal(err)
	}
	if err := s.CustomersByID(t.Context(), a, []data.CustomerID{id}, keep("by id")); err != nil {
		t.Fatal(err)
	}
	d, err := s.Details(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	out["details"] = fmt.Sprintf("%+v", d)
	segments, err := s.Segments(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	out["segments"] = fmt.Sprintf("%+v", segments)
	fields, err := s.Fields(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	out["fields"] = fmt.Sprintf("%+v", fields)
	return out
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func TestDigitsAppearNowhere(t *testing.T) {
	s := storetest.New(t)
	id := fillTelling(t, s)
	masked := s.Add(t, "Masked", s.Role(t, "Masked", data.ViewAllCustomers, data.ViewCustomData))
	for where, text := range everything(t, s, masked, id) {
		// However they are separated, and without what makes them a number.
		if d := digitsOf(text); strings.Contains(d, "982005") || strings.Contains(d, "9811112") {
			t.Errorf("%s shows the number: %s", where, text)
		}
		if strings.Contains(text, "By number") {
			t.Errorf("%s tells of a filter on what is hidden", where)
		}
	}
	for where, text := range everything(t, s, s.Owner, id) {
		if where != "fields" && !strings.Contains(text, "9820055204") {
			t.Errorf("%s: not even the owner sees it, so this test proves nothing: %s", where, text)
		}
	}
	d, err := s.Details(t.Context(), masked, id)
	if err != nil {
		t.Fatal(err)
	}
	if d.Row.Phone != 0 || d.Row.AgentPhone != 0 || d.Row.PhoneText != phone.Mask(secretPhone) || !strings.HasSuffix(d.Row.PhoneText, "204") {
		t.Errorf("masked as %q, phone %d, agent's %d", d.Row.PhoneText, d.Row.Phone, d.Row.AgentPhone)
	}
	if !slices.Contains(d.Row.Tags, "VIP") || d.Row.Tags[0] == "" {
		t.Errorf("tags: %q", d.Row.Tags)
	}
	born := false
	for _, v := range d.Row.Custom {
		born = born || v == "1990-04-17"
	}
	if !born {
		t.Errorf("a date is no number: %v", d.Row.Custom)
	}
	full, err := s.Details(t.Context(), s.Owner, id)
	if err != nil || full.Row.PhoneText != "+91 98200 55204" {
		t.Errorf("unmasked: %q, %v", full.Row.PhoneText, err)
	}
}

func TestCustomDataIsHidden(t *testing.T) {
	s := storetest.New(t)
	id := fillTelling(t, s)
	a := s.Add(t, "No custom", s.Role(t, "No custom", data.ViewAllCustomers, data.ViewPhoneNumbers))
	custom := data.Filter{Conditions: []data.Condition{{Field: data.CustomFieldName(1), Op: data.OpIsSet}}}
	if _, err := s.AddSegment(t.Context(), s.Owner, data.Segment{Name: "Custom", Filter: custom}); err != nil {
		t.Fatal(err)
	}
	d, err := s.Details(t.Context(), a, id)
	if err != nil || d.Row.Custom != nil || d.Row.Phone != secretPhone {
		t.Errorf("%+v, %v", d.Row, err)
	}
	if err := s.Customers(t.Context(), a, func(r *data.Row) error {
		if r.Custom != nil {
			t.Errorf("in the list: %v", r.Custom)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	segments, err := s.Segments(t.Context(), a)
	for _, g := range segments {
		if g.Name == "Custom" {
			t.Error("a segment over what is hidden")
		}
	}
	if err != nil || len(segments) != 2 {
		t.Errorf("%d segments, %v", len(segments), err)
	}
}

func TestScope(t *testing.T) {
	s := storetest.New(t)
	scoped := s.Add(t, "Ravi", s.Role(t, "Own", data.EditCustomers, data.DeleteCustomers, data.ViewPhoneNumbers))
	s.Fill(t, s.Owner, 919820100000, 6)
	theirs := &store.ImportRow{Customer: data.Customer{Name: "Theirs", Phone: 919820200001, Agent: scoped.User()}}
	if _, err := s.Import(t.Context(), s.Owner, importOf(theirs), nil); err != nil {
		t.Fatal(err)
	}
	ids := s.IDs(t)
	mine, others := ids[6], ids[:6]
	read := func(read func(func(*data.Row) error) error) []data.CustomerID {
		var got []data.CustomerID
		if err := read(func(r *data.Row) error { got = append(got, r.ID); return nil }); err != nil {
			t.Fatal(err)
		}
		return got
	}
	only := []data.CustomerID{mine}
	if got := read(func(y func(*data.Row) error) error { return s.Customers(t.Context(), scoped, y) }); !slices.Equal(got, only) {
		t.Errorf("the list: %v", got)
	}
	if got := read(func(y func(*data.Row) error) error { return s.CustomersByID(t.Context(), scoped, ids, y) }); !slices.Equal(got, only) {
		t.Errorf("by id: %v", got)
	}
	for what, err := range map[string]error{
		"details":           func() error { _, err := s.Details(t.Context(), scoped, others[0]); return err }(),
		"note":              s.AddNote(t.Context(), scoped, others[0], "x"),
		"interaction":       s.AddInteraction(t.Context(), scoped, data.Interaction{Customer: others[0], At: s.Clock.Now()}),
		"details of nobody": func() error { _, err := s.Details(t.Context(), scoped, 999); return err }(),
	} {
		wantErr(t, what, err, data.ErrNotFound)
	}
	for _, way := range []data.Way{data.WayOne, data.WaySelected, data.WayFiltered} {
		n, err := s.Changes(t.Context(), scoped)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Seal(t.Context(), scoped, store.SealRequest{Way: way, IDs: []data.CustomerID{mine, others[2]}, Changes: n})
		wantErr(t, "sealing another's "+string(way), err, data.ErrDenied)
	}
	// Nor can an import find out whom they don't see: the right to it brings the
	// right to see everybody, and can't be had without.
	_, err := s.Import(t.Context(), scoped, importOf(&store.ImportRow{Customer: data.Customer{Phone: 919820100001}}), nil)
	wantErr(t, "import", err, data.ErrDenied)
	if importer := data.NewPermissionSet(data.ImportCustomers); !importer[data.ViewAllCustomers] {
		t.Error("may import without seeing everybody")
	}
	mustDelete(t, s, scoped, seal(t, s, scoped, data.WayOne, only), nil)
}

// Whoever may not see numbers must not find out by an import which are there:
// the right to import brings the right to see them, and can't be had without.
func TestNoProbingByImport(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 1)
	role := s.Role(t, "Importer", data.ImportCustomers)
	if err := store.Exec(s.Store, "DELETE FROM role_permissions WHERE permission <> ?", string(data.ImportCustomers)); err != nil {
		t.Fatal(err)
	}
	rights, err := s.Rights(t.Context(), s.Add(t, "Importer", role))
	if err != nil || !rights.SeesPhones() || !rights.Can(data.ViewAllCustomers) {
		t.Errorf("may import, but rights are %v, %v", rights.Set.Encode(), err)
	}
	blind := s.Add(t, "Blind", s.Role(t, "Blind", data.EditCustomers, data.ViewAllCustomers))
	r, err := s.Import(t.Context(), blind, importOf(storetest.Row(919820100000, 0)), nil)
	wantErr(t, "import", err, data.ErrDenied)
	if r != (store.ImportReport{}) {
		t.Errorf("the report tells: %+v", r)
	}
}

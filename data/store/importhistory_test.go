package store_test

import (
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// A row's history comes along with a customer who is new, and with no other.
// Only the Account Owner may say who wrote it.
func TestImportKeepsHistory(t *testing.T) {
	s := storetest.New(t)
	other := s.Add(t, "Ravi", 2)
	row := func(phone data.Phone) *store.ImportRow {
		r := full(phone) // has a note of its own
		r.Notes = []data.Note{{Text: "First", Created: day(1), Author: 7}, {Text: "Second", Created: day(2)}}
		r.Interactions = []data.Interaction{
			{Kind: data.InteractionVisit, At: day(9), Line: "Came by", Author: 7},
			{Kind: data.InteractionCall, At: day(3), Line: "Rang", Author: 7},
		}
		return r
	}
	importing(t, s, s.Owner, store.ImportSkip, row(919820012345))
	if _, err := s.Import(t.Context(), other, importOf(row(919820012346)), nil); err != nil {
		t.Fatal(err)
	}
	for id, authors := range map[data.CustomerID][2]data.UserID{1: {7, 1}, 2: {2, 2}} {
		d := details(t, s, id)
		if len(d.Notes) != 3 || len(d.Interactions) != 2 || !d.Row.LastLogged.Equal(day(9)) {
			t.Fatalf("%+v", d)
		}
		first, second := d.Notes[2], d.Notes[1]
		if first.Text != "First" || !first.Created.Equal(day(1)) || first.Author != authors[0] || second.Author != authors[1] {
			t.Errorf("%d: notes %+v", id, d.Notes)
		}
		if in := d.Interactions[0]; in.Line != "Came by" || in.Kind != data.InteractionVisit || in.Author != authors[0] {
			t.Errorf("%d: interactions %+v", id, d.Interactions)
		}
	}
	again := row(919820012345)
	again.Customer.City = "Nashik"
	if r := importing(t, s, s.Owner, store.ImportUpdate, again); r.Updated != 1 {
		t.Errorf("%+v", r)
	}
	if d := details(t, s, 1); len(d.Notes) != 3 || len(d.Interactions) != 2 {
		t.Errorf("taken in twice: %+v", d)
	}
}

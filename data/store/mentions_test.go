package store_test

import (
	"testing"

	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

func TestMentionsAreToldBefore(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 20)
	ids := s.IDs(t)
	for i, text := range []string{
		"Call customer 000003 PERSON on Monday", // by name, in another case
		"His other number is +91 98201 00004",   // by phone, set apart
		"Mail to Person000003@Example.com",      // by mail
		"Nobody special, 98201 0000",            // nobody
	} {
		if err := s.AddNote(t.Context(), s.Owner, ids[10+i], text); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.AddNote(t.Context(), s.Owner, ids[3], "I am Customer 000003 Person"); err != nil { // goes too
		t.Fatal(err)
	}
	if _, err := s.AddSegment(t.Context(), s.Owner, data.Segment{Name: "Like Customer 000003 Person"}); err != nil {
		t.Fatal(err)
	}
	p := seal(t, s, s.Owner, data.WayOne, ids[3:4])
	if w := p.Summary().Warn; w.MentionTexts != 3 || w.MentionNames != 1 {
		t.Errorf("%+v", w)
	}
	// They are no residue: the scrub says checked, without a rebuild.
	_, residue, err := s.Delete(t.Context(), s.Owner, p, nil, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Scrub(t.Context(), residue, nil)
	if err != nil || report.State != data.ScrubChecked || report.Vacuumed {
		t.Errorf("%+v, %v", report, err)
	}
	if w := seal(t, s, s.Owner, data.WayOne, ids[5:6]).Summary().Warn; w.MentionTexts+w.MentionNames != 0 {
		t.Errorf("nobody mentions them: %+v", w)
	}
}

// A mail that is left in a row of somebody who is gone is residue, even where
// the row is live; one that somebody else has too is not.
func TestAMailOfNobodyIsFound(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 20)
	ids := s.IDs(t)
	if err := store.Exec(s.Store, "UPDATE customers SET email = 'shared@example.com' WHERE id IN (?, ?)", int64(ids[4]), int64(ids[5])); err != nil {
		t.Fatal(err)
	}
	p := seal(t, s, s.Owner, data.WaySelected, ids[3:5])
	_, residue, err := s.Delete(t.Context(), s.Owner, p, nil, texts, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Scrub(t.Context(), residue, nil)
	if err != nil || report.State != data.ScrubChecked || report.FoundBefore != 0 {
		t.Errorf("%+v, %v", report, err)
	}
	p = seal(t, s, s.Owner, data.WayOne, ids[6:7])
	if _, residue, err = s.Delete(t.Context(), s.Owner, p, nil, texts, nil); err != nil {
		t.Fatal(err)
	}
	if err := store.Exec(s.Store, "INSERT INTO notes (customer_id, id, text, created, author) VALUES (?, 1, 'old: PERSON000006@example.com', 0, 1)",
		int64(ids[6])); err != nil {
		t.Fatal(err)
	}
	report, err = s.Scrub(t.Context(), residue, nil)
	wantErr(t, "a row of who is gone", err, store.ErrResidue)
	if report.FoundBefore != 1 || report.State == data.ScrubChecked {
		t.Errorf("%+v", report)
	}
}

package store_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// What is taken in of those who go is all that they have, and nothing of those
// who stay between them: looked up one by one, or walked past the others.
func TestAllOfThoseWhoGoIsTakenIn(t *testing.T) {
	const n = 400
	every := func(step, from, to int) (out []int) {
		for i := from; i < to; i += step {
			out = append(out, i)
		}
		return out
	}
	for name, goes := range map[string][]int{
		"one": {7}, "far apart": every(40, 3, n), "every other": every(2, 0, n), "side by side": every(1, 50, 120),
		"both": append(every(1, 20, 25), every(97, 30, n)...), "all but one": every(1, 0, n-1),
	} {
		for _, newFile := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, new file %v", name, newFile), func(t *testing.T) {
				s := storetest.New(t)
				s.Enrol(t)
				s.Fill(t, s.Owner, 919820100000, n)
				ids := s.IDs(t)
				for table, columns := range map[string]string{
					"notes":         "customer_id, id, text, created, author",
					"interactions":  "customer_id, id, line, at, author, kind",
					"custom_values": "customer_id, field_id, value",
				} {
					rest := strings.Repeat(", 0", strings.Count(columns, ",")-2)
					if table == "interactions" {
						rest = ", 0, 0, 'call'"
					}
					if err := store.Exec(s.Store, "INSERT INTO "+table+" ("+columns+") SELECT id, 900, '"+table+" of ' || id"+rest+" FROM customers"); err != nil {
						t.Fatal(err)
					}
				}
				if err := store.Exec(s.Store, "UPDATE customers SET company = 'Company ' || id"); err != nil {
					t.Fatal(err)
				}
				var who []data.CustomerID
				for _, i := range goes {
					who = append(who, ids[i])
				}
				slices.Sort(who)
				p, auth := sealedPlan(t, s, who)
				p.RunBy(newFile)
				_, residue, err := s.Delete(t.Context(), s.Owner, p, auth, texts, nil)
				if err != nil {
					t.Fatal(err)
				}
				for _, id := range ids {
					gone := slices.Contains(who, id)
					for _, text := range []string{"notes of %d", "interactions of %d", "custom_values of %d", "Company %d"} {
						if text = fmt.Sprintf(text, id); residue.Has(text) != gone {
							t.Errorf("%q: taken in %v", text, !gone)
						}
					}
				}
				if got := residue.Numbers(); got != len(who) {
					t.Errorf("%d numbers, want %d", got, len(who))
				}
				if report, err := s.Scrub(t.Context(), residue, nil); err != nil || report.State != data.ScrubChecked {
					t.Errorf("%+v, %v", report, err)
				}
			})
		}
	}
}

// The name of a tag goes with the last who has it, and with nobody else.
func TestTagsOfThoseWhoGo(t *testing.T) {
	for _, newFile := range []bool{false, true} {
		t.Run(fmt.Sprint("new file ", newFile), func(t *testing.T) {
			s := storetest.New(t)
			s.Enrol(t)
			s.Fill(t, s.Owner, 919820100000, 40)
			ids := s.IDs(t)
			if err := store.Exec(s.Store, "DELETE FROM customer_tags"); err != nil {
				t.Fatal(err)
			}
			if err := store.Exec(s.Store, "DELETE FROM tags"); err != nil {
				t.Fatal(err)
			}
			if err := store.Exec(s.Store, "INSERT INTO tags (id, name) VALUES (1, 'of all'), (2, 'of two who go'), (3, 'of one and one'), (4, 'of who stays')"); err != nil {
				t.Fatal(err)
			}
			if err := store.Exec(s.Store, `INSERT INTO customer_tags (customer_id, tag_id)
				SELECT id, 1 FROM customers UNION ALL VALUES (?1, 2), (?2, 2), (?1, 3), (?3, 3), (?4, 4)`,
				int64(ids[3]), int64(ids[9]), int64(ids[20]), int64(ids[39])); err != nil {
				t.Fatal(err)
			}
			p, auth := sealedPlan(t, s, []data.CustomerID{ids[3], ids[9]})
			p.RunBy(newFile)
			_, residue, err := s.Delete(t.Context(), s.Owner, p, auth, texts, nil)
			if err != nil {
				t.Fatal(err)
			}
			tags, err := s.Tags(t.Context(), s.Owner)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, u := range tags {
				names = append(names, u.Name)
			}
			if want := []string{"of all", "of one and one", "of who stays"}; !slices.Equal(names, want) {
				t.Errorf("%q are left, want %q", names, want)
			}
			if !residue.Has("of two who go") || residue.Has("of one and one") || residue.Has("of all") {
				t.Error("other names of tags were taken in")
			}
			if report, err := s.Scrub(t.Context(), residue, nil); err != nil || report.State != data.ScrubChecked {
				t.Errorf("%+v, %v", report, err)
			}
		})
	}
}

// A deleted number is residue in the row of a customer who was there then, and
// none as the number of a colleague or of somebody who came later.
func TestANumberOfTheDeletedIsFound(t *testing.T) {
	s := storetest.New(t)
	s.Fill(t, s.Owner, 919820100000, 30)
	ids := s.IDs(t)
	deleted := func(id data.CustomerID) (int64, *store.Residue) {
		t.Helper()
		var phone int64
		if err := store.Ask(s.Store, fmt.Sprint("SELECT phone FROM customers WHERE id = ", id), &phone); err != nil {
			t.Fatal(err)
		}
		if err := store.Exec(s.Store, "UPDATE customers SET agent_phone = ? WHERE id = ?", phone, int64(ids[0])); err != nil {
			t.Fatal(err)
		}
		p := seal(t, s, s.Owner, data.WayOne, []data.CustomerID{id})
		_, residue, err := s.Delete(t.Context(), s.Owner, p, nil, texts, nil)
		if err != nil {
			t.Fatal(err)
		}
		return phone, residue
	}
	phone, residue := deleted(ids[5])
	s.Fill(t, s.Owner, data.Phone(phone), 1)
	report, err := s.Scrub(t.Context(), residue, nil)
	if err != nil || report.State != data.ScrubChecked || report.FoundBefore != 0 {
		t.Errorf("a colleague's and a newcomer's: %+v, %v", report, err)
	}
	phone, residue = deleted(ids[6])
	if err := store.Exec(s.Store, "UPDATE customers SET phone = ? WHERE id = ?", phone, int64(ids[7])); err != nil {
		t.Fatal(err)
	}
	report, err = s.Scrub(t.Context(), residue, nil)
	wantErr(t, "another customer's row", err, store.ErrResidue)
	if report.FoundBefore != 2 { // in the table and in the index
		t.Errorf("%+v", report)
	}
}

func sealedPlan(t testing.TB, s *storetest.Store, ids []data.CustomerID) (*store.Plan, *otp.Authorisation) {
	t.Helper()
	changes, err := s.Changes(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Seal(t.Context(), s.Owner, store.SealRequest{Way: data.WayFiltered, IDs: ids, Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	if !p.Summary().OTPDue {
		return p, nil
	}
	auth, err := s.Authorise(t.Context(), s.Owner, p, s.Code())
	if err != nil {
		t.Fatal(err)
	}
	return p, auth
}

package store_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/internal/proof"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

// forensicRow is a customer of the forensic search: the first time as added,
// the second as changed since. Each value of it is nobody else's.
func forensicRow(seed, i, time int) *store.ImportRow {
	n := (seed+1)*100_000 + i
	row := &store.ImportRow{Customer: data.Customer{
		Phone: data.Phone(919_800_000_000 + n),
		Name:  fmt.Sprintf("Asha%06d Kulkarni%d", n, time),
		Email: fmt.Sprintf("k%d.%06d@example.com", time, n),
		City:  []string{"Surat", "Pune", "Nagpur"}[i%3],
		Tags:  []string{"Tag " + string(rune('A'+i%5))},
	}}
	if i%4 == 0 {
		row.Note = fmt.Sprintf("Parcel %06d was late, %d calls", n, time+2)
	}
	if time == 1 {
		// Longer or shorter than before, so that cells move.
		row.Customer.Company = fmt.Sprintf("Firm%06d and %0*d Sons", n, i%40+1, n)
	}
	return row
}

func forensicValues(seed, i int) [][]byte {
	var out [][]byte
	for time := range 2 {
		row := forensicRow(seed, i, time)
		out = append(out, []byte(row.Customer.Name), []byte(row.Customer.Email))
		if row.Note != "" {
			out = append(out, []byte(row.Note))
		}
		if row.Customer.Company != "" {
			out = append(out, []byte(row.Customer.Company))
		}
	}
	phone := uint64(forensicRow(seed, i, 0).Customer.Phone)
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], phone)
	return append(out, b[2:], []byte(strconv.FormatUint(phone, 10)))
}

// forensicStore is a list of n customers, all added and two thirds changed
// since.
func forensicStore(t *testing.T, seed, n int) *storetest.Store {
	t.Helper()
	s := storetest.New(t)
	for time := range 2 {
		mode := store.ImportSkip
		if time == 1 {
			mode = store.ImportUpdate
		}
		_, err := s.Import(t.Context(), s.Owner, store.ImportRequest{Mode: mode, Each: func(yield func(*store.ImportRow) error) error {
			for i := range n {
				if time == 0 || (i+seed)%3 > 0 {
					if err := yield(forensicRow(seed, i, time)); err != nil {
						return err
					}
				}
			}
			return nil
		}}, nil)
		if err != nil {
			t.Fatal(err)
		}
	}
	s.Enrol(t)
	return s
}

// traced searches every page of a folder's database, and its log, for the
// values of these customers, present and earlier ones, and answers of how many
// customers something was found, and how many values in all.
func traced(t *testing.T, dir, database string, key sealed.Key, seed int, who []int) (customers, values int) {
	t.Helper()
	needles := sealed.NewNeedles()
	owner := map[int]int{}
	for _, i := range who {
		for _, v := range forensicValues(seed, i) {
			owner[needles.Add(v, sealed.Anywhere)] = i
		}
	}
	r, err := sealed.Search(context.Background(), filepath.Join(dir, database), key, needles, 1<<24)
	if err != nil {
		t.Fatal(err)
	}
	if r.UnreadableFrames > 0 {
		t.Errorf("%d frames were not read", r.UnreadableFrames)
	}
	seen := map[int]bool{}
	for _, f := range r.Findings {
		seen[owner[f.Needle]] = true
	}
	return len(seen), r.Found
}

func keyIn(t *testing.T, dir string) (sealed.Key, string) {
	t.Helper()
	keys, err := account.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), 1, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	return un.DataKey(), keys.Database()
}

func indices(from, to int) []int {
	var out []int
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

// After each of the four ways nothing of the deleted is found in the plaintext
// of any page: no value that they had, and none that they had once. The control
// is the same file after the commit and before the clean-up, where nearly all
// must be found.
func TestForensicFourWays(t *testing.T) {
	n := proof.N(600, 10_000)
	seeds := proof.N(1, 8)
	part := func(percent int) int { return max(1, n*percent/100) }
	for _, c := range []struct {
		name   string
		way    data.Way
		gone   []int
		single bool
	}{
		{"one by one", data.WayOne, indices(n/2, n/2+proof.N(3, 25)), true},
		{"selected", data.WaySelected, indices(part(10), part(16)), false},
		{"a cohort", data.WayFiltered, indices(part(20), part(45)), false},
		{"a cohort of most", data.WayFiltered, indices(0, part(60)), false},
		{"everybody", data.WayAll, indices(0, n), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var controlFound, controlOf, left, searched int
			for seed := range seeds {
				s := forensicStore(t, seed, n)
				ids := s.IDs(t)
				var groups [][]data.CustomerID
				if c.single {
					for _, i := range c.gone {
						groups = append(groups, ids[i:i+1])
					}
				} else {
					groups = [][]data.CustomerID{ids[c.gone[0] : c.gone[len(c.gone)-1]+1]}
				}
				for g, ids := range groups {
					oldKey, oldDatabase := keyIn(t, s.Dir)
					residue := forensicDelete(t, s, c.way, ids)
					// Without the clean-up: what a copy made now would hold.
					who := c.gone
					if c.single {
						who = c.gone[g : g+1]
					}
					copied := filepath.Join(t.TempDir(), "list")
					copyTo(t, s.Dir, copied)
					found, _ := traced(t, copied, oldDatabase, oldKey, seed, who)
					controlFound += found
					controlOf += len(who)
					if report, err := s.Scrub(t.Context(), residue, nil); err != nil || report.State != data.ScrubChecked {
						t.Fatalf("%+v, %v", report, err)
					}
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				key, database := keyIn(t, s.Dir)
				customers, values := traced(t, s.Dir, database, key, seed, c.gone)
				left += values
				searched += len(c.gone)
				if values != 0 {
					t.Errorf("seed %d: %d values of %d customers are left", seed, values, customers)
				}
				proof.Progress(t, seed+1, seeds, "seeds")
			}
			if controlFound*100 < controlOf*99 {
				t.Errorf("the control finds only %d of %d: the search is no good", controlFound, controlOf)
			}
			proof.Figure(t, "%d seeds of %d customers: 0 expected, %d values left of %d deleted; before the clean-up %d of %d were found (%.1f %%)",
				seeds, n, left, searched, controlFound, controlOf, 100*float64(controlFound)/float64(controlOf))
		})
	}
}

func forensicDelete(t *testing.T, s *storetest.Store, way data.Way, ids []data.CustomerID) *store.Residue {
	t.Helper()
	p := seal(t, s, s.Owner, way, ids)
	var auth *otp.Authorisation
	if p.Summary().OTPDue {
		s.Clock.Add(otp.Period)
		var err error
		if auth, err = s.Authorise(t.Context(), s.Owner, p, s.Code()); err != nil {
			t.Fatal(err)
		}
	}
	_, residue, err := s.Delete(t.Context(), s.Owner, p, auth, texts, nil)
	if err = errors.Join(err); err != nil {
		t.Fatal(err)
	}
	return residue
}

package sealed_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/store"
	"lethe/data/store/internal/proof"
	"lethe/data/store/sealed"
	"lethe/data/store/storetest"
)

const controlBase = data.Phone(919820100000)

// controlTimes is how often a customer is written: as added, and changed since,
// to a much longer name, so that pages are split and cells move.
const controlTimes = 2

// controlRow is a customer of a time. Each of its values is nobody else's.
func controlRow(i, time int) *store.ImportRow {
	row := storetest.Row(controlBase, i)
	row.Customer.Name = fmt.Sprintf("Asha %06d.%d %s", i, time, strings.Repeat("Rao ", 3+27*time+i%3))
	row.Customer.Email = fmt.Sprintf("k%d.%06d@example.com", time, i)
	row.Customer.Company = fmt.Sprintf("Firm %06d.%d", i, time)
	return row
}

func controlValues(i, time int) [][]byte {
	c := controlRow(i, time).Customer
	values := [][]byte{[]byte(c.Name), []byte(c.Email), []byte(c.Company)}
	if time == controlTimes-1 {
		// The number never changed. As SQLite's records hold it: six bytes,
		// big-endian.
		number := binary.BigEndian.AppendUint64(nil, uint64(c.Phone))
		values = append(values, number[2:])
	}
	return values
}

// controlStore is a list of n customers, all added and all changed since, in
// any order, with a quarter of them deleted, here and there in it, and not cleaned up.
func controlStore(t *testing.T, n int, keepGaps bool) (s *storetest.Store, residue *store.Residue) {
	t.Helper()
	s = storetest.New(t)
	sealed.KeepGaps(keepGaps)
	random := rand.New(rand.NewPCG(1, 5)) // always the same, since few places are left
	for time := range controlTimes {
		order, mode := random.Perm(n), store.ImportUpdate
		if time == 0 {
			slices.Sort(order)
			mode = store.ImportSkip
		}
		if _, err := s.Import(t.Context(), s.Owner, store.ImportRequest{Mode: mode, Each: func(yield func(*store.ImportRow) error) error {
			for _, i := range order {
				if err := yield(controlRow(i, time)); err != nil {
					return err
				}
			}
			return nil
		}}, nil); err != nil {
			t.Fatal(err)
		}
	}
	s.Enrol(t)
	var gone []data.CustomerID
	for i, id := range s.IDs(t) {
		if i%4 == 0 {
			gone = append(gone, id)
		}
	}
	changes, err := s.Changes(t.Context(), s.Owner)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Seal(t.Context(), s.Owner, store.SealRequest{Way: data.WayFiltered, IDs: gone, Changes: changes})
	if err != nil {
		t.Fatal(err)
	}
	var auth *otp.Authorisation
	if p.Summary().OTPDue {
		if auth, err = s.Authorise(t.Context(), s.Owner, p, s.Code()); err != nil {
			t.Fatal(err)
		}
	}
	_, residue, err = s.Delete(t.Context(), s.Owner, p, auth, func(data.Receipt) (string, string) { return "Deleted", "" }, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s, residue
}

// remaining are how many values of the deleted stand in pages and log, of how
// many: those that they had at last, and those of before.
type remaining struct{ last, lastOf, earlier, earlierOf int }

func remains(t *testing.T, dir string, n int) remaining {
	t.Helper()
	keys, err := store.Keys(dir)
	if err != nil {
		t.Fatal(err)
	}
	var r remaining
	needles, isLast := sealed.NewNeedles(), map[int]bool{}
	for i := 0; i < n; i += 4 {
		for time := range controlTimes {
			for _, v := range controlValues(i, time) {
				last := time == controlTimes-1
				isLast[needles.Add(v, sealed.Anywhere)] = last
				if last {
					r.lastOf++
				} else {
					r.earlierOf++
				}
			}
		}
	}
	report, err := sealed.Search(t.Context(), filepath.Join(dir, keys.Database()), unlockIn(t, dir), needles, 1<<24)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[int]bool{}
	for _, f := range report.Findings {
		if seen[f.Needle] {
			continue
		}
		if seen[f.Needle] = true; isLast[f.Needle] {
			r.last++
		} else {
			r.earlier++
		}
	}
	return r
}

// What each protection is good for: the same deletion with the gaps of pages
// zeroed and kept, cleaned up, only closed, and left as it is at the commit. Left
// with its gaps, the list gives away all that the deleted had at last. (Of the
// earlier values secure_delete, which every connection has, removed most; that
// without it they would be there shows in TestForensicDeletedIsGone.) The gaps
// alone keep a few, which the clean-up's search finds, and rebuilds the file.
func TestForensicControl(t *testing.T) {
	n := proof.N(1500, 10_000)
	got := map[string]remaining{}
	for _, gaps := range []string{"zeroed", "kept"} {
		for _, after := range []string{"cleaned up", "closed", "left"} {
			name := "gaps " + gaps + ", " + after
			t.Run(name, func(t *testing.T) {
				s, residue := controlStore(t, n, gaps == "kept")
				dir := s.Dir
				switch after {
				case "cleaned up":
					report, err := s.Scrub(t.Context(), residue, nil)
					if err != nil || report.State != data.ScrubChecked {
						t.Fatalf("%+v, %v", report, err)
					}
					if rebuilt := report.FoundBefore > 0 && report.Vacuumed; rebuilt != (gaps == "kept") {
						t.Errorf("rebuilt: %v, found %d", rebuilt, report.FoundBefore)
					}
					fallthrough
				case "closed":
					if err := s.Close(); err != nil {
						t.Fatal(err)
					}
				case "left":
					dir = filepath.Join(t.TempDir(), "list")
					if err := os.CopyFS(dir, os.DirFS(s.Dir)); err != nil {
						t.Fatal(err)
					}
				}
				r := remains(t, dir, n)
				got[name] = r
				proof.Figure(t, "%d of %d last values of the deleted are found (%.1f %%), %d of %d earlier ones",
					r.last, r.lastOf, 100*float64(r.last)/float64(r.lastOf), r.earlier, r.earlierOf)
			})
		}
	}
	if t.Failed() {
		return
	}
	none := func(r remaining) bool { return r.last+r.earlier == 0 }
	for name, good := range map[string]func(remaining) bool{
		"gaps zeroed, cleaned up": none,
		"gaps kept, cleaned up":   none, // by the rebuilding
		"gaps zeroed, closed":     none,
		"gaps kept, closed":       func(r remaining) bool { return r.last+r.earlier > 0 },
		"gaps kept, left":         func(r remaining) bool { return r.last*100 >= r.lastOf*99 },
	} {
		if r := got[name]; !good(r) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func unlockIn(t *testing.T, dir string) sealed.Key {
	t.Helper()
	keys, err := account.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	un, err := keys.Unlock(t.Context(), 1, storetest.Password)
	if err != nil {
		t.Fatal(err)
	}
	return un.DataKey()
}

package customers

import (
	"math/rand/v2"
	"slices"
	"testing"
)

type number int64

// TestSelectionAgreesWithAMap does at random what can be done and compares
// with the plainest set there is.
func TestSelectionAgreesWithAMap(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 146))
		var s Selection[number]
		plain := map[number]bool{}
		pick := func() number {
			if r.IntN(50) == 0 {
				return number(r.Int64N(1 << 50))
			}
			return number(1 + r.IntN(9000))
		}
		for range 400 {
			switch r.IntN(8) {
			case 0: // all that match, then some of them out again
				from := r.IntN(5000)
				for i := from; i < from+1500; i++ {
					s.Set(true, number(i))
					plain[number(i)] = true
				}
			case 1:
				var kept []number
				for id := range plain {
					if r.IntN(3) > 0 {
						kept = append(kept, id)
					}
				}
				before := len(plain)
				gone := s.Keep(append(kept, pick()+100000))
				clear(plain)
				for _, id := range kept {
					plain[id] = true
				}
				if gone != before-len(plain) {
					t.Fatalf("Keep says that %d went, not %d", gone, before-len(plain))
				}
			case 2:
				if r.IntN(10) == 0 {
					s.Clear()
					clear(plain)
				}
			default:
				id, on := pick(), r.IntN(2) == 0
				s.Set(on, id, id)
				if on {
					plain[id] = true
				} else {
					delete(plain, id)
				}
			}
			if s.Len() != len(plain) {
				t.Fatalf("seed %d: %d selected, want %d", seed, s.Len(), len(plain))
			}
		}
		ids := s.IDs()
		if len(ids) != len(plain) || !slices.IsSorted(ids) {
			t.Fatalf("seed %d: IDs lists %d of %d", seed, len(ids), len(plain))
		}
		for _, id := range ids {
			if !plain[id] || !s.Has(id) {
				t.Fatalf("seed %d: %d is selected", seed, id)
			}
		}
	}
}

func TestSelectionWithinAndFilter(t *testing.T) {
	var s Selection[number]
	s.Set(true, 7, 3, 5000, 9)
	list := []number{9, 1, 5000, 2}
	if n := s.Within(list); n != 2 {
		t.Errorf("%d of the list are selected, want 2", n)
	}
	if got := s.Filter(list); !slices.Equal(got, []number{9, 5000}) {
		t.Errorf("Filter gives %v", got)
	}
	if s.Has(0) || s.Has(-4) || s.Has(1<<40) {
		t.Error("somebody is selected who isn't")
	}
}

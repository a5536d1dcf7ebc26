package data_test

import (
	"testing"

	"pgregory.net/rapid"

	"lethe/data"
)

// The side doors that product.md names under "When the OTP is due", each as
// what happened since the last OTP and the deletion that is asked for then.
func TestOTPDue(t *testing.T) {
	held := func(n int) data.Mark { return data.NewMark(n) }
	for _, c := range []struct {
		name   string
		mark   data.Mark
		strict data.Strictness
		n      int
		all    bool
		due    bool
	}{
		{"Delete All of a large list", held(1714), data.StrictHalf, 1714, true, true},
		{"Delete All of a small list", held(3), data.StrictHalf, 3, true, true},
		{"Delete All of nobody", held(0), data.StrictHalf, 0, true, true},

		{"one of many", held(1714), data.StrictHalf, 1, false, false},
		{"a tag's 146 of 1,714", held(1714), data.StrictHalf, 146, false, false},
		{"one fewer than half", held(100), data.StrictHalf, 49, false, false},
		{"half", held(100), data.StrictHalf, 50, false, true},
		{"P odd: 10 of 21 is less than P/2", held(21), data.StrictHalf, 10, false, false},
		{"P odd: 11 of 21 is more", held(21), data.StrictHalf, 11, false, true},
		{"P odd: 50 of 101", held(101), data.StrictHalf, 50, false, false},
		{"P odd: 51 of 101", held(101), data.StrictHalf, 51, false, true},

		{"selecting everyone", held(100), data.StrictHalf, 100, false, true},
		{"a filter that matches everyone", held(1714), data.StrictHalf, 1714, false, true},
		{"everyone but one", held(100), data.StrictHalf, 99, false, true},

		{"half today, and half tomorrow", held(100).Remove(49, 49), data.StrictHalf, 49, false, true},
		{"half today, and one tomorrow", held(100).Remove(49, 49), data.StrictHalf, 1, false, true},
		{"one at a time, the 49th", held(100).Remove(48, 48), data.StrictHalf, 1, false, false},
		{"one at a time, the 50th", held(100).Remove(49, 49), data.StrictHalf, 1, false, true},
		{"two accounts, half each", held(100).Remove(30, 30).Remove(15, 15), data.StrictHalf, 5, false, true},
		{"quarter by quarter", held(100).Remove(25, 25), data.StrictHalf, 25, false, true},

		{"49 phones changed, then one deleted", held(100).Rephone(49), data.StrictHalf, 1, false, true},
		{"48 phones changed, then one deleted", held(100).Rephone(48), data.StrictHalf, 1, false, false},
		{"20 phones changed, 29 deleted, then one", held(100).Rephone(20).Remove(29, 29), data.StrictHalf, 1, false, true},

		{"others import 1,000 first", held(100).Add(1000, false), data.StrictHalf, 50, false, true},
		{"others import 1,000 first, 49 go", held(100).Add(1000, false), data.StrictHalf, 49, false, false},
		{"the owner imports 1,000 first", held(100).Add(1000, true), data.StrictHalf, 549, false, false},
		{"the owner imports 1,000 first, half of all", held(100).Add(1000, true), data.StrictHalf, 550, false, true},
		{"others import and delete what they imported", held(100).Add(60, false).Remove(49, 0), data.StrictHalf, 1, false, true},
		{"a list that others made", held(0).Add(500, false), data.StrictHalf, 1, false, true},
		{"deleting does not lower P", held(100).Remove(40, 40), data.StrictHalf, 9, false, false},
		{"deleting does not lower P, at its edge", held(100).Remove(40, 40), data.StrictHalf, 10, false, true},
		{"taking some out and in again raises nothing", held(100).Remove(40, 40).Add(40, true), data.StrictHalf, 10, false, true},

		{"the owner imports 1,000 and undoes it", held(100).Add(1000, true).Undo(1000, 1000), data.StrictHalf, 50, false, true},
		{"the undone don't count as removed", held(100).Add(1000, true).Undo(1000, 1000), data.StrictHalf, 49, false, false},
		{"another's import undone counts neither way", held(100).Add(1000, false).Undo(1000, 0), data.StrictHalf, 49, false, false},

		{"20 held: no OTP", held(20), data.StrictHalf, 20, false, false},
		{"21 held: an OTP", held(21), data.StrictHalf, 21, false, true},
		{"21 held, one deleted, then the other 20", held(21).Remove(1, 1), data.StrictHalf, 20, false, true},
		{"20 held, one added by another", held(20).Add(1, false), data.StrictHalf, 10, false, true},
		{"20 held, one added and undone", held(20).Add(1, true).Undo(1, 1), data.StrictHalf, 10, false, true},
		{"an empty list that grew to 20", held(0).Add(20, true), data.StrictHalf, 20, false, false},

		{"a tenth: 9 of 100", held(100), data.StrictTenth, 9, false, false},
		{"a tenth: 10 of 100", held(100), data.StrictTenth, 10, false, true},
		{"a tenth: 10 of 101 is less", held(101), data.StrictTenth, 10, false, false},
		{"a tenth: 11 of 101", held(101), data.StrictTenth, 11, false, true},
		{"a tenth: ten at a time", held(100).Remove(9, 9), data.StrictTenth, 1, false, true},
		{"a tenth of a small list", held(20), data.StrictTenth, 20, false, false},
		{"always: one of many", held(1714), data.StrictAlways, 1, false, true},
		{"always: one of a small list", held(3), data.StrictAlways, 1, false, true},
		{"a strictness that is unknown is no looser than half", held(100), "lax", 50, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := data.OTPDue(c.mark, c.strict, c.n, c.all); got != c.due {
				t.Errorf("due: %v, with %+v and %d", got, c.mark, c.n)
			}
		})
	}
}

func TestTheMarkKeepsItsCounts(t *testing.T) {
	m := data.NewMark(100).Add(30, false).Add(20, true).Remove(10, 4).Rephone(3).Undo(5, 5)
	want := data.Mark{Removed: 13, Counted: 111, Peak: 115, Held: 135, MostHeld: 150}
	if m != want {
		t.Errorf("got %+v, want %+v", m, want)
	}
}

// Whatever people do without an OTP, once more than 20 were held they never
// take away half of what counts: of the list at the mark and what the Account
// Owner added. The test keeps its own books, customer by customer.
func TestWithoutAnOTPHalfTheListStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		strict := rapid.SampledFrom([]data.Strictness{data.StrictHalf, data.StrictTenth}).Draw(t, "strictness")
		type customer struct{ counted bool }
		var list []customer
		start := rapid.IntRange(0, 200).Draw(t, "held")
		for range start {
			list = append(list, customer{true})
		}
		m := data.NewMark(start)
		most, removed, counted, peak := start, 0, start, start
		for range rapid.IntRange(1, 60).Draw(t, "acts") {
			switch act := rapid.IntRange(0, 4).Draw(t, "act"); act {
			case 0, 1: // an import, by the Account Owner or another
				n := rapid.IntRange(0, 60).Draw(t, "rows")
				for range n {
					list = append(list, customer{act == 0})
				}
				if act == 0 {
					counted += n
				}
				m = m.Add(n, act == 0)
			case 2: // a phone number is changed, if that takes no OTP
				if len(list) == 0 || data.OTPDue(m, strict, 1, false) {
					continue
				}
				m, removed = m.Rephone(1), removed+1
			default: // a deletion, if that takes no OTP
				if len(list) == 0 {
					continue
				}
				n := rapid.IntRange(1, len(list)).Draw(t, "deleted")
				if data.OTPDue(m, strict, n, false) {
					continue
				}
				from := rapid.IntRange(0, len(list)-n).Draw(t, "from")
				ofThem := 0
				for _, c := range list[from : from+n] {
					if c.counted {
						ofThem++
					}
				}
				list = append(list[:from:from], list[from+n:]...)
				m, removed, counted = m.Remove(n, ofThem), removed+n, counted-ofThem
				if most > data.SmallList && 2*removed >= peak {
					t.Fatalf("%d of %d went without an OTP", removed, peak)
				}
				if most > data.SmallList && strict == data.StrictTenth && 10*removed >= peak {
					t.Fatalf("%d of %d went without an OTP, a tenth or more", removed, peak)
				}
			}
			most, peak = max(most, len(list)), max(peak, counted)
			if m.Held != len(list) || m.Counted != counted || m.Peak != peak || m.Removed != removed || m.MostHeld != most {
				t.Fatalf("the mark is %+v; held %d, counted %d, peak %d, removed %d, most %d",
					m, len(list), counted, peak, removed, most)
			}
		}
	})
}

// No order of imports and undos makes room for deleting more than without
// them: what was undone no longer raises the peak.
func TestUndoingAnImportMakesNoRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.IntRange(21, 300).Draw(t, "held")
		m := data.NewMark(start)
		for range rapid.IntRange(1, 10).Draw(t, "imports") {
			n := rapid.IntRange(1, 500).Draw(t, "rows")
			byOwner := rapid.Bool().Draw(t, "by the owner")
			counted := 0
			if byOwner {
				counted = n
			}
			m = m.Add(n, byOwner).Undo(n, counted)
		}
		half := (start + 1) / 2
		if !data.OTPDue(m, data.StrictHalf, half, false) {
			t.Fatalf("%d of %d need no OTP with %+v", half, start, m)
		}
		if data.OTPDue(m, data.StrictHalf, half-1, false) {
			t.Fatalf("%d of %d need one with %+v", half-1, start, m)
		}
	})
}

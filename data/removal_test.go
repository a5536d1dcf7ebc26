package data_test

import (
	"testing"

	"lethe/data"
)

// Whatever stands in for deletion is counted as one.
func TestWhatTakesAnOTP(t *testing.T) {
	held := data.NewMark(100)
	for _, c := range []struct {
		name   string
		mark   data.Mark
		strict data.Strictness
		what   data.Removal
		due    bool
	}{
		{"nothing", held, data.StrictAlways, data.Removal{}, false},
		{"Delete All of nobody", data.NewMark(0), data.StrictHalf, data.Removal{All: true}, true},
		{"a restore that takes nobody away", held, data.StrictHalf, data.Removal{Always: true}, true},
		{"49 deleted", held, data.StrictHalf, data.Removal{Customers: 49}, false},
		{"50 deleted", held, data.StrictHalf, data.Removal{Customers: 50}, true},
		{"49 phones changed by one import", held, data.StrictHalf, data.Removal{Phones: 49}, false},
		{"50 phones changed by one import", held, data.StrictHalf, data.Removal{Phones: 50}, true},
		{"25 deleted and 25 phones changed at once", held, data.StrictHalf, data.Removal{Customers: 25, Phones: 25}, true},
		{"one phone changed after 49 deleted", held.Remove(49, 49), data.StrictHalf, data.Removal{Phones: 1}, true},
		{"one import of another undone after 49 deleted", held.Add(5, false).Remove(49, 49), data.StrictHalf, data.Removal{Customers: 5}, true},
		{"one phone changed, always", held, data.StrictAlways, data.Removal{Phones: 1}, true},
		{"50 lose a value", held, data.StrictHalf, data.Removal{Losing: 50}, true},
		{"49 lose a value", held, data.StrictHalf, data.Removal{Losing: 49}, false},
		{"49 lose a value after 49 were deleted of 100", held.Remove(49, 49), data.StrictHalf, data.Removal{Losing: 25}, false},
		{"half of those left lose a value", held.Remove(49, 49), data.StrictHalf, data.Removal{Losing: 26}, true},
		{"a tenth lose a value", held, data.StrictTenth, data.Removal{Losing: 10}, true},
		{"all of a small list lose a value", data.NewMark(20), data.StrictHalf, data.Removal{Losing: 20}, false},
	} {
		if got := c.what.Due(c.mark, c.strict); got != c.due {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if m := (data.Removal{Customers: 3, Counted: 2, Phones: 4, Losing: 50}).Count(held); m != (data.Mark{Removed: 7, Counted: 98, Peak: 100, Held: 97, MostHeld: 100}) {
		t.Errorf("%+v", m)
	}
}

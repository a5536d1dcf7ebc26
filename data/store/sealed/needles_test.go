package sealed

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The index finds what a plain loop finds: over a tiny alphabet, so that values
// begin alike, overlap and repeat.
func TestNeedlesFindWhatALoopFinds(t *testing.T) {
	letters := func(least, most int) *rapid.Generator[[]byte] {
		return rapid.SliceOfN(rapid.SampledFrom([]byte("ab")), least, most)
	}
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(letters(MinNeedle, 14), 1, 20).Draw(t, "values")
		data := append(letters(0, 300).Draw(t, "data"), make([]byte, 8)...)
		data = data[:len(data)-8]
		n := NewNeedles()
		for _, v := range values {
			n.Add(v, Anywhere)
		}
		var got, want []string
		list := &n.lists[Anywhere]
		list.build()
		list.scan(data, 0, len(data), func(at, length int, numbers []int) {
			for _, i := range numbers {
				got = append(got, fmt.Sprint(at, i))
			}
		})
		for at := range data {
			for i, v := range values {
				if bytes.HasPrefix(data[at:], v) {
					want = append(want, fmt.Sprint(at, i))
				}
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// Unallocated values are found from one byte outside of live cells on, and
// nowhere else.
func TestSearcherBoundaries(t *testing.T) {
	data := make([]byte, usable, PageSize)
	n := NewNeedles()
	n.Add([]byte("abcdef"), Unallocated)
	n.lists[Unallocated].build()
	for _, c := range []struct{ at, want int }{
		{100, 0}, {194, 0}, {195, 1}, {200, 1}, {209, 1}, {210, 0}, {299, 1}, {300, 0}, {295, 1}, {usable - 6, 1},
	} {
		clear(data)
		copy(data[c.at:], "abcdef")
		var r Report
		s := searcher{needles: n, limit: 9, report: &r}
		s.search(Page{Number: 1, Kind: LeafTable, Data: data, Unallocated: []Range{{200, 210}, {299, 300}, {4000, usable}}})
		if r.Found != c.want {
			t.Errorf("at %d: %d", c.at, r.Found)
		}
	}
}

func TestTextsAreFoundInWhateverCase(t *testing.T) {
	n := NewNeedles()
	asha, jose, note := n.AddText("Asha Kulkarni", Anywhere), n.AddText("José Álvarez", Anywhere), n.Add([]byte("Exactly"), Anywhere)
	for text, want := range map[string][]int{
		"met ASHA KULKARNI today": {asha}, "asha kulkarni, josé álvarez": {asha, jose}, "JOSÉ ÁLVAREZ": {jose},
		"Exactly": {note}, "exactly": nil, "Asha": nil, "": nil, "José Álvarez and Asha Kulkarni, Exactly": {asha, jose, note},
	} {
		if got := n.In(text); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

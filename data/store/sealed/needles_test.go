package sealed

import (
	"bytes"
	"encoding/binary"
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
		n.index(&n.given[Anywhere]).scan(data, 0, len(data), func(at, length int, numbers []int) {
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
	for _, c := range []struct{ at, want int }{
		{100, 0}, {194, 0}, {195, 1}, {200, 1}, {209, 1}, {210, 0}, {299, 1}, {300, 0}, {295, 1}, {usable - 6, 1},
	} {
		n := NewNeedles()
		n.Add([]byte("abcdef"), Unallocated)
		clear(data)
		copy(data[c.at:], "abcdef")
		p := Page{Number: 1, Kind: Overflow, Data: data, Unallocated: []Range{{200, 210}, {299, 300}, {4000, usable}}}
		h := &hunt{needles: n, limit: 9, seen: newGrams()}
		first := searcher{hunt: h, seen: h.seen}
		second := searcher{hunt: h}
		if first.look(p) {
			second.given[Unallocated] = n.given[Unallocated].index(h.seen)
			second.texts[Unallocated] = n.texts[Unallocated].index(h.seen)
			second.lookAgain(p)
		}
		if first.report.Found != 0 || second.report.Found != c.want {
			t.Errorf("at %d: %d", c.at, second.report.Found)
		}
	}
}

// Cleaned space is empty, whatever SQLite links in it; what stands in it is seen.
func TestRemains(t *testing.T) {
	page := make([]byte, PageSize)
	p := Page{Number: 2, Kind: LeafTable, Data: page[:usable], Unallocated: []Range{{50, 1000}, {1200, 1300}, {2000, 2040}, {3000, 3003}}}
	link := func(at, next, size int) {
		binary.BigEndian.PutUint16(page[at:], uint16(next))
		binary.BigEndian.PutUint16(page[at+2:], uint16(size))
	}
	page[0] = leafTable
	binary.BigEndian.PutUint16(page[1:], 1200)
	link(1200, 2000, 100)
	link(2000, 2020, 20)
	link(2020, 0, 20)
	for _, c := range []struct {
		write map[int]byte
		want  []Range
	}{
		{nil, nil},
		{map[int]byte{60: 1, 900: 2}, []Range{{60, 901}}},
		{map[int]byte{50: 1, 999: 1}, []Range{{50, 1000}}},
		{map[int]byte{1204: 1}, []Range{{1204, 1205}}},
		{map[int]byte{1299: 7}, []Range{{1299, 1300}}},
		{map[int]byte{2019: 7}, []Range{{2019, 2024}}}, // with the link behind it
		{map[int]byte{2024: 7}, []Range{{2024, 2025}}},
		{map[int]byte{3001: 7}, []Range{{3001, 3002}}},
		{map[int]byte{1100: 7, 1999: 7}, nil},
	} {
		for at, b := range c.write {
			page[at] = b
		}
		if got := remains(p); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.write, got, c.want)
		}
		for at := range c.write {
			page[at] = 0
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

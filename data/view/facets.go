package view

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
	"strings"

	"lethe/data"
	"lethe/data/fold"
)

// Count is how many customers have a value. The value "" counts those who
// have none.
type Count struct {
	Value string
	Count int // among those whom the filter's other conditions match
	All   int // in the whole view; never 0 but for flags and activity
}

// Facets are the counts beside the values of the fields that are chosen from
// lists. Those of a field are taken under the search and all conditions on
// other fields, so that they tell what ticking one more value adds; "all of"
// conditions narrow their own field too.
type Facets struct {
	Total    int // everybody in the view
	Matching int // whom the whole filter matches
	// By has city, state, country, source, agent, tags (the most frequent in
	// the whole view first, then by text, "" last), blocked, opt-out (yes, no)
	// and activity (active, inactive, never), and the custom fields with at
	// most MaxListed different values. A customer counts for each of the tags.
	By map[data.Field][]Count
}

// MaxListed is how many different values a custom field may have to be
// counted: more are no list to choose from.
const MaxListed = 1000

// Count returns the count of a value, 0 if nobody has it.
func (f *Facets) Count(field data.Field, value string) int {
	for _, c := range f.By[field] {
		if c.Value == value {
			return c.Count
		}
	}
	return 0
}

// Facets counts under f. Its errors are those of Find.
func (v *View) Facets(ctx context.Context, f data.Filter) (*Facets, error) {
	s, err := v.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	a := v.asking()
	q, err := s.query(f, a)
	if err != nil {
		return nil, err
	}
	facets := s.facets(a)
	counts, matching, err := s.count(ctx, q, facets)
	if err != nil {
		return nil, err
	}
	all := s.all(a)
	out := &Facets{Total: s.len(), Matching: matching, By: map[data.Field][]Count{}}
	for i := range facets {
		out.By[facets[i].field] = facets[i].list(counts[i], all[facets[i].field])
	}
	return out, ctx.Err()
}

// facet is a field that is counted: every row has a code below size.
type facet struct {
	field data.Field
	size  int
	code  func(row int) uint32
	list  func(counts, all []int) []Count
}

func (s *snapshot) facets(a asking) []facet {
	var out []facet
	for _, f := range []data.Field{
		data.FieldCity, data.FieldState, data.FieldCountry, data.FieldSource, data.FieldAgent,
	} {
		c, _ := s.choice(f)
		value := func(n int) string { return c.values[n] }
		if f == data.FieldAgent {
			value = func(n int) string { return agentValue(c.values[n]) }
		}
		out = append(out, facet{f, len(c.values), c.at, func(counts, all []int) []Count {
			return listed(counts, all, value, nil)
		}})
	}
	for id, c := range s.custom {
		if len(c.values) > MaxListed+1 {
			continue
		}
		out = append(out, facet{data.CustomFieldName(id), len(c.values), c.at, func(counts, all []int) []Count {
			return listed(counts, all, func(n int) string { return c.values[n] }, c.folded)
		}})
	}
	flag := func(f data.Field, bit uint8) facet {
		return facet{f, 2, func(row int) uint32 {
			if s.flags.at(row)&bit != 0 {
				return 0
			}
			return 1
		}, fixed(data.FlagYes, data.FlagNo)}
	}
	return append(out,
		facet{data.FieldTags, len(s.sets), s.tags.at, s.listTags},
		flag(data.FieldBlocked, blockedFlag),
		flag(data.FieldOptOut, optOutFlag),
		facet{data.FieldActivity, len(activities), s.activity(a), fixed(
			string(activities[0]), string(activities[1]), string(activities[2]),
		)})
}

func fixed(values ...string) func(counts, all []int) []Count {
	return func(counts, all []int) []Count {
		out := make([]Count, len(values))
		for i, v := range values {
			out[i] = Count{v, counts[i], all[i]}
		}
		return out
	}
}

// listed puts the counts of numbered values in order. Values alike count
// together; where folded is given, those that fold alike count for each other,
// as "any of" takes them together.
func listed(counts, all []int, value func(n int) string, folded []string) []Count {
	at := map[string]int{}
	var out []Count
	alike := map[string]int{}
	for n := range counts {
		if all[n] == 0 {
			continue
		}
		if folded != nil && n > 0 {
			alike[folded[n]] += counts[n]
		}
		v := value(n)
		i, ok := at[v]
		if !ok {
			i = len(out)
			at[v] = i
			out = append(out, Count{Value: v})
		}
		out[i].Count += counts[n]
		out[i].All += all[n]
	}
	if folded != nil {
		for i := range out {
			if out[i].Value != "" {
				out[i].Count = alike[fold.Fold(out[i].Value)]
			}
		}
	}
	return inOrder(out)
}

func (s *snapshot) listTags(counts, all []int) []Count {
	out := make([]Count, len(s.tagNames))
	for i, name := range s.tagNames {
		out[i].Value = name
	}
	for n, set := range s.sets {
		if len(set) == 0 {
			out[0].Count += counts[n]
			out[0].All += all[n]
		}
		for _, tag := range set {
			out[tag].Count += counts[n]
			out[tag].All += all[n]
		}
	}
	return inOrder(slices.DeleteFunc(out, func(c Count) bool { return c.All == 0 }))
}

func inOrder(out []Count) []Count {
	slices.SortFunc(out, func(a, b Count) int {
		if (a.Value == "") != (b.Value == "") {
			return strings.Compare(b.Value, a.Value)
		}
		return cmp.Or(cmp.Compare(b.All, a.All), strings.Compare(fold.Fold(a.Value), fold.Fold(b.Value)),
			strings.Compare(a.Value, b.Value))
	})
	return out
}

// all counts every row; what does not depend on the moment is kept.
func (s *snapshot) all(a asking) map[data.Field][]int {
	facets := s.facets(a)
	s.totalsOnce.Do(func() {
		s.totals = map[data.Field][]int{}
		s.countAll(facets, s.totals)
	})
	out := map[data.Field][]int{}
	for f, counts := range s.totals {
		out[f] = counts
	}
	s.countAll(facets[len(facets)-1:], out)
	return out
}

func (s *snapshot) countAll(facets []facet, into map[data.Field][]int) {
	counts, _, _ := s.count(context.Background(), &query{}, facets)
	for i := range facets {
		into[facets[i].field] = counts[i]
	}
}

// count counts the codes of each facet under a query: a row that fulfils all
// of it counts everywhere, one that fails only conditions on one field counts
// for that field.
func (s *snapshot) count(ctx context.Context, q *query, facets []facet) (counts [][]int, matching int, err error) {
	own := make([]int, len(q.parts)) // which facet a condition doesn't narrow
	for i, p := range q.parts {
		own[i] = -1
		if !p.shared {
			own[i] = slices.IndexFunc(facets, func(f facet) bool { return f.field == p.field })
		}
	}
	type tally struct {
		counts   [][]int
		matching int
	}
	tallies := make([]tally, workers(s.len()))
	for i := range tallies {
		tallies[i].counts = make([][]int, len(facets))
		for j := range facets {
			tallies[i].counts[j] = make([]int, facets[j].size)
		}
	}
	err = inChunks(ctx, s.len(), func(worker, lo, hi int) {
		t := &tallies[worker]
		var room [chunk / 64]uint64
		words := room[:(hi-lo+63)/64]
		if q.search != nil {
			q.search.mark(s, lo, hi, words)
		} else {
			fill(words, hi-lo)
		}
		for i, w := range words {
			for ; w != 0; w &= w - 1 {
				row := lo + 64*i + bits.TrailingZeros64(w)
				only, ok := q.failing(row, own)
				switch {
				case !ok:
				case only >= 0:
					t.counts[only][facets[only].code(row)]++
				default:
					t.matching++
					for j := range facets {
						t.counts[j][facets[j].code(row)]++
					}
				}
			}
		}
	})
	counts = tallies[0].counts
	matching = tallies[0].matching
	for _, t := range tallies[1:] {
		matching += t.matching
		for j := range counts {
			for n := range counts[j] {
				counts[j][n] += t.counts[j][n]
			}
		}
	}
	return counts, matching, err
}

// failing tells for which facet alone a row counts, -1 for all of them. It
// answers false if it counts for none.
func (q *query) failing(row int, own []int) (facet int, ok bool) {
	facet = -1
	for i := range q.parts {
		if q.parts[i].match(row) {
			continue
		}
		if own[i] < 0 || facet >= 0 && facet != own[i] {
			return 0, false
		}
		facet = own[i]
	}
	return facet, true
}

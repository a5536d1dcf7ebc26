package view

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"lethe/data"
)

// order is all rows by rising values of a field, equals by row, those without
// a value behind all others.
type order struct {
	rows  []uint32
	first bitset // positions at which another value begins than before
	set   int    // how many rows have a value
}

// orders keeps those that were asked for.
type orders struct {
	mu   sync.Mutex
	made map[data.Field]*orderOnce
}

type orderOnce struct {
	once  sync.Once
	order *order // given, or made by of
}

func (o *orderOnce) of(s *snapshot, f data.Field) *order {
	o.once.Do(func() {
		if o.order == nil {
			o.order = newOrder(s.len(), s.keys(f))
		}
	})
	return o.order
}

// order returns the order by a field, nil if rows have none by it.
func (s *snapshot) order(f data.Field) *order {
	if id, custom := f.CustomID(); !known(f) || custom && s.custom[id] == nil {
		return nil
	}
	s.orders.mu.Lock()
	o := s.orders.made[f]
	if o == nil {
		o = &orderOnce{}
		s.orders.made[f] = o
	}
	s.orders.mu.Unlock()
	return o.of(s, f)
}

// ordered appends the ids of the rows in matched.
func (s *snapshot) ordered(ids []data.CustomerID, matched bitset, sort Sort) []data.CustomerID {
	o := s.order(sort.Field)
	if o == nil {
		for row, id := range s.ids {
			if matched.has(row) {
				ids = append(ids, id)
			}
		}
		return ids
	}
	take := func(lo, hi int) {
		for _, row := range o.rows[lo:hi] {
			if matched.has(int(row)) {
				ids = append(ids, s.ids[row])
			}
		}
	}
	if !sort.Desc {
		take(0, len(o.rows))
		return ids
	}
	for end := o.set; end > 0; {
		start := end - 1
		for !o.first.has(start) {
			start--
		}
		take(start, end)
		end = start
	}
	take(o.set, len(o.rows))
	return ids
}

// byActivity appends the ids of the rows in matched, the active ones first or
// last. It keeps nothing, for the status changes with time alone.
func (s *snapshot) byActivity(ids []data.CustomerID, matched bitset, a asking, desc bool) []data.CustomerID {
	activity := s.activity(a)
	for i := range activities {
		wanted := uint32(i)
		if desc {
			wanted = uint32(len(activities) - 1 - i)
		}
		for row, id := range s.ids {
			if matched.has(row) && activity(row) == wanted {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

type entry struct {
	key sortKey
	row uint32
}

func newOrder(n int, k keys) *order {
	o := &order{rows: make([]uint32, 0, n), first: newBitset(n)}
	entries := make([]entry, 0, n)
	var missing []uint32
	for row := range n {
		if key, ok := k.key(row); ok {
			entries = append(entries, entry{key, uint32(row)})
		} else {
			missing = append(missing, uint32(row))
		}
	}
	compare := func(a, b entry) int {
		if a.key != b.key {
			return a.key.compare(b.key)
		}
		if c := k.between(a.key, int(a.row), int(b.row)); c != 0 {
			return c
		}
		return cmp.Compare(a.row, b.row)
	}
	entries = sorted(entries, compare)
	for i, e := range entries {
		o.rows = append(o.rows, e.row)
		if i == 0 || e.key != entries[i-1].key || k.between(e.key, int(e.row), int(entries[i-1].row)) != 0 {
			o.first.set(i)
		}
	}
	o.set = len(entries)
	o.rows = append(o.rows, missing...)
	return o
}

// sorted sorts on two cores where it is worth it.
func sorted(entries []entry, compare func(a, b entry) int) []entry {
	if len(entries) < 2*chunk || runtime.GOMAXPROCS(0) < 2 {
		slices.SortFunc(entries, compare)
		return entries
	}
	a, b := entries[:len(entries)/2], entries[len(entries)/2:]
	var other sync.WaitGroup
	other.Go(func() { slices.SortFunc(a, compare) })
	slices.SortFunc(b, compare)
	other.Wait()
	out := make([]entry, 0, len(entries))
	for len(a) > 0 && len(b) > 0 {
		if compare(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

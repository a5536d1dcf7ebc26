package view

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"lethe/data"
	"lethe/data/fold"
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

// keys tell how rows compare by a field: key is false for those without a
// value; tie, which may be nil, decides between equal keys that are not whole.
type keys struct {
	key func(row int) (sortKey, bool)
	tie func(a, b int) int
}

// sortKey compares by high, then by low.
type sortKey struct{ high, low uint64 }

func (k sortKey) compare(other sortKey) int {
	if k.high != other.high {
		return cmp.Compare(k.high, other.high)
	}
	return cmp.Compare(k.low, other.low)
}

// whole tells whether a text's key holds all of it: no folded text has a zero
// byte, so the last one is zero only where the text ended before.
func (k sortKey) whole() bool { return k.low&0xff == 0 }

// between compares two rows whose keys are both x.
func (k keys) between(x sortKey, a, b int) int {
	if k.tie == nil || x.whole() {
		return 0
	}
	return k.tie(a, b)
}

func (k keys) compare(a, b int) int {
	x, hasX := k.key(a)
	y, hasY := k.key(b)
	switch {
	case hasX != hasY:
		if hasX {
			return -1
		}
		return 1
	case !hasX:
		return 0
	case x != y:
		return x.compare(y)
	}
	return k.between(x, a, b)
}

// keys returns the comparison by a known field.
func (s *snapshot) keys(f data.Field) keys {
	if i, ok := textField(f); ok {
		return s.textKeys(i)
	}
	if c, ok := s.choice(f); ok {
		return rankKeys(&c.column, choiceRanks(f, c))
	}
	if which, ok := timeColumn(f); ok {
		return keys{key: func(row int) (sortKey, bool) {
			u, ok := s.seconds(row, which)
			return signed(u), ok
		}}
	}
	flag := func(bit uint8) keys {
		return keys{key: func(row int) (sortKey, bool) {
			return sortKey{high: uint64(s.flags.at(row) & bit)}, true
		}}
	}
	switch f {
	case data.FieldPhone:
		return keys{key: func(row int) (sortKey, bool) {
			p := s.phones.at(row)
			return sortKey{high: p}, p != 0
		}}
	case data.FieldTags:
		return rankKeys(&s.tags, s.tagRanks())
	case data.FieldBlocked:
		return flag(blockedFlag)
	case data.FieldOptOut:
		return flag(optOutFlag)
	case data.FieldFollowUp:
		return keys{key: func(row int) (sortKey, bool) {
			d := s.followUp.at(row)
			return signed(int64(d)), d != 0
		}}
	}
	return keys{key: func(int) (sortKey, bool) { return sortKey{}, false }}
}

// signed maps numbers so that they compare unsigned as they did signed.
func signed(n int64) sortKey { return sortKey{high: uint64(n) ^ 1<<63} }

func (s *snapshot) textKeys(field int) keys {
	return keys{
		key: func(row int) (sortKey, bool) {
			b := s.texts.field(row, field)
			var head [16]byte
			copy(head[:], b)
			return sortKey{binary.BigEndian.Uint64(head[:]), binary.BigEndian.Uint64(head[8:])}, len(b) > 0
		},
		tie: func(a, b int) int {
			return bytes.Compare(s.texts.field(a, field), s.texts.field(b, field))
		},
	}
}

func rankKeys(col *column[uint32], ranks []uint64) keys {
	return keys{key: func(row int) (sortKey, bool) {
		n := col.at(row)
		return sortKey{high: ranks[n]}, n != 0
	}}
}

// choiceRanks numbers the values of a column in their order: texts as they
// are folded, numbers of custom fields as numbers and before texts, agents by
// their ids and those who are no members yet behind them.
func choiceRanks(f data.Field, c *choices) []uint64 {
	_, custom := f.CustomID()
	switch {
	case custom:
		number := make([]float64, len(c.values))
		isText := make([]bool, len(c.values))
		for i, v := range c.values {
			n, err := strconv.ParseFloat(v, 64)
			number[i], isText[i] = n, err != nil || n != n
		}
		return ranked(len(c.values), func(a, b uint32) int {
			switch {
			case isText[a] && isText[b]:
				return strings.Compare(c.folded[a], c.folded[b])
			case isText[a]:
				return 1
			case isText[b]:
				return -1
			}
			return cmp.Compare(number[a], number[b])
		})
	case f == data.FieldAgent:
		return ranked(len(c.values), func(a, b uint32) int {
			x, p := agentOf(c.values[a])
			y, q := agentOf(c.values[b])
			if (x == 0) != (y == 0) {
				return cmp.Compare(y, x)
			}
			if x != 0 {
				return cmp.Compare(x, y)
			}
			return cmp.Compare(p, q)
		})
	}
	return ranked(len(c.values), func(a, b uint32) int { return strings.Compare(c.folded[a], c.folded[b]) })
}

func (s *snapshot) tagRanks() []uint64 {
	folded := make([]string, len(s.tagNames))
	for i, name := range s.tagNames {
		folded[i] = fold.Fold(name)
	}
	byName := ranked(len(folded), func(a, b uint32) int { return strings.Compare(folded[a], folded[b]) })
	return ranked(len(s.sets), func(a, b uint32) int {
		return slices.CompareFunc(s.sets[a], s.sets[b], func(x, y uint32) int { return cmp.Compare(byName[x], byName[y]) })
	})
}

// ranked numbers n things in their order, equals alike.
func ranked(n int, compare func(a, b uint32) int) []uint64 {
	sorted := make([]uint32, n)
	for i := range sorted {
		sorted[i] = uint32(i)
	}
	slices.SortFunc(sorted, compare)
	ranks := make([]uint64, n)
	for i := 1; i < n; i++ {
		ranks[sorted[i]] = ranks[sorted[i-1]]
		if compare(sorted[i-1], sorted[i]) != 0 {
			ranks[sorted[i]]++
		}
	}
	return ranks
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

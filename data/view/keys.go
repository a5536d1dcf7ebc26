package view

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strconv"
	"strings"

	"lethe/data"
	"lethe/data/fold"
)

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
			number[i], isText[i] = n, err != nil || math.IsNaN(n)
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

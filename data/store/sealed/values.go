package sealed

import "encoding/binary"

// values are byte strings with the numbers that they are told by, one after the
// other in one piece of memory: there may be millions of them, of which a search
// needs few.
type values struct {
	bytes   []byte
	ends    []int
	numbers []int
	longest int
}

func (v *values) add(value []byte, number int) {
	v.bytes = append(v.bytes, value...)
	v.ends = append(v.ends, len(v.bytes))
	v.numbers = append(v.numbers, number)
	v.longest = max(v.longest, len(value))
}

// addPieces adds a value, piece by piece where it is long and looked for in
// unallocated bytes.
func (v *values) addPieces(value []byte, where Where, number int) {
	if where != Unallocated || len(value) <= longNeedle {
		v.add(value, number)
		return
	}
	for at := 0; at < len(value); at += pieceLength {
		at = min(at, len(value)-pieceLength) // the last piece is its end
		if piece := value[at : at+pieceLength]; !isZero(piece) {
			v.add(piece, number)
		}
	}
}

func (v *values) len() int { return len(v.ends) }

// index makes one of those that may occur where g's windows were seen; of all,
// if g is nil.
func (v *values) index(g *grams) *index {
	x := &index{values: map[string][]int{}, of: v.len()}
	begin := 0
	for i, end := range v.ends {
		value := v.bytes[begin:end]
		begin = end
		if g == nil || g.seen.has(uint64(binary.BigEndian.Uint32(value))) {
			x.values[string(value)] = append(x.values[string(value)], v.numbers[i])
		}
	}
	x.build()
	return x
}

// grams tell which windows of MinNeedle bytes occur somewhere.
type grams struct{ seen filter }

// gramBits are so many that a filter of them stays sparse while what was looked
// at is some hundred thousand bytes.
const gramBits = 1 << 23

func newGrams() *grams { return &grams{newFilter(gramBits / 64)} }

// take takes in the windows that begin in data[from:to].
func (g *grams) take(data []byte, from, to int) {
	for at := from; at < min(to, len(data)-MinNeedle+1); at++ {
		g.seen.add(uint64(binary.BigEndian.Uint32(data[at:])))
	}
}

// join takes in what another has seen.
func (g *grams) join(other *grams) {
	for i, bits := range other.seen.bits {
		g.seen.bits[i] |= bits
	}
}

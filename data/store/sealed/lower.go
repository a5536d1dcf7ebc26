package sealed

import (
	"encoding/binary"
	"unicode/utf8"
)

// lower makes the letters A to Z small, in place.
func lower(b []byte) []byte {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		binary.LittleEndian.PutUint64(b[i:], lowerEight(binary.LittleEndian.Uint64(b[i:])))
	}
	for ; i < len(b); i++ {
		b[i] = lowerByte(b[i])
	}
	return b
}

// lowerByte does so with one.
func lowerByte(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// lowerEight does so with eight: a byte's eighth bit shows, after each addition,
// whether the other seven reach a bound.
func lowerEight(v uint64) uint64 {
	const (
		ones   = 0x0101010101010101
		eighth = 0x80 * ones
		fromA  = (0x80 - 'A') * ones
		afterZ = (0x80 - 'Z' - 1) * ones
	)
	seven := v &^ eighth
	capital := (seven + fromA) &^ (seven + afterZ) &^ v & eighth
	return v | capital>>2
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

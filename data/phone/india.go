package phone

import (
	"strconv"

	"lethe/data"
)

// India's numbers of ten digits that start with 6 to 9 are all valid and need
// no look into the rules. libphonenumber takes 15 to 20 µs a number, which is
// 20 s for a million; tests hold these ways against it.

const (
	indiaCode  = 91
	indiaShift = 1e10 // after the country code
)

// fast reads "+919820098200", and with India as region also "919820098200"
// and "9820098200". It answers false for everything else.
func fast(s, region string) (data.Phone, bool) {
	switch {
	case len(s) == 13 && s[:3] == "+91":
		s = s[3:]
	case region == "IN" && len(s) == 12 && s[:2] == "91":
		s = s[2:]
	case region == "IN" && len(s) == 10:
	default:
		return 0, false
	}
	if s[0] < '6' || s[0] > '9' {
		return 0, false
	}
	n := uint64(0)
	for i := range len(s) {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + uint64(c-'0')
	}
	return data.Phone(indiaCode*indiaShift + n), true
}

// fastFormat writes India's mobile numbers whose first digits are never those
// of a fixed line: 9 and a few more.
func fastFormat(p data.Phone) (string, bool) {
	if p/indiaShift != indiaCode {
		return "", false
	}
	n := uint64(p % indiaShift)
	switch head := n / 1e8; {
	case head >= 90 && head <= 99, head == 70, head == 84, head == 85:
	default:
		return "", false
	}
	s := strconv.FormatUint(n, 10)
	return "+91 " + s[:5] + " " + s[5:], true
}

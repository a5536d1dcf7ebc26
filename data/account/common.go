package account

import (
	"strings"
	"sync"
	"unicode"

	"github.com/trustelem/zxcvbn/frequency"
)

// isCommon tells whether a password is among those that are tried first: one of
// the list, or a word of the list with digits and signs around it, also where
// letters of it are written as digits and signs ("P@ssw0rd-2024!").
func isCommon(password string) bool {
	lower := strings.ToLower(password)
	if common()[lower] {
		return true
	}
	for _, text := range []string{lower, plainLetters(lower)} {
		word := strings.TrimFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
		for word != "" {
			if common()[word] {
				return true
			}
			half, ok := twice(word)
			if !ok {
				break
			}
			word = half
		}
	}
	return false
}

// twice tells whether a word stands there twice, and which.
func twice(word string) (string, bool) {
	half := word[:len(word)/2]
	return half, len(half) > 0 && half+half == word
}

// plainLetters undoes the usual substitutions, but for digits at the end: they
// are a number.
func plainLetters(text string) string {
	end := strings.TrimRightFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	return strings.Map(func(r rune) rune {
		switch r {
		case '4', '@':
			return 'a'
		case '3':
			return 'e'
		case '1', '!', '|':
			return 'i'
		case '0':
			return 'o'
		case '5', '$':
			return 's'
		case '7':
			return 't'
		}
		return r
	}, end)
}

// common is the list: the 30,000 most frequent passwords that leaked, which
// zxcvbn keeps (D. Wheeler, USENIX Security 2016), and some of this country and
// this program. It is made when it is first asked for.
var common = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, list := range [][]string{frequency.FrequencyLists["passwords"], own()} {
		for _, word := range list {
			out[word] = true
		}
	}
	return out
})

// own are passwords that are near at hand here and in no list.
func own() []string {
	return []string{
		"mypassword", "1q2w3e4r5t6y", "q1w2e3r4t5", "q1w2e3r4t5y6", "zaq12wsxcde3", "a1b2c3d4e5", "123456789a",
		"1234554321", "12345qwert", "welcome", "letmein", "changeme", "administrator", "superadmin", "internet",
		"whatsapp", "business", "customer", "customers", "doubletick", "india", "bharat", "cricket", "sachin",
		"krishna", "ganesh", "ganpati", "jaihind", "omsairam", "mumbai", "delhi", "maharashtra", "secret",
		"trustno1trustno1", "correcthorsebatterystaple", "lethe",
	}
}

package deletion

import (
	"strconv"
	"strings"
	"unicode"

	"lethe/data/fold"
)

// countTyped tells whether text is the count, with or without the marks that
// group its digits.
func countTyped(text string, count int) bool {
	digits := strings.Map(func(r rune) rune {
		switch {
		case r == ',' || r == '.' || r == '\'' || unicode.IsSpace(r):
			return -1
		}
		return r
	}, text)
	n, err := strconv.Atoi(digits)
	return err == nil && n == count
}

// nameTyped tells whether text is the business's name; case, accents, blanks
// and Unicode form are forgiven. An empty name is never typed.
func nameTyped(text, name string) bool {
	typed, want := fold.Fold(text), fold.Fold(name)
	typed, want = strings.Join(strings.Fields(typed), " "), strings.Join(strings.Fields(want), " ")
	return want != "" && typed == want
}

package backups

import (
	"strings"
	"unicode"

	"lethe/data/fold"
)

// fileName makes a part of a file's name of a text: what some file system would
// not take becomes a blank.
func fileName(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(" -_&", r) {
			return r
		}
		return ' '
	}, fold.OneLine(text, nameLimit))
	if text = strings.Join(strings.Fields(text), " "); text == "" {
		return "Lethe"
	}
	return text
}

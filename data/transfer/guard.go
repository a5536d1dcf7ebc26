package transfer

import "strings"

// guard writes a text so that a spreadsheet takes it for a text, and Lethe for
// what it says: with an apostrophe before what would be a formula (OWASP, "CSV
// Injection"), a word for nothing, or such an apostrophe.
func guard(text string) string {
	if guarded(text) {
		return "'" + text
	}
	return text
}

// unguard takes away the apostrophe that guard, or another program, put there.
func unguard(text string) string {
	if len(text) > 1 && text[0] == '\'' && guarded(text[1:]) {
		return text[1:]
	}
	return text
}

func guarded(text string) bool {
	inner := strings.TrimLeft(text, "'")
	return startsFormula(inner) || inner != "" && isNothing(inner)
}

// startsFormula tells whether a spreadsheet would take the text for a formula,
// also as Japanese and Chinese ones read the wide signs.
func startsFormula(s string) bool {
	for _, sign := range [...]string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, sign) {
			return true
		}
	}
	return false
}

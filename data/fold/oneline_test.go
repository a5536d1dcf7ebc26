package fold_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lethe/data/fold"
)

func TestOneLine(t *testing.T) {
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{"Asha Sharma", 0, "Asha Sharma"},
		{"Asha\r\nSharma\t\u2028!", 0, "Asha Sharma !"},
		{"Asha Sharma", 11, "Asha Sharma"},
		{"Asha Sharma", 10, "Asha Shar…"},
		{"Asha Sharma", 6, "Asha…"},
		{"Asha", 1, "…"},
		{"गौरी", 3, "गौ…"},
		{"गौरी", 2, "…"},
		{"evil\u202etxt.exe", 0, "eviltxt.exe"},
		{"a\u200bb\ufeffc\u2066d", 0, "abcd"},
		{"क्\u200dष", 0, "क्\u200dष"},
		{"a\u200db", 0, "ab"},
		{"z" + strings.Repeat("\u0301", 50), 0, "z" + strings.Repeat("\u0301", 4)},
		{"\u3164\u2800x\u3164", 0, "x"},
		{"a\xffb", 0, "a\ufffdb"},
		{"שלום", 0, "שלום"},
		{" \n ", 5, ""},
	} {
		if got := fold.OneLine(c.in, c.limit); got != c.want {
			t.Errorf("OneLine(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}

func TestOneLineIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		limit := rapid.IntRange(0, 20).Draw(t, "limit")
		got := fold.OneLine(s, limit)
		if limit > 0 && utf8.RuneCountInString(got) > limit {
			t.Fatalf("%q is longer than %d", got, limit)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.In(r, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
				t.Fatalf("%q holds U+%04X", got, r)
			}
		}
		if again := fold.OneLine(got, limit); again != got {
			t.Fatalf("%q becomes %q the second time", got, again)
		}
	})
}

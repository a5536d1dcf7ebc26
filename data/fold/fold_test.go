package fold_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"lethe/data/fold"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"José":                   "jose",
		"JOSE\u0301 ":            "jose",
		"  Asha \t\n Sharma  ":   "asha sharma",
		"Straße":                 "strasse",
		"STRASSE":                "strasse",
		"ΟΔΟΣ":                   "οδοσ",
		"οδός":                   "οδοσ",
		"İstanbul":               "istanbul",
		"ılıca":                  "ilica",
		"Łódź":                   "lodz",
		"Ærø":                    "aero",
		"ﬁne Ｗｉｄｅ":               "fine wide",
		"गौरी":                   "गौरी",
		"गोरी":                   "गोरी",
		"ज़ाकिर":                 "जाकिर",
		"९८२००":                  "98200",
		"क्\u200dष":              "क्ष",
		"a\u200bb\u202ec\u00add": "abcd",
		"Йод":                    "иод",
		"がか":                     "か\u3099か",
		"x\x00y":                 "x y",
		"Ⅳ":                      "iv",
		"\u0301":                 "",
		"\u00a0a\u00a0":          "a",
	} {
		if got := fold.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

// Folding twice is folding once, for every character there is and for texts.
func TestFoldSettles(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		once := fold.Fold("a" + string(r) + "b")
		if twice := fold.Fold(once); twice != once {
			t.Fatalf("U+%04X: %q folds on to %q", r, once, twice)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		once := fold.Fold(s)
		if fold.Fold(once) != once {
			t.Fatalf("%q folds to %q and on to %q", s, once, fold.Fold(once))
		}
		if strings.Contains(once, "  ") || strings.TrimSpace(once) != once || !utf8.ValidString(once) {
			t.Fatalf("%q folds to %q", s, once)
		}
		if got := string(fold.Append([]byte("A "), s)); got != "A "+once {
			t.Fatalf("Append gives %q, want %q behind", got, once)
		}
	})
}

func TestDigits(t *testing.T) {
	for _, c := range []struct {
		in, want string
		ok       bool
	}{
		{"98200 51", "9820051", true},
		{"+91 98200-51", "919820051", true},
		{"0091 98200", "9198200", true},
		{"098200 98200", "9820098200", true},
		{"0204", "0204", true},
		{"0", "0", true},
		{"00", "00", true},
		{"(022) 2345.6789", "2223456789", true},
		{"९८२००", "98200", true},
		{"\u202a+91\u00a098200\u202c", "9198200", true},
		{"98200–51", "9820051", true},
		{"5", "5", true},
		{"", "", false},
		{"+", "", false},
		{"-", "", false},
		{"5+5", "", false},
		{"a5", "", false},
		{"5 rue", "", false},
	} {
		if got, ok := fold.Digits(c.in); got != c.want || ok != c.ok {
			t.Errorf("Digits(%q) = %q, %v, want %q, %v", c.in, got, ok, c.want, c.ok)
		}
	}
}

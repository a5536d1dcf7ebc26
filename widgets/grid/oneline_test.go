package grid

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"lethe/widgets/lettering"
)

func TestOneLine(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"plain":              {"Asha Sharma", "Asha Sharma"},
		"empty":              {"", ""},
		"breaks":             {"one\r\ntwo\u2028three\vfour", "one two three four"},
		"spaces at the ends": {"  a \t b  ", "a b"},
		"directions":         {"abc\u202efdp.exe\u202c", "abcfdp.exe"},
		"zero width":         {"pass\u200bword\ufeff\u2060", "password"},
		"null and escape":    {"a\x00\x1b[31mb", "a [31mb"},
		"not UTF-8":          {"a\xffb", "a\ufffdb"},
		"Devanagari":         {"गौरी कुलकर्णी", "गौरी कुलकर्णी"},
		"a joined emoji":     {"👩\u200d👧", "👩\u200d👧"},
		"fillers":            {"a\u3164\u115fb", "ab"},
		"a pile of marks":    {"Z" + strings.Repeat("\u0335", 50) + "o", "Z" + strings.Repeat("\u0335", maxMarks) + "o"},
		"right to left":      {"שלום\nעולם", "שלום עולם"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := OneLine(tt.in); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzOneLine(f *testing.F) {
	for _, s := range []string{"", "a b", " \t", "a\nb", "\xff\x00", "e\u0301\u0301", "\u202e", "👩\u200d👧", "क्ष"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line := OneLine(s)
		if !utf8.ValidString(line) {
			t.Fatalf("%q is not UTF-8", line)
		}
		if again := OneLine(line); again != line {
			t.Fatalf("%q, and again %q", line, again)
		}
		if strings.TrimSpace(line) != line || strings.Contains(line, "  ") {
			t.Fatalf("spaces in %q", line)
		}
		for _, r := range line {
			if unicode.IsControl(r) || invisible(r) {
				t.Fatalf("%U in %q", r, line)
			}
		}
		for n := range 6 {
			if cut := cutBefore(line, n); !strings.HasPrefix(line, cut) || utf8.RuneCountInString(cut) > n {
				t.Fatalf("%d characters of %q: %q", n, line, cut)
			}
		}
	})
}

func TestCutBefore_KeepsCharactersWhole(t *testing.T) {
	tests := []struct {
		in   string
		n    int
		want string
	}{
		{"abc", 2, "ab"},
		{"abc", 9, "abc"},
		{"e\u0301a", 1, ""},
		{"ae\u0301", 2, "a"},
		{"a👩\u200d👧", 2, "a"},
		{"a👩\u200d👧", 3, "a"},
		{"कुल", 1, ""},
	}
	for _, tt := range tests {
		if got := cutBefore(tt.in, tt.n); got != tt.want {
			t.Errorf("%d of %q: got %q, want %q", tt.n, tt.in, got, tt.want)
		}
	}
}

func TestFit_CutsToTheWidth(t *testing.T) {
	test.NewTempApp(t)
	f := newFitter(lettering.Of(theme.DefaultTheme().Font(fyne.TextStyle{})), 14, fyne.TextStyle{})
	texts := []string{
		"Asha Sharma", "i", strings.Repeat("i", 10_000), strings.Repeat("W ", 5_000),
		strings.Repeat("line\n", 2_000), strings.Repeat("गौरी ", 2_000), "e" + strings.Repeat("\u0301", 10_000),
	}
	for _, s := range texts {
		for width := float32(0); width < 300; width += 7 {
			got := f.fit(s, width)
			if wide := f.width(got); wide > width && got != ellipsis {
				t.Errorf("%.20q is %g wide in %g", got, wide, width)
			}
			whole := OneLine(s)
			if f.width(whole) <= width && got != whole {
				t.Errorf("%.20q fits in %g, yet is cut to %.20q", whole, width, got)
			}
			if strings.HasSuffix(got, ellipsis) && !strings.HasPrefix(whole, strings.TrimSuffix(got, ellipsis)) {
				t.Errorf("%.20q is not the beginning of %.20q", got, whole)
			}
		}
	}
}

func TestFit_LosesNoMoreThanACharacter(t *testing.T) {
	test.NewTempApp(t)
	f := newFitter(lettering.Of(theme.DefaultTheme().Font(fyne.TextStyle{})), 14, fyne.TextStyle{})
	s := strings.Repeat("Thiruvananthapuram ", 20)
	for width := float32(40); width < 400; width += 13 {
		got := f.fit(s, width)
		next := s[:len(got)-len(ellipsis)+2] + ellipsis
		if f.width(next) <= width-f.width("m") {
			t.Errorf("%q in %g, where %q fits", got, width, next)
		}
	}
}

func TestWrap_TwoLinesAtMost(t *testing.T) {
	test.NewTempApp(t)
	f := newFitter(lettering.Of(theme.DefaultTheme().Font(fyne.TextStyle{Bold: true})), 11, fyne.TextStyle{Bold: true})
	if got := f.wrap("Customer Date Created", 400); len(got) != 1 {
		t.Errorf("wide: %q", got)
	}
	got := f.wrap("Customer Date Created", f.width("Customer Date")+4)
	if len(got) != 2 || got[0] != "Customer Date" || got[1] != "Created" {
		t.Errorf("narrow: %q", got)
	}
	got = f.wrap("Donaudampfschifffahrtsgesellschaft", 60)
	if len(got) != 1 || !strings.HasSuffix(got[0], ellipsis) {
		t.Errorf("one word: %q", got)
	}
}

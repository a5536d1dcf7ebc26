package store

import (
	"strings"
	"testing"

	"lethe/data"
)

// Whatever piece of a deleted value is left over is found, in whatever case.
func TestWhatTheScrubLooksFor(t *testing.T) {
	r := newResidue()
	long := "Rang about the parcel. " + strings.Repeat("Nothing more was said then. ", 5) +
		"The key lies with her neighbour Meera Iyer, flat 12, second floor, behind the temple"
	accented := "É" + strings.Repeat("é", 200) // two bytes each, so that the end is cut within one
	for _, text := range []string{"Asha Kulkarni", "asha@example.com", long, accented, "Om"} {
		r.text(text)
	}
	r.phones[data.Phone(919820012345)] = struct{}{}
	if n := r.Values(); n != 5 {
		t.Errorf("%d values", n)
	}
	needles := r.needles()
	for text, want := range map[string]bool{
		"xx Asha Kulkarni xx":      true,
		"ASHA KULKARNI":            true,
		"with her neighbour Meera": false, // a piece shorter than those that are looked for
		long[:len(long)-20]:        true,
		long[60:]:                  true,
		long[130:]:                 true,
		strings.ToUpper(long):      true,
		accented[:260]:             true,
		strings.ToUpper(accented):  true,
		"+91 9820012345":           true,
		"09820012345":              true,
		"9820012345":               true,
		"98200 12345":              false, // as nobody stores it
		"\x00\xd6\x29\x8b\x8b\x39": true,  // as a record holds 919820012345
		"Omkar":                    false,
	} {
		if got := len(needles.In(text)) > 0; got != want {
			t.Errorf("%.60q is found: %v", text, got)
		}
	}
}

func TestABeginningHasWholeLetters(t *testing.T) {
	for _, c := range []struct {
		text string
		most int
		want string
	}{{"short", 10, "short"}, {"exact", 5, "exact"}, {"longer", 4, "long"}, {"नमस्ते", 7, "नम"}, {"é", 1, ""}} {
		if got := beginning(c.text, c.most); got != c.want {
			t.Errorf("%q to %d: %q", c.text, c.most, got)
		}
	}
}

package sealed

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Whatever the needles find in a text, the runs let pass: nobody who is
// mentioned is left out.
func TestRuns_LeaveNobodyOut(t *testing.T) {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("aAbBkKéÉßश ıİ1@.")), 0, 14, -1)
	rapid.Check(t, func(t *rapid.T) {
		value := letters.Draw(t, "value")
		text := letters.Draw(t, "before") + recased(value, rapid.IntRange(0, 2).Draw(t, "case")) + letters.Draw(t, "after")
		some := NewRuns()
		some.Add(text)
		needles := NewNeedles()
		needles.AddText(value, Anywhere)
		if len(needles.In(text)) > 0 && !some.May(value) {
			t.Fatalf("%q stands in %q", value, text)
		}
	})
}

func recased(s string, how int) string {
	switch how {
	case 1:
		return strings.ToLower(s)
	case 2:
		return strings.ToUpper(s)
	}
	return s
}

func TestRuns_LeaveMostOut(t *testing.T) {
	some := NewRuns()
	some.Add("Call Gauri Kulkarni on Monday, +91 98200 51234")
	for value, want := range map[string]bool{
		"gauri KULKARNI": true, "Gauri Kamble": false, "Asha Sharma": false,
		"98200 51234": true, "9820051235": false, "monday": true, "sunday": false,
		"short": true, // too short to tell
	} {
		if got := some.May(value); got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
}

package initials_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"lethe/widgets/initials"
)

func TestOf(t *testing.T) {
	for name, want := range map[string]string{
		"Asha Sharma":           "AS",
		"asha":                  "A",
		"  Ravi  Kumar  Patel ": "RP",
		"":                      "",
		"—":                     "",
		"O'Neil (Mumbai)":       "OM",
		"ऋतु देशमुख":            "ऋदे",
		"क्षमा जोशी":            "क्षजो",
		"e\u0301milie zola":     "E\u0301Z",
		"2nd Street":            "2S",
		"Anne-Marie":            "AM",
	} {
		if got := initials.Of(name); got != want {
			t.Errorf("Of(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestBadge(t *testing.T) {
	test.NewTempApp(t)
	b := initials.New("Asha Sharma", 40)
	test.AssertObjectRendersToMarkup(t, "badge.xml", b)
	b.SetName("Ravi")
	if b.Text() != "R" {
		t.Errorf("text %q", b.Text())
	}
	if b.MinSize().Width != 40 || b.MinSize().Height != 40 {
		t.Errorf("size %v", b.MinSize())
	}
}

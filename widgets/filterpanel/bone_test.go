package filterpanel_test

import (
	"testing"

	"fyne.io/fyne/v2/test"

	"lethe/widgets/filterpanel"
)

func TestASectionThatWaitsKeepsItsHeight(t *testing.T) {
	test.NewTempApp(t)
	values := []filterpanel.Value{{Key: "a", Label: "Mumbai", Count: 3}, {Key: "b", Label: "Surat", Count: 2}, {Key: "c", Label: "Pune", Count: 1}}
	s := filterpanel.NewSection("City", filterpanel.Words{})
	low := s.MinSize().Height
	s.SetWaiting(3)
	waiting := s.MinSize().Height
	if waiting <= low {
		t.Errorf("no room is kept: %v", waiting)
	}
	s.SetValues(values)
	if got := s.MinSize().Height; got != waiting {
		t.Errorf("it jumps from %v to %v", waiting, got)
	}
	s.SetWaiting(0)
	s.SetValues(nil)
	if got := s.MinSize().Height; got != low {
		t.Errorf("room is kept for nobody: %v, was %v", got, low)
	}
}

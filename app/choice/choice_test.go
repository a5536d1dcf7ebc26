package choice

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestSelect(t *testing.T) {
	test.NewTempApp(t)
	var chosen []string
	s := New([]Option{{"a", "First"}, {"b", "Second"}}, "a", func(v string) { chosen = append(chosen, v) })
	w := test.NewTempWindow(t, s)
	s.Set("b")
	if s.Value() != "b" || s.Selected != "Second" || len(chosen) != 0 {
		t.Errorf("%q, told %q", s.Value(), chosen)
	}
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if s.Value() != "a" || len(chosen) != 1 || chosen[0] != "a" {
		t.Errorf("%q, told %q", s.Value(), chosen)
	}
	bubbled := false
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { bubbled = true })
	s.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !bubbled {
		t.Error("Escape doesn’t bubble")
	}
	s.SetList([]Option{{"c", "Third"}}, "gone")
	if s.Value() != "" || len(chosen) != 1 {
		t.Errorf("%q, told %q", s.Value(), chosen)
	}
}

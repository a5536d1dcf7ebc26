package customers

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"lethe/data/fold"
	"lethe/widgets/keys"
)

// suggestions is how many values are offered to complete what is typed.
const suggestions = 5

// suggest offers values that are in the list already, under an entry, while a
// part of them is typed.
type suggest struct {
	all   func() []string // the most frequent first
	taken func(string)
	box   *fyne.Container
}

func newSuggest(all func() []string, taken func(string)) *suggest {
	s := &suggest{all: all, taken: taken, box: container.NewVBox()}
	s.box.Hide()
	return s
}

// typed offers what fits a text.
func (s *suggest) typed(text string) {
	s.box.RemoveAll()
	for _, v := range s.fitting(text) {
		b := keys.NewButton(fold.OneLine(v, 60), func() {
			s.hide()
			s.taken(v)
		})
		b.Alignment, b.Importance, b.EnterPresses = widget.ButtonAlignLeading, widget.LowImportance, true
		s.box.Add(b)
	}
	setVisible(s.box, len(s.box.Objects) > 0)
}

func (s *suggest) hide() {
	s.box.RemoveAll()
	setVisible(s.box, false)
}

// fitting lists the values that begin with a text, then those that hold it;
// none where the text is one of them.
func (s *suggest) fitting(text string) []string {
	part := fold.Fold(strings.TrimSpace(text))
	if part == "" {
		return nil
	}
	var first, then []string
	for _, v := range s.all() {
		folded := fold.Fold(v)
		switch {
		case v == "":
		case v == strings.TrimSpace(text):
			return nil
		case strings.HasPrefix(folded, part):
			first = append(first, v)
		case strings.Contains(folded, part):
			then = append(then, v)
		}
		if len(first) == suggestions {
			break
		}
	}
	out := append(first, then...)
	return out[:min(len(out), suggestions)]
}

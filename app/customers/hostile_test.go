package customers

import (
	"strings"
	"testing"
	"unicode"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
)

// TestHostileTexts: what strangers wrote neither breaks a row nor misleads.
func TestHostileTexts(t *testing.T) {
	k := desktest.New(t)
	names := []string{
		strings.Repeat("Gauri Kulkarni ", 700),
		strings.Repeat("M", 10000),
		"Line\r\none\u2028two\x00\x07three",
		"\u202eirauG\u202c \u2066hidden\u2069",
		"Zero\u200bwidth\u200b\u200d\ufeff name",
		"גאורי قلقرني",
		"a" + strings.Repeat("\u0301", 5000),
		"   ",
	}
	fill(t, k, []string{"Odd\nfield\u202e"}, func(yield func(*store.ImportRow) error) error {
		for i, name := range names {
			row := store.ImportRow{
				Customer: data.Customer{
					Name: name, WhatsAppName: name, Company: name, City: name, Source: name,
					Email: name, Tags: []string{name + "t"}, Phone: 919820010001 + data.Phone(i),
				},
				Custom: map[string]string{"Odd\nfield\u202e": name},
				Note:   name,
			}
			if err := yield(&row); err != nil {
				return err
			}
		}
		return nil
	})
	s := sit(t, k)
	if len(s.rows.ids) != len(names) {
		t.Fatalf("%d rows", len(s.rows.ids))
	}
	check := func(where, text string, most int) {
		t.Helper()
		if n := len([]rune(text)); n > most {
			t.Errorf("%s has %d characters", where, n)
		}
		for _, r := range text {
			if r != '\n' && (unicode.IsControl(r) || strings.ContainsRune("\u200b\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\ufeff", r)) {
				t.Errorf("%s holds %U", where, r)
				return
			}
		}
	}
	for row := range s.rows.ids {
		for _, f := range s.columns.all() {
			c := s.rows.Cell(row, string(f))
			check(string(f), c.Text, cellText)
			for _, chip := range c.Chips {
				check("chip", chip, cellText)
			}
			if strings.Contains(c.Text, "\n") {
				t.Errorf("%s has two lines", f)
			}
		}
		s.open(s.rows.ids[row])
		for _, text := range texts(s.kit.Window) {
			check("the window", text, noteText+noteLines+1)
		}
		if size := s.details.body.MinSize(); size.Width > detailsWidth {
			t.Errorf("the details grew to %v", size.Width)
		}
	}
	s.details.close()
	for _, v := range s.choice(t, data.FieldCity).box.Values() {
		check("the sidebar", v.Label, cellText)
	}
	s.tickValue(t, data.FieldCity, names[1])
	s.bar.entry.SetText(names[3])
	for _, chip := range s.strip.chips.Chips() {
		check("a chip", chip.Text, cellText)
	}
	check("the empty state", s.empty.text.Text, cellText)
	s.bar.entry.SetText(strings.Repeat("x", 100000))
	if n := len(s.filter.Search); n > searchLimit {
		t.Errorf("%d characters are searched for", n)
	}
	if got := s.Content().MinSize(); got.Width > 1000 {
		t.Errorf("the page grew to %v", got)
	}
}

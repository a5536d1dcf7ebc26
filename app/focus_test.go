package app_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"lethe/app"
	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/widgets/keys"
)

// tabs presses Tab until the focus is where it was, there and back, and fails where
// what has it can't be seen.
func tabs(t *testing.T, k *desktest.Kit, where string) {
	t.Helper()
	c := k.Window.Canvas()
	for name, press := range map[string]func(){"Tab": c.FocusNext, "Shift+Tab": c.FocusPrevious} {
		seen := map[fyne.Focusable]bool{}
		for range 400 {
			press()
			f := c.Focused()
			if f == nil || seen[f] {
				break
			}
			seen[f] = true
			if hidden := desktest.FocusHidden(k.Window); hidden != "" {
				t.Errorf("%s, %s: %s", where, name, hidden)
			}
		}
		if len(seen) == 0 {
			t.Errorf("%s: %s reaches nothing", where, name)
		}
	}
}

// TestTabBringsTheFocusIntoView goes through all pages and what they open by Tab,
// in windows as small as a scale of 200 % makes one of 800×600 and a little larger.
func TestTabBringsTheFocusIntoView(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 400, Height: 300}, {Width: 533, Height: 400}, smallest} {
		k := desktest.New(t)
		k.Real.Fill(t, k.Real.Owner, 919811000000, 60)
		k.Real.Add(t, "Neha Joshi", 3)
		if _, err := k.Real.AddField(t.Context(), k.Real.Owner, data.CustomField{Name: "Stage", Kind: data.FieldList, Options: []string{"Hot"}}); err != nil {
			t.Fatal(err)
		}
		k.Settle()
		s := inside(t, k, size)
		k.Window.SetContent(keys.NewOuter(s.Content()))
		k.Window.Resize(size)
		for _, e := range app.Pages() {
			s.Visit(e.ID)
			k.Settle()
			if got := k.Window.Canvas().Size(); got != size {
				t.Fatalf("%s: the window is %v", e.ID, got)
			}
			tabs(t, k, e.ID)
			if e.ID == "customers" {
				s.Shortcut(ctrl(fyne.KeyN))
				k.Settle()
				if !desktest.Says(k.Window, "New customer") {
					t.Fatal("there is no form")
				}
				tabs(t, k, "a new customer")
				s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
				desktest.Press(t, k.Window, k.Words.T("customers.filters"))
				tabs(t, k, "filters")
				s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
			}
			for _, id := range dialogs[e.ID] {
				desktest.Press(t, k.Window, k.Words.T(id))
				overlays := k.Window.Canvas().Overlays()
				if overlays.Top() == nil {
					t.Fatalf("%s opens nothing", id)
				}
				tabs(t, k, id)
				for overlays.Top() != nil {
					overlays.Remove(overlays.Top())
				}
			}
		}
	}
}

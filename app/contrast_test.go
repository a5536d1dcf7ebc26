package app_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"lethe/app"
	"lethe/app/about"
	"lethe/app/desk/desktest"
	"lethe/app/look"
)

// readable is the least contrast of text, by WCAG 2.1 level AA.
const readable = 4.5

// TestEveryTextIsReadable computes the contrast of each pair of colours that
// the pages and their dialogs use, light and dark.
func TestEveryTextIsReadable(t *testing.T) {
	for _, variant := range []look.Variant{look.Light, look.Dark} {
		t.Run(string(variant), func(t *testing.T) {
			k := desktest.New(t)
			fyne.CurrentApp().Settings().SetTheme(look.New(variant))
			s := filled(t, k)
			pairs := map[string]bool{}
			check := func(where string) {
				t.Helper()
				k.Settle()
				for _, p := range desktest.Pairs(k.Window) {
					pairs[p.String()[:len("#000000 on #000000")]] = true
					if p.Contrast < readable {
						t.Errorf("%s: %s", where, p)
					}
				}
			}
			closeAll := func() {
				for o := k.Window.Canvas().Overlays(); o.Top() != nil; {
					o.Remove(o.Top())
				}
			}
			for _, e := range app.Pages() {
				s.Visit(e.ID)
				check(e.ID)
				for _, id := range dialogs[e.ID] {
					desktest.Press(t, k.Window, k.Words.T(id))
					check(id)
					closeAll()
				}
			}
			s.Visit("customers")
			s.Shortcut(&fyne.ShortcutSelectAll{})
			check("everybody is selected")
			s.Key(&fyne.KeyEvent{Name: fyne.KeyDelete})
			check("the refused deletion")
			closeAll()
			k.Real.Enrol(t)
			k.Settle()
			s.Key(&fyne.KeyEvent{Name: fyne.KeyDelete})
			check("the deletion with an OTP")
			closeAll()
			s.Shortcut(ctrl(fyne.KeyN))
			check("a new customer")
			s.Sheet()
			check("the sheet of shortcuts")
			closeAll()
			about.Show(k.Desk, true)
			check("about")
			for _, o := range focusables(k.Window) {
				k.Window.Canvas().Focus(o)
				check("a button in focus")
			}
			t.Logf("%d pairs of colours", len(pairs))
			if len(pairs) < 8 {
				t.Errorf("only %d pairs of colours were found", len(pairs))
			}
		})
	}
}

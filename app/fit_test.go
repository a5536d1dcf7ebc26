package app_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"

	"lethe/app"
	"lethe/app/country"
	"lethe/app/desk/desktest"
	"lethe/app/shell"
	"lethe/app/words"
	"lethe/app/words/pseudo"
	"lethe/assets"
	"lethe/data"
)

// smallest is the window that everything has to fit into.
var smallest = fyne.NewSize(800, 600)

// inside opens the window with all pages for who sits at the desk.
func inside(t *testing.T, k *desktest.Kit, size fyne.Size) *shell.Shell {
	t.Helper()
	k.Window.SetPadded(false)
	s := shell.New(k.Desk, shell.Options{Entries: app.Pages()})
	k.Window.SetContent(s.Content())
	k.Window.Resize(size)
	s.Start()
	t.Cleanup(s.Close)
	return s
}

// dialogs are what the pages' own buttons open, by the buttons' texts.
var dialogs = map[string][]string{
	"customers": {"customers.delete_all", "customers.export"},
	"audit":     {"auditlog.check"},
	"team":      {"team.invite"},
	"settings": {
		"settings.password_change", "settings.key_turn", "schema.add_field", "settings.recovery_make",
		"settings.otp_set_up", "settings.mail_set_up", "settings.whatsapp_set_up", "backups.make", "backups.rolling_set",
	},
}

func nothingCutOff(t *testing.T, k *desktest.Kit, where string) {
	t.Helper()
	for _, text := range desktest.CutOff(k.Window) {
		t.Errorf("%s: %s", where, text)
	}
}

// TestNothingIsCutOffInAnyLanguage walks through the pages, and what they open, in the
// smallest window.
func TestNothingIsCutOffInAnyLanguage(t *testing.T) {
	languages, err := words.Languages(assets.Translations)
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range languages {
		t.Run(lang, func(t *testing.T) {
			k := desktest.Speaking(t, lang)
			k.Real.Fill(t, k.Real.Owner, 919811000000, 60)
			k.Real.Add(t, "Neha Joshi", 3)
			if _, err := k.Real.AddField(t.Context(), k.Real.Owner, data.CustomField{Name: "Stage", Kind: data.FieldList, Options: []string{"Hot"}}); err != nil {
				t.Fatal(err)
			}
			k.Settle()
			s := inside(t, k, smallest)
			for _, e := range app.Pages() {
				s.Visit(e.ID)
				k.Settle()
				if got := k.Window.Canvas().Size(); got != smallest {
					t.Fatalf("%s: the window is %v", e.ID, got)
				}
				if need := s.Content().MinSize(); need.Width > smallest.Width || need.Height > smallest.Height {
					t.Errorf("%s: the window can't get smaller than %v", e.ID, need)
				}
				nothingCutOff(t, k, e.ID)
				for _, id := range dialogs[e.ID] {
					desktest.Press(t, k.Window, k.Words.T(id))
					overlays := k.Window.Canvas().Overlays()
					if overlays.Top() == nil {
						t.Fatalf("%s opens nothing", id)
					}
					nothingCutOff(t, k, id)
					for overlays.Top() != nil {
						overlays.Remove(overlays.Top())
					}
				}
				if e.ID == "customers" {
					narrowed(t, k, s)
				}
			}
		})
	}
}

// narrowed looks at what there is to do with a list that is narrowed, with a row
// and with a customer.
func narrowed(t *testing.T, k *desktest.Kit, s *shell.Shell) {
	t.Helper()
	overlays := k.Window.Canvas().Overlays()
	look := func(where string) {
		t.Helper()
		k.Settle()
		nothingCutOff(t, k, where)
		for overlays.Top() != nil {
			overlays.Remove(overlays.Top())
		}
	}
	s.Shortcut(ctrl(fyne.KeyF))
	desktest.Type(k.Window, "Person")
	k.Settle()
	look("a narrowed list")
	for _, one := range []struct{ press, where string }{
		{k.Words.T("customers.create_segment"), "a new segment"},
		{k.Words.T("customers.delete_filtered", "Count", k.Words.Number(k.View.Len())), "Delete Filtered"},
	} {
		desktest.Press(t, k.Window, one.press)
		k.Settle()
		if overlays.Top() == nil {
			t.Fatalf("%s: nothing opens", one.where)
		}
		look(one.where)
	}
	s.Shortcut(ctrl(fyne.KeyF))
	for range "Person" {
		desktest.Key(k.Window, fyne.KeyBackspace)
	}
	k.Settle()
	s.Sheet()
	look("the sheet of shortcuts")
	s.Shortcut(ctrl(fyne.KeyN))
	look("a new customer")
	s.Key(&fyne.KeyEvent{Name: fyne.KeyEscape})
	s.Shortcut(&fyne.ShortcutSelectAll{})
	look("everybody selected")
	s.Key(&fyne.KeyEvent{Name: fyne.KeyDelete})
	look("Delete of everybody selected")
}

// TestEveryTextIsTranslated speaks the made-up language: what comes without its
// brackets was not taken from the translations, but for what people entered.
func TestEveryTextIsTranslated(t *testing.T) {
	k := desktest.Speaking(t, pseudo.Language)
	s := inside(t, k, fyne.NewSize(1280, 800))
	entered := []string{
		"Asha Sharma", "Asha", "AS", "Sharma Traders", "Lethe", country.Name(k.Words, "IN"),
		k.Words.DateTime(k.Clock()), k.Store.Dir(),
	}
	for _, e := range app.Pages() {
		s.Visit(e.ID)
		k.Settle()
		depth := 0
		for _, text := range desktest.Texts(k.Window) {
			depth += strings.Count(text, pseudo.Open)
			told := depth > 0
			depth -= strings.Count(text, pseudo.Close)
			if !told && strings.ContainsFunc(text, unicode.IsLetter) && !slices.Contains(entered, text) {
				t.Errorf("%s: %q isn't from the translations", e.ID, text)
			}
		}
	}
}

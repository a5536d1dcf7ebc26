package app_test

import (
	"fmt"
	"image"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk/desktest"
	"lethe/app/shell"
	"lethe/widgets/confirm"
)

func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

// pressed is all that the sheet of shortcuts tells of, but locking, which works
// through dialogs by intention.
var pressed = []struct {
	name  string
	press func(*shell.Shell)
}{
	{"Ctrl+F", func(s *shell.Shell) { s.Shortcut(ctrl(fyne.KeyF)) }},
	{"Ctrl+A", func(s *shell.Shell) { s.Shortcut(&fyne.ShortcutSelectAll{}) }},
	{"Ctrl+I", func(s *shell.Shell) { s.Shortcut(ctrl(fyne.KeyI)) }},
	{"Ctrl+E", func(s *shell.Shell) { s.Shortcut(ctrl(fyne.KeyE)) }},
	{"Ctrl+N", func(s *shell.Shell) { s.Shortcut(ctrl(fyne.KeyN)) }},
	{"Ctrl+,", func(s *shell.Shell) { s.Shortcut(ctrl(fyne.KeyComma)) }},
	{"F1", func(s *shell.Shell) { s.Key(&fyne.KeyEvent{Name: fyne.KeyF1}) }},
	{"F2", func(s *shell.Shell) { s.Key(&fyne.KeyEvent{Name: fyne.KeyF2}) }},
	{"F5", func(s *shell.Shell) { s.Key(&fyne.KeyEvent{Name: fyne.KeyF5}) }},
	{"Delete", func(s *shell.Shell) { s.Key(&fyne.KeyEvent{Name: fyne.KeyDelete}) }},
}

// filled is a window over a list with customers.
func filled(t *testing.T, k *desktest.Kit) *shell.Shell {
	t.Helper()
	k.Real.Fill(t, k.Real.Owner, 919811000000, 30)
	k.Settle()
	s := inside(t, k, fyne.NewSize(1280, 800))
	k.Settle()
	return s
}

func TestNoShortcutReachesBehindADialog(t *testing.T) {
	k := desktest.New(t)
	s := filled(t, k)
	for _, one := range pressed {
		dialog := confirm.NewInfo(k.Window.Canvas(), "Something to read", widget.NewLabel("It is over the page."), "Close")
		dialog.Show()
		top, texts, page, asked := k.Window.Canvas().Overlays().Top(), desktest.Texts(k.Window), s.Page().ID(), len(k.Answers.Asked)
		focus := k.Window.Canvas().Focused()
		one.press(s)
		k.Settle()
		if k.Window.Canvas().Overlays().Top() != top || !slices.Equal(desktest.Texts(k.Window), texts) ||
			s.Page().ID() != page || len(k.Answers.Asked) != asked || k.Window.Canvas().Focused() != focus {
			t.Errorf("%s fires behind a dialog", one.name)
		}
		dialog.Hide()
	}
	if k.Locks != 0 {
		t.Fatal("something locked")
	}
	confirm.NewInfo(k.Window.Canvas(), "Something to read", widget.NewLabel("It is over the page."), "Close").Show()
	s.Shortcut(ctrl(fyne.KeyL))
	if k.Locks != 1 {
		t.Error("Ctrl+L doesn't lock through a dialog")
	}
}

func TestNoShortcutWithoutTheRight(t *testing.T) {
	owner := desktest.New(t)
	owner.Real.Fill(t, owner.Real.Owner, 919811000000, 30)
	k := owner.As(t, owner.Real.Add(t, "Neha Joshi", 3))
	k.Settle()
	s := inside(t, k, fyne.NewSize(1280, 800))
	k.Settle()
	before := desktest.Texts(k.Window)
	for _, one := range pressed {
		switch one.name {
		case "Ctrl+A", "Ctrl+I", "Ctrl+E", "Ctrl+N", "F2", "Delete":
		default:
			continue // everybody's
		}
		one.press(s)
		k.Settle()
		if k.Window.Canvas().Overlays().Top() != nil || !slices.Equal(desktest.Texts(k.Window), before) || len(k.Answers.Asked) > 0 {
			t.Errorf("%s does something for a Team Lead: %q", one.name, desktest.Texts(k.Window))
		}
	}
	s.Sheet()
	for _, text := range []string{"Ctrl+I", "Ctrl+E", "Ctrl+N", "Ctrl+A", "F2", "Delete", "Tick the customer"} {
		if desktest.Says(k.Window, text) {
			t.Errorf("the sheet offers %q to a Team Lead", text)
		}
	}
	if !desktest.Says(k.Window, "Ctrl+F") || !desktest.Says(k.Window, "Enter") {
		t.Errorf("the sheet lacks what everybody has: %q", desktest.Texts(k.Window))
	}
}

func TestShortcutsDoWhatTheSheetSays(t *testing.T) {
	k := desktest.New(t)
	s := filled(t, k)
	overlays := k.Window.Canvas().Overlays()
	says := func(press int, text string) {
		t.Helper()
		one := pressed[press]
		one.press(s)
		k.Settle()
		if !desktest.Says(k.Window, text) {
			t.Errorf("%s doesn't lead to %q but %q", one.name, text, desktest.Texts(k.Window))
		}
		for overlays.Top() != nil {
			overlays.Remove(overlays.Top())
		}
	}
	find := func(name string) int {
		return slices.IndexFunc(pressed, func(one struct {
			name  string
			press func(*shell.Shell)
		},
		) bool {
			return one.name == name
		})
	}
	says(find("F1"), "What the keyboard does")
	says(find("Ctrl+E"), "Export customers")
	says(find("Ctrl+A"), "30 Selected Items")
	says(find("Delete"), "A deletion this large takes an OTP")
	s.Visit("audit")
	says(find("Ctrl+E"), "Export customers")
	s.Visit("audit")
	says(find("Ctrl+N"), "New customer")
	says(find("Ctrl+,"), "Your password")
	if s.Page().ID() != "settings" {
		t.Errorf("Ctrl+, leads to %s", s.Page().ID())
	}
	says(find("Ctrl+I"), "All customers")
	if len(k.Answers.Asked) != 1 {
		t.Errorf("Ctrl+I asked for %q", k.Answers.Asked)
	}
	says(find("Ctrl+F"), "All customers")
	if k.Window.Canvas().Focused() == nil {
		t.Error("Ctrl+F focuses nothing")
	}
	// Wherever the focus is: F1 is the window's.
	k.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if !desktest.Says(k.Window, "What the keyboard does") {
		t.Error("F1 from the search shows no sheet")
	}
}

// focusables are what Tab has to reach, in the order of the tree.
func focusables(w fyne.Window) []fyne.Focusable {
	var out []fyne.Focusable
	for _, o := range desktest.Objects(w) {
		f, ok := o.(fyne.Focusable)
		if !ok {
			continue
		}
		if d, ok := o.(fyne.Disableable); ok && d.Disabled() {
			continue
		}
		out = append(out, f)
	}
	return out
}

// TestTabReachesEverything goes round each page by Tab: everything that takes
// keys comes once, what stands in one row of buttons from left to right, and
// then it begins anew.
func TestTabReachesEverything(t *testing.T) {
	k := desktest.New(t)
	s := filled(t, k)
	c := k.Window.Canvas()
	for _, id := range []string{"customers", "audit", "outbox", "team", "roles", "settings"} {
		s.Visit(id)
		k.Settle()
		want := focusables(k.Window)
		c.Unfocus()
		var got []fyne.Focusable
		for range want {
			c.FocusNext()
			got = append(got, c.Focused())
		}
		for _, f := range want {
			if !slices.Contains(got, f) {
				t.Errorf("%s: Tab doesn't reach %T of %v", id, f, f.(fyne.CanvasObject).Position())
			}
		}
		c.FocusNext()
		if len(got) > 0 && c.Focused() != got[0] {
			t.Errorf("%s: after everything Tab comes to %T", id, c.Focused())
		}
		readingOrder(t, id, got)
	}
}

// readingOrder holds that of two things side by side the left one comes first.
func readingOrder(t *testing.T, page string, order []fyne.Focusable) {
	t.Helper()
	d := fyne.CurrentApp().Driver()
	for i := 1; i < len(order); i++ {
		a, b := order[i-1].(fyne.CanvasObject), order[i].(fyne.CanvasObject)
		pa, pb := d.AbsolutePositionForObject(a), d.AbsolutePositionForObject(b)
		if pa.Y == pb.Y && a.Size().Height == b.Size().Height && pb.X < pa.X {
			t.Errorf("%s: %T at %v comes after %T at %v", page, order[i], pb, order[i-1], pa)
		}
	}
}

// TestFocusCanBeSeen looks for a difference that the focus makes.
func TestFocusCanBeSeen(t *testing.T) {
	k := desktest.New(t)
	s := filled(t, k)
	c := k.Window.Canvas()
	for _, id := range []string{"customers", "settings"} {
		s.Visit(id)
		k.Settle()
		seen := map[string]bool{}
		for _, f := range focusables(k.Window) {
			o := f.(fyne.CanvasObject)
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
			if kind := fmt.Sprintf("%T", f); seen[kind] || at.Y+o.Size().Height > c.Size().Height || at.Y < 0 {
				continue // each kind once, and what can be seen without scrolling
			} else {
				seen[kind] = true
			}
			c.Unfocus()
			without := c.Capture()
			c.Focus(f)
			if n := differing(without, c.Capture()); n < 40 {
				t.Errorf("%s: the focus on %T changes %d pixels", id, f, n)
			}
		}
	}
}

func differing(a, b image.Image) int {
	n, r := 0, a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}

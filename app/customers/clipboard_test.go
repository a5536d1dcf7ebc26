package customers

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/widgets/keys"
)

// onlyDigits are the digits of a text, one behind the other.
func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

// copied is all that somebody can copy of the first customer: by the row's menu,
// and out of each field and text of their own page.
func (s *seat) copied(t *testing.T) string {
	t.Helper()
	clipboard := fyne.CurrentApp().Clipboard()
	var all []string
	take := func() {
		all = append(all, clipboard.Content())
		clipboard.SetContent("")
	}
	clipboard.SetContent("")
	for _, item := range s.menu(0).Items {
		if item.Action != nil && strings.Contains(item.Label, "Copy") {
			item.Action()
			take()
		}
	}
	s.open(s.rows.ids[0])
	s.kit.Settle()
	for _, o := range desktest.Objects(s.kit.Window) {
		if e, ok := o.(*keys.Entry); ok {
			e.TypedShortcut(&fyne.ShortcutSelectAll{})
			e.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
			take()
		}
	}
	all = append(all, desktest.Texts(s.kit.Window)...)
	return strings.Join(all, "\n")
}

// No hidden digit gets into the clipboard of somebody who may not see numbers.
func TestNoHiddenDigitIsCopied(t *testing.T) {
	k := desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820055204, 1)
	k.Settle()
	d, err := k.Store.Details(t.Context(), k.Actor, k.Real.IDs(t)[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := k.Store.EditCustomer(t.Context(), k.Actor, data.Edit{
		Customer: d.Row.ID, Version: d.Row.Version,
		Texts:   map[data.Field]string{data.FieldName: "Call 98200 55204", data.FieldCompany: "98200-55204 & Sons"},
		AddTags: []string{"from 9820055204"},
	}, ""); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	const hidden = "982005"
	if got := sit(t, k).copied(t); !strings.Contains(onlyDigits(got), hidden) {
		t.Fatalf("the owner copies %q: this proves nothing", got)
	}
	blind := k.As(t, k.Real.Add(t, "Ravi", k.Real.Role(t, "Blind", data.ViewAllCustomers, data.ViewCustomData, data.EditCustomers)))
	s := sit(t, blind)
	if got := s.copied(t); strings.Contains(onlyDigits(got), hidden) || !strings.Contains(got, "•") {
		t.Errorf("copied: %q", got)
	}
	for _, item := range s.menu(0).Items {
		if strings.Contains(item.Label, "Copy") {
			t.Errorf("the menu offers %q", item.Label)
		}
	}
}

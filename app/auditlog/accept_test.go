package auditlog

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/otp"
	"lethe/data/store/storetest"
	"lethe/widgets/codeentry"
)

// ahead makes the page know of a head that the log has not got to, as that of a
// list is that was lost and rebuilt from a backup.
func ahead(t *testing.T, k *desktest.Kit, p *Page) {
	t.Helper()
	state, err := k.Store.AuditState(t.Context(), k.Actor, nil)
	if err != nil {
		t.Fatal(err)
	}
	p.known = []data.KnownHead{{Seq: state.Entries + 20, Head: make([]byte, 32)}}
	p.Refresh()
}

// A break is accepted by the Account Owner's password and OTP, stands in the log
// as an entry, and is never hidden by it.
func TestTheOwnerAcceptsABreak(t *testing.T) {
	k, ravi := busy(t)
	p := show(t, k)
	if desktest.Offers(k.Window, "Accept…") {
		t.Error("nothing is wrong, and it can be accepted")
	}
	ahead(t, k, p)
	const broken = "entries 10 to 29 are missing at its end. Were they removed, or was an older copy of the list put back?"
	if !desktest.Says(k.Window, "Not intact: "+broken) {
		t.Fatalf("%q", desktest.Texts(k.Window))
	}
	entries := func() int {
		all, err := k.Store.Audit(t.Context(), k.Actor, 0)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	code := func(text string) {
		for _, o := range desktest.Objects(k.Window) {
			if f, ok := o.(*codeentry.Field); ok {
				f.Clear()
				for _, r := range text {
					f.TypedRune(r)
				}
			}
		}
	}
	password := func(text string) {
		for _, o := range desktest.Objects(k.Window) {
			if e, ok := o.(interface {
				fyne.Focusable
				SetText(string)
			}); ok {
				e.SetText(text)
				return
			}
		}
		t.Fatal("nowhere to type the password")
	}

	// Refused: by Cancel, without password or OTP, with wrong ones.
	before := entries()
	desktest.Press(t, k.Window, "Accept…")
	desktest.Press(t, k.Window, "Cancel")
	desktest.Press(t, k.Window, "Accept…")
	desktest.Press(t, k.Window, "Accept this")
	password("not it at all")
	desktest.Press(t, k.Window, "Accept this")
	code("123456")
	desktest.Press(t, k.Window, "Accept this")
	if !desktest.Says(k.Window, "That password isn’t right.") {
		t.Errorf("%q", desktest.Texts(k.Window))
	}
	if entries() != before {
		t.Fatal("something was written")
	}
	password(storetest.Password)
	code("000000")
	desktest.Press(t, k.Window, "Accept this")
	if !desktest.Says(k.Window, "That OTP isn’t right.") || p.state.Intact() {
		t.Errorf("%q", desktest.Texts(k.Window))
	}

	k.Real.Clock.Add(3 * otp.Period)
	code(k.Real.Code())
	desktest.Press(t, k.Window, "Accept this")
	k.Settle()
	if !p.state.Intact() || len(p.state.Accepted) != 1 {
		t.Fatalf("%+v", p.state)
	}
	text, colour := p.speak.verdict(p.state)
	if strings.Contains(text, "intact") || !strings.Contains(text, "Nothing is wrong but what was accepted.") ||
		!strings.Contains(text, "Asha Sharma accepted this: entries") || colour != "warning" || !desktest.Says(k.Window, text) {
		t.Errorf("%s: %q", colour, text)
	}
	if desktest.Offers(k.Window, "Accept…") {
		t.Error("it can be accepted again")
	}
	if got := rows(p)[0]; !strings.Contains(got, "Asha Sharma | Break of the log accepted: entries") || strings.HasSuffix(got, "Member") {
		t.Errorf("%q", got)
	}

	// Nobody else is offered it.
	other := show(t, ravi)
	ahead(t, ravi, other)
	if other.state.Intact() || desktest.Offers(ravi.Window, "Accept…") {
		t.Errorf("offered to another owner: %+v", other.state)
	}
}

// Entries that didn't fit stay marked once that is accepted; those that took the
// numbers of missing ones are not.
func TestWhatWasAcceptedStaysMarked(t *testing.T) {
	k, _ := busy(t)
	p := show(t, k)
	p.state.Accepted = []data.AcceptedBreak{{Entry: 9, Break: data.LogChain, From: 8, To: 8}, {Entry: 9, Break: data.LogShort, From: 2, To: 4}}
	p.list()
	for row, want := range []string{"9", "! 8", "7", "6", "5", "4", "3", "2", "1"} {
		if got := p.grid.CellText(row, "seq"); got != want {
			t.Errorf("row %d: %q, want %q", row, got, want)
		}
	}
}

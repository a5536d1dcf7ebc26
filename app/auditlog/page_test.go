package auditlog

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
	"lethe/widgets/banner"
)

func show(t *testing.T, k *desktest.Kit) *Page {
	t.Helper()
	p := newPage(k.Desk)
	k.Window.SetContent(p.Content())
	p.Shown()
	t.Cleanup(p.Close)
	return p
}

// busy is a list in which some things happened.
func busy(t *testing.T) (k, ravi *desktest.Kit) {
	t.Helper()
	k = desktest.New(t)
	k.Real.Fill(t, k.Real.Owner, 919820100000, 60)
	k.Real.Enrol(t)
	ravi = k.As(t, k.Real.Add(t, "Ravi Kulkarni", 2))
	k.Real.Fill(t, ravi.Actor, 919830100000, 7)
	plan, err := k.Purger.Seal(t.Context(), ravi.Actor, store.SealRequest{Way: data.WaySelected, IDs: k.Real.IDs(t)[:3]})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.Purger.Execute(t.Context(), ravi.Actor, plan, nil, func(data.Receipt) (string, string) { return "", "" }, nil); err != nil {
		t.Fatal(err)
	}
	k.Settle()
	return k, ravi
}

func rows(p *Page) []string {
	var out []string
	for i := range len(p.listed) {
		var cells []string
		for _, c := range []string{"seq", "who", "what"} {
			cells = append(cells, p.grid.CellText(i, c))
		}
		out = append(out, strings.Join(cells, " | "))
	}
	return out
}

func TestTheLogIsShown(t *testing.T) {
	k, _ := busy(t)
	p := show(t, k)
	got := rows(p)
	if len(got) != 9 || got[1] != "8 | Ravi Kulkarni | Deletion: selected customers, 3 deleted, 64 stay, 1 note" ||
		!strings.HasPrefix(got[0], "9 | Lethe | Clean-up of the files: ") || got[8] != "1 | Asha Sharma | List made" {
		t.Errorf("%d rows:\n%s", len(got), strings.Join(got, "\n"))
	}
	if text, colour := p.speak.verdict(p.state); text != "9 entries, 9 countersigned, intact." || !desktest.Says(k.Window, text) || colour == "error" {
		t.Errorf("%q", text)
	}
	p.open(1)
	for _, text := range []string{"Entry 8", "Countersigned by the Account Owner.", "way: selected", "Hash "} {
		if !desktest.Says(k.Window, text) {
			t.Errorf("the entry doesn’t say %q: %q", text, desktest.Texts(k.Window))
		}
	}
	desktest.Press(t, k.Window, "Close")
	// What happens while it is shown appears.
	k.Real.Fill(t, k.Real.Owner, 919840100000, 1)
	k.Settle()
	if len(p.listed) != 10 {
		t.Errorf("%d rows after one more act", len(p.listed))
	}
}

func TestNarrowing(t *testing.T) {
	k, ravi := busy(t)
	p := show(t, k)
	for name, c := range map[string]struct {
		narrow narrow
		want   int
	}{
		"everything":  {narrow{}, 9},
		"Ravi":        {narrow{person: fmt.Sprint(ravi.Actor.User())}, 3},
		"the program": {narrow{person: "0"}, 1},
		"imports":     {narrow{kind: data.AuditImport}, 2},
		"both":        {narrow{person: fmt.Sprint(ravi.Actor.User()), kind: data.AuditImport}, 1},
		"nothing":     {narrow{person: "0", kind: data.AuditImport}, 0},
		"today":       {narrow{days: 1}, 9},
		"an unknown":  {narrow{person: "99"}, 0},
	} {
		p.narrow = c.narrow
		p.choices()
		p.list()
		if len(p.listed) != c.want {
			t.Errorf("%s: %d", name, len(p.listed))
		}
		if empty := desktest.Says(k.Window, "No entry matches."); empty != (c.want == 0) {
			t.Errorf("%s: says that there is none: %v", name, empty)
		}
		if p.clear.Visible() == p.narrow.none() {
			t.Errorf("%s: the way back is shown: %v", name, p.clear.Visible())
		}
	}
	k.Real.Clock.Add(3 * 24 * 3600e9)
	k.Real.Fill(t, k.Real.Owner, 919850100000, 1)
	k.Settle()
	p.narrow = narrow{days: 1}
	p.list()
	if len(p.listed) != 1 || !desktest.Says(k.Window, "1 of 10 entries") {
		t.Errorf("today: %d", len(p.listed))
	}
	desktest.Press(t, k.Window, "Clear")
	if len(p.listed) != 10 {
		t.Errorf("cleared: %d", len(p.listed))
	}
	if !slices.Contains(p.who.Options, "Ravi Kulkarni") || !slices.Contains(p.what.Options, "Deletion") {
		t.Errorf("%v, %v", p.who.Options, p.what.Options)
	}
}

// tamper drops the triggers and rewrites the log, as who holds the key can.
func tamper(t *testing.T, k *desktest.Kit, queries ...string) {
	t.Helper()
	drop := []string{"DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete", "DROP TRIGGER countersigns_no_delete"}
	if err := storetest.Tamper(t.Context(), k.Real.Dir, 1, storetest.Password, append(drop, queries...)...); err != nil {
		t.Fatal(err)
	}
}

func TestWhereItBreaks(t *testing.T) {
	k, _ := busy(t)
	p := show(t, k)
	tamper(t, k, "UPDATE audit SET actor = 1 WHERE seq = 8")
	p.Refresh()
	if want := "9 entries, 7 countersigned. Not intact: entry 8 does not follow from the one before it."; !desktest.Says(k.Window, want) {
		t.Errorf("says %q", desktest.Texts(k.Window))
	}
	if got := rows(p); !strings.HasPrefix(got[1], "! 8 |") {
		t.Errorf("%q is not marked", got[1])
	}
	k.Settle()
}

func TestTheEndCutOff(t *testing.T) {
	k, _ := busy(t)
	p := show(t, k)
	tamper(t, k, "DELETE FROM audit WHERE seq > 6", "DELETE FROM countersigns WHERE seq > 6")
	// This computer remembers what the owner countersigned here.
	p.Refresh()
	if !desktest.Says(k.Window, "entries 7 to 9 are missing at its end") {
		t.Errorf("says %q", desktest.Texts(k.Window))
	}
	// A list of another key is none of its business.
	k.Prefs.SetString(prefHead, strings.Replace(k.Prefs.String(prefHead), k.Prefs.String(prefHead)[:4], "0000", 1))
	p.Refresh()
	if !desktest.Says(k.Window, "6 entries, 6 countersigned, intact.") {
		t.Errorf("says %q", desktest.Texts(k.Window))
	}
}

func TestAConfirmationIsChecked(t *testing.T) {
	k, _ := busy(t)
	p := show(t, k)
	e := p.entries[1]
	line := fmt.Sprintf("Audit log: entry %d, head %x…", e.Seq, e.Hash[:8])
	ask := func(text string) {
		t.Helper()
		desktest.Press(t, k.Window, "Check a confirmation…")
		desktest.Type(k.Window, text)
		desktest.Press(t, k.Window, "Check")
	}
	for text, want := range map[string]string{
		line:                 "It fits: up to entry 8 the log is as it was then.",
		"nothing of it":      "There is no entry and head in that.",
		"entry 7, head 1234": "There is no entry and head in that.",
		fmt.Sprintf("entry %d, head %x…", e.Seq-1, e.Hash[:8]): "It doesn’t fit: entries 7 to 7 are not those",
		fmt.Sprintf("entry 90, head %x…", e.Hash[:8]):          "It doesn’t fit: entries 10 to 90 are missing",
	} {
		ask(text)
		if !desktest.Says(k.Window, want) {
			t.Errorf("%q says %q", text, desktest.Texts(k.Window))
		}
		desktest.Press(t, k.Window, "Close")
	}
}

func TestExport(t *testing.T) {
	k, _ := busy(t)
	p := show(t, k)
	k.Answers.SavePath = filepath.Join(t.TempDir(), "log.csv")
	desktest.Press(t, k.Window, "Export…")
	b, err := os.ReadFile(k.Answers.SavePath)
	if err != nil {
		t.Fatal(err)
	}
	got, err := csv.NewReader(strings.NewReader(string(b))).ReadAll()
	if err != nil || len(got) != 10 || got[8][3] != "Ravi Kulkarni" || got[8][8] != fmt.Sprintf("%x", p.entries[2].Hash) || got[8][9] == "" {
		t.Errorf("%d lines, %v: %q", len(got), err, got[8])
	}
	if p.entries[0].Kind != data.AuditLogExported {
		t.Errorf("the export is not in the log: %+v", p.entries[0])
	}
	// One that can't be written leaves nothing.
	dir := filepath.Join(t.TempDir(), "gone")
	k.Answers.SavePath = filepath.Join(dir, "log.csv")
	desktest.Press(t, k.Window, "Export…")
	if p.failed.Text() == "" {
		t.Error("says nothing")
	}
}

func TestWhoMay(t *testing.T) {
	k := desktest.New(t)
	member := k.As(t, k.Real.Add(t, "Ravi", 4))
	reader := k.As(t, k.Real.Add(t, "Mira", k.Real.Role(t, "Reader", data.ViewAuditLog)))
	if Entry().Allowed(member.Rights()) || !Entry().Allowed(reader.Rights()) || !Entry().Allowed(k.Rights()) {
		t.Error("the page is for who may view the audit log")
	}
	show(t, member)
	if !desktest.Says(member.Window, "Your role doesn’t allow that.") {
		t.Errorf("says %q", desktest.Texts(member.Window))
	}
	if p := show(t, reader); len(p.listed) == 0 {
		t.Error("a reader sees nothing")
	}
}

func TestGreet(t *testing.T) {
	k, ravi := busy(t)
	greet := func(k *desktest.Kit) *banner.Bar {
		var shown fyne.CanvasObject
		Greet(k.Desk, func(o fyne.CanvasObject) { shown = o })
		bar, _ := shown.(*banner.Bar)
		return bar
	}
	if bar := greet(k); bar != nil {
		t.Errorf("while nothing happened: %q", bar.Text())
	}
	// Away: Ravi acts. Back.
	k.Real.Clock.Add(24 * 3600e9)
	k.Real.Fill(t, ravi.Actor, 919860100000, 5)
	if err := store.NoteWrongPassword(k.Real.Dir, 1); err != nil {
		t.Fatal(err)
	}
	back := k.As(t, k.Real.SignInAs(t, 1))
	bar := greet(back)
	if bar == nil || !strings.Contains(bar.Text(), "Ravi Kulkarni deleted 3, added 12 by import, 1 wrong password") || bar.Role() != banner.Warning {
		t.Fatalf("%+v", bar)
	}
	back.Window.SetContent(bar)
	desktest.Press(t, back.Window, "Show")
	if len(back.Visited) != 1 || back.Visited[0] != id {
		t.Errorf("visited %v", back.Visited)
	}
	lead := k.As(t, k.Real.Add(t, "Neha", 3))
	if greet(lead) != nil {
		t.Error("who is no owner is told")
	}
	tamper(t, k, "UPDATE audit SET facts = '{}' WHERE seq = 8")
	if bar := greet(back); bar == nil || bar.Role() != banner.Danger || !strings.Contains(bar.Text(), "not intact") {
		t.Errorf("tampered with: %+v", bar)
	}
}

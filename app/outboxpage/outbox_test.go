package outboxpage

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lethe/app/desk"
	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

func show(t *testing.T, k *desktest.Kit) *Page {
	t.Helper()
	p := newPage(k.Desk)
	k.Window.SetContent(p.Content())
	p.Shown()
	t.Cleanup(p.Close)
	return p
}

const (
	subject = "3 customers & more deleted"
	body    = "Line one.\nLine two: 100 % + \"&\" गौरी"
)

// deleteAll leaves its confirmations in the outbox.
func deleteAll(t *testing.T, k *desktest.Kit) {
	t.Helper()
	k.Real.Fill(t, k.Real.Owner, 919820100000, 3)
	k.Real.Clock.Add(60e9)
	plan, err := k.Purger.Seal(t.Context(), k.Actor, store.SealRequest{Way: data.WayAll})
	if err != nil {
		t.Fatal(err)
	}
	auth, err := k.Purger.Authorise(t.Context(), k.Actor, plan, k.Real.Code())
	if err != nil {
		t.Fatal(err)
	}
	texts := func(data.Receipt) (string, string) { return subject, body }
	if _, err := k.Purger.Execute(t.Context(), k.Actor, plan, auth, texts, nil); err != nil {
		t.Fatal(err)
	}
	k.Settle()
}

func TestMessagesComeAndOpen(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	p := show(t, k)
	if !desktest.Says(k.Window, "No messages yet.") {
		t.Errorf("an empty outbox says %q", desktest.Texts(k.Window))
	}
	deleteAll(t, k)
	stored, err := k.Real.Outbox(t.Context(), k.Real.Owner)
	if err != nil || len(stored) != 2 || len(p.messages) != 2 {
		t.Fatalf("%d stored, %d shown, %v", len(stored), len(p.messages), err)
	}
	for i, c := range map[int]struct{ button, to string }{
		0: {"Open in WhatsApp", "WhatsApp to +91 98200 00001"},
		1: {"Open as mail draft", "E-mail to asha@example.com"},
	} {
		p.list.Select(i)
		for _, text := range []string{subject, "Line two:", "Prepared: sending was not set up", c.to} {
			if !desktest.Says(k.Window, text) {
				t.Errorf("message %d doesn’t say %q: %q", i, text, desktest.Texts(k.Window))
			}
		}
		k.Opened = nil
		desktest.Press(t, k.Window, c.button)
		if len(k.Opened) != 1 || !desktest.Says(k.Window, "Lethe can’t know") {
			t.Fatalf("opened %q", k.Opened)
		}
		u, err := url.Parse(k.Opened[0])
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 && (u.Host != "wa.me" || u.Path != "/919820000001" || u.Query().Get("text") != subject+"\n\n"+body) {
			t.Errorf("WhatsApp: %s", k.Opened[0])
		}
		if i == 1 {
			raw, err := os.ReadFile(filepath.FromSlash(u.Path))
			if err != nil || !strings.Contains(string(raw), "X-Unsent: 1") || !strings.Contains(string(raw), "To: <asha@example.com>") {
				t.Errorf("%s, %v", raw, err)
			}
			p.Close()
			if _, err := os.Stat(filepath.FromSlash(u.Path)); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("the draft stays: %v", err)
			}
		}
	}
	// Opening sends nothing, so nothing says that it was sent.
	stored, err = k.Real.Outbox(t.Context(), k.Real.Owner)
	if err != nil || stored[0].State != data.OutboxPrepared || stored[1].State != data.OutboxPrepared {
		t.Errorf("stored %+v, %v", stored, err)
	}
}

// What each state says, offers and allows, for the Account Owner and for who
// may view the outbox only.
func TestEachState(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	server := data.MailServer{Host: "mail.example", Port: 465, Security: data.MailTLS, From: "lethe@sharma.example"}
	if err := k.Real.SaveMailServer(t.Context(), k.Real.Owner, storetest.Password, server); err != nil {
		t.Fatal(err)
	}
	deleteAll(t, k)
	p := show(t, k)
	reader := k.As(t, k.Real.Add(t, "Mira", k.Real.Role(t, "Reader", data.ViewOutbox)))
	// Two windows of one process would draw at the same time, which Fyne's test
	// driver can't: the reader's looks when it is asked.
	q := show(t, reader)
	q.cancel()
	claim := func() int64 {
		m, err := k.Real.ClaimMessage(t.Context())
		if err != nil || m == nil {
			t.Fatal(m, err)
		}
		return m.ID
	}
	check := func(name string, offers bool, says ...string) {
		t.Helper()
		k.Settle()
		reader.Settle()
		q.Refresh()
		p.list.Select(1)
		q.list.Select(1)
		for _, text := range says {
			if !desktest.Says(k.Window, text) || !desktest.Says(reader.Window, text) {
				t.Errorf("%s: doesn’t say %q: %q", name, text, desktest.Texts(k.Window))
			}
		}
		again := desktest.Offers(k.Window, "Send now") || desktest.Offers(k.Window, "Try again now")
		if desktest.Offers(k.Window, "Cancel the message") != offers || again != offers {
			t.Errorf("%s: offers %v: %q", name, !offers, desktest.Texts(k.Window))
		}
		if desktest.Offers(reader.Window, "Cancel the message") {
			t.Errorf("%s: who isn’t the Account Owner is offered to cancel", name)
		}
		if desktest.Offers(reader.Window, "Save certificate") || !desktest.Offers(k.Window, "Save certificate") {
			t.Errorf("%s: the certificate is offered to the wrong one", name)
		}
	}
	settle := func(o data.Outcome) {
		t.Helper()
		if err := k.Real.SettleMessage(t.Context(), claim(), o, 0.5); err != nil {
			t.Fatal(err)
		}
	}
	check("queued", true, "Queued. It goes out now.")
	id := claim()
	check("being sent", false, "It is being sent now.")
	if err := k.Real.SettleMessage(t.Context(), id, data.Outcome{Why: data.WhyOffline, Again: true, Channel: true}, 0.5); err != nil {
		t.Fatal(err)
	}
	check("offline", true, "It waits for a connection.", "This computer is offline. That is fine", "Next try: ", "Waits for a connection · E-mail")
	if desktest.Says(k.Window, "Failed") {
		t.Error("being offline is called a failure")
	}
	retry := func() {
		t.Helper()
		desktest.Press(t, k.Window, "Try again now")
		k.Settle()
	}
	retry()
	settle(data.Outcome{Why: data.WhySignIn, Answer: "535 5.7.8 Username and Password not accepted"})
	check("failed", true, "Not sent.", "The server doesn’t take the user name or password.", "535 5.7.8 Username")
	if text := p.said.Text(); text != "" {
		t.Errorf("of a message that was tried it still says %q", text)
	}
	retry()
	if text := p.said.Text(); text != "It goes out now." {
		t.Errorf("of a message that was queued again it says %q", text)
	}
	settle(data.Outcome{Why: data.WhyLater, Again: true, Answer: "451 4.7.1 Greylisted"})
	check("greylisted", true, "The server asks to come back later.", "Next try: ")
	desktest.Press(t, k.Window, "Cancel the message")
	desktest.Press(t, k.Window, "Keep it")
	check("not cancelled", true)
	desktest.Press(t, k.Window, "Cancel the message")
	desktest.Press(t, k.Window, "Cancel the message")
	check("cancelled", false, "Cancelled by the Account Owner.")
	deleteAll(t, k)
	p.Refresh()
	q.Refresh()
	settle(data.Outcome{Sent: true, Answer: "250 2.0.0 Ok: queued as 4F2"})
	check("sent", false, "Sent 23 Nov 2026", "250 2.0.0 Ok")
}

func TestSendWhereNothingIsSetUp(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	deleteAll(t, k)
	show(t, k)
	desktest.Press(t, k.Window, "Send now")
	if !desktest.Says(k.Window, "Sending is not set up") {
		t.Errorf("says %q", desktest.Texts(k.Window))
	}
}

func TestTheMessageShownStays(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	deleteAll(t, k)
	p := show(t, k)
	p.list.Select(1)
	second := p.messages[1].ID
	deleteAll(t, k)
	if len(p.messages) != 4 || p.current.ID != second || p.list.at != 3 {
		t.Errorf("%d messages, shows %d at %d, want %d", len(p.messages), p.current.ID, p.list.at, second)
	}
}

func TestKeys(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	deleteAll(t, k)
	p := show(t, k)
	var bubbled []fyne.KeyName
	k.Window.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { bubbled = append(bubbled, ev.Name) })
	k.Window.Canvas().Focus(p.list)
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyDown, 1}, {fyne.KeyDown, 1}, {fyne.KeyUp, 0}, {fyne.KeyUp, 0}, {fyne.KeyF5, 0}} {
		desktest.Key(k.Window, c.key)
		if p.current.ID != p.messages[c.want].ID {
			t.Errorf("%s shows %d", c.key, p.current.ID)
		}
	}
	if len(bubbled) != 1 {
		t.Errorf("bubbled %v", bubbled)
	}
}

func TestNotOpened(t *testing.T) {
	k := desktest.New(t)
	k.Real.Enrol(t)
	deleteAll(t, k)
	k.Desk.OpenURL = func(string) error { return errors.New("no program") }
	show(t, k)
	desktest.Press(t, k.Window, "Open in WhatsApp")
	if !desktest.Says(k.Window, "That could not be opened on this computer.") {
		t.Error("a link that can’t be opened says nothing")
	}
}

func TestWhoMay(t *testing.T) {
	k := desktest.New(t)
	member := k.As(t, k.Real.Add(t, "Ravi", 4))
	reader := k.As(t, k.Real.Add(t, "Mira", k.Real.Role(t, "Reader", data.ViewOutbox)))
	if Entry().Allowed(member.Rights()) || !Entry().Allowed(reader.Rights()) || !Entry().Allowed(k.Rights()) {
		t.Error("the page is for who may view the outbox")
	}
	// The store refuses it even so, and the page says so.
	show(t, member)
	if !desktest.Says(member.Window, "Your role doesn’t allow that.") {
		t.Errorf("says %q", desktest.Texts(member.Window))
	}
	var _ desk.Page = show(t, reader)
}

func TestNobodyToWriteTo(t *testing.T) {
	k := desktest.New(t)
	var f drafts
	for _, m := range []data.Message{{Channel: data.ChannelWhatsApp, To: "nobody"}, {Channel: data.ChannelEmail, To: "no\r\nbody"}} {
		if link, err := f.link(k.Desk, m); err == nil {
			t.Errorf("a link to nobody: %s", link)
		}
	}
	f.remove()
}

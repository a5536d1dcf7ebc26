package outboxpage

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"lethe/app/desk"
	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
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
		1: {"Open in mail", "E-mail to asha@example.com"},
	} {
		p.list.Select(i)
		for _, text := range []string{subject, "Line two:", "Prepared. Nobody sends it by itself yet.", c.to} {
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
		if i == 1 && (u.Scheme != "mailto" || u.Opaque != "asha@example.com" || u.Query().Get("subject") != subject ||
			u.Query().Get("body") != strings.ReplaceAll(body, "\n", "\r\n")) {
			t.Errorf("mail: %s", k.Opened[0])
		}
	}
	// Opening sends nothing, so nothing says that it was sent.
	stored, err = k.Real.Outbox(t.Context(), k.Real.Owner)
	if err != nil || stored[0].State != data.OutboxPrepared || stored[1].State != data.OutboxPrepared {
		t.Errorf("stored %+v, %v", stored, err)
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
	if len(p.messages) != 4 || p.current != second || p.list.at != 3 {
		t.Errorf("%d messages, shows %d at %d, want %d", len(p.messages), p.current, p.list.at, second)
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
		if p.current != p.messages[c.want].ID {
			t.Errorf("%s shows %d", c.key, p.current)
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

func TestMailto(t *testing.T) {
	got := mailto("a+b&c?@example.com", "x\r\nBcc: other@example.com", "1\r\n2\n3")
	want := "mailto:a%2Bb%26c%3F@example.com?subject=x%20Bcc%3A%20other%40example.com&body=1%0D%0A2%0D%0A3"
	if got != want {
		t.Errorf("%s", got)
	}
	if _, ok := linkOf(data.Message{Channel: data.ChannelWhatsApp, To: "nobody"}); ok {
		t.Error("a link to nobody")
	}
}

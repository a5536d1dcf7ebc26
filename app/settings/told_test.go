package settings

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"lethe/app/desk/desktest"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

func sends(t *testing.T, k *desktest.Kit) store.Sending {
	t.Helper()
	v, err := k.Real.Sending(t.Context(), k.Real.Owner)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSetUpMail(t *testing.T) {
	k := desktest.New(t)
	k.Transport.Dial = func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Err: syscall.ENETUNREACH}
	}
	p := show(t, k)
	m := p.setUpMail()
	wantSays(t, k, "Google wants an app password here")
	if m.host.Text() != "smtp.gmail.com" || m.port.Text() != "465" {
		t.Errorf("%s:%s", m.host.Text(), m.port.Text())
	}
	m.submit()
	wantSays(t, k, "Enter your password.")
	m.password.SetText("not it at all")
	m.submit()
	wantSays(t, k, "Enter the address that the mail comes from.")
	m.from.SetText("shop@sharma.example")
	if m.user.Text() != "shop@sharma.example" {
		t.Errorf("user %q", m.user.Text())
	}
	m.pass.SetText("app password")
	m.submit()
	wantSays(t, k, "That password isn’t right.")
	desktest.Press(t, k.Window, "Send a test")
	wantSays(t, k, "This computer is offline. That is fine")
	desktest.Press(t, k.Window, "Cancel")
	if sends(t, k).Mail.SetUp() || m.pass.Text() != "" {
		t.Fatal("cancelled, and set up or kept in the field")
	}
	for name, c := range map[string]struct {
		change func(*mailing)
		says   string
	}{
		"no server":     {func(m *mailing) { m.host.SetText("") }, "Enter the server’s name"},
		"an address":    {func(m *mailing) { m.host.SetText("https://smtp.example.com") }, "That is no server’s name."},
		"no port":       {func(m *mailing) { m.port.SetText("ninety") }, "Enter a port from 1 to 65535"},
		"not encrypted": {func(m *mailing) { m.security.Set(string(data.MailPlain)) }, "Without encryption mail goes to this computer only."},
		"two addresses": {func(m *mailing) { m.from.SetText("a@example.com, b@example.com") }, "That is no mail address."},
		"no user":       {func(m *mailing) { m.user.SetText("") }, "Enter the user name that the password belongs to."},
	} {
		t.Run(name, func(t *testing.T) {
			m := p.setUpMail()
			m.from.SetText("shop@sharma.example")
			m.pass.SetText("app password")
			m.password.SetText(storetest.Password)
			c.change(m)
			m.submit()
			wantSays(t, k, c.says)
			if !m.dialog.Shown() || sends(t, k).Mail.SetUp() {
				t.Error("taken")
			}
			m.dialog.Hide()
		})
	}
	m = p.setUpMail()
	m.from.SetText("shop@sharma.example")
	m.pass.SetText("app password")
	m.password.SetText(storetest.Password)
	m.submit()
	k.Settle()
	want := data.MailServer{Host: "smtp.gmail.com", Port: 465, Security: data.MailTLS, User: "shop@sharma.example", Password: "app password", From: "shop@sharma.example"}
	if got := sends(t, k).Mail; got != want {
		t.Errorf("%+v", got)
	}
	wantSays(t, k, "Through smtp.gmail.com, as shop@sharma.example.")
	// Changed without its password: that stays, but never goes to another server.
	m = p.setUpMail()
	m.port.SetText("587")
	m.security.Set(string(data.MailStartTLS))
	m.password.SetText(storetest.Password)
	m.submit()
	want.Port, want.Security = 587, data.MailStartTLS
	if got := sends(t, k).Mail; got != want {
		t.Errorf("%+v", got)
	}
	k.Settle()
	m = p.setUpMail()
	m.host.SetText("smtp.thief.example")
	if m.server().Password != "" {
		t.Error("the password goes to another server")
	}
	m.dialog.Hide()
	a := p.turnOff(data.ChannelEmail)
	a.password.SetText(storetest.Password)
	a.submit()
	k.Settle()
	if sends(t, k).Mail != (data.MailServer{}) {
		t.Error("turned off, and still there")
	}
	wantSays(t, k, "Not set up. Confirmations by e-mail are prepared")
}

// Each provider on offer is one that can be saved as it stands, private but for
// this computer's own, and has its hint.
func TestMailProviders(t *testing.T) {
	k := desktest.New(t)
	m := show(t, k).setUpMail()
	for _, p := range presets() {
		m.provider.Set(p.name)
		m.take(p.name)
		if m.hint.Text() == "" {
			t.Errorf("%s has no hint", p.name)
		}
		if p.name == other {
			continue
		}
		if m.host.Text() != p.host || m.port.Text() != strconv.Itoa(p.port) {
			t.Errorf("%s fills in %s:%s", p.name, m.host.Text(), m.port.Text())
		}
		server := data.MailServer{Host: p.host, Port: p.port, Security: p.security, From: "shop@sharma.example"}
		if err := server.Check(); err != nil {
			t.Errorf("%s: %v", p.name, err)
		}
		if (p.security == data.MailPlain) != (p.host == "localhost") || presetOf(server) != p.name {
			t.Errorf("%s: %+v is %s", p.name, server, presetOf(server))
		}
	}
}

// The hint of a server on this computer, that its way is not encrypted, stands
// only beside one that isn't.
func TestAServerOnThisComputer(t *testing.T) {
	const hint = "Without encryption, so only to this computer itself."
	for security, plain := range map[data.MailSecurity]bool{data.MailPlain: true, data.MailStartTLS: false, data.MailTLS: false} {
		k := desktest.New(t)
		server := data.MailServer{Host: "localhost", Port: 2525, Security: security, From: "shop@sharma.example"}
		if err := k.Real.SaveMailServer(t.Context(), k.Actor, storetest.Password, server); err != nil {
			t.Fatal(err)
		}
		show(t, k).setUpMail()
		if desktest.Says(k.Window, hint) != plain {
			t.Errorf("%s: says so: %v", security, !plain)
		}
	}
}

func TestSetUpWhatsApp(t *testing.T) {
	k := desktest.New(t)
	answer, status := `{"error":{"message":"Session has expired","code":190}}`, http.StatusUnauthorized
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(answer))
	}))
	defer api.Close()
	p := show(t, k)
	c := p.setUpWhatsApp()
	wantSays(t, k, "Lethe at {{1}} tells the Account Owner: {{2}}")
	c.password.SetText(storetest.Password)
	c.submit()
	wantSays(t, k, "Enter the phone number ID.")
	c.number.SetText("106540352242922")
	c.token.SetText("EAAG")
	c.template.SetText("Told You")
	c.submit()
	wantSays(t, k, "A template’s name has small letters")
	c.template.SetText("lethe_told")
	c.base.SetText("http://graph.example")
	c.submit()
	wantSays(t, k, "The address begins with https://")
	if sends(t, k).WhatsApp.SetUp() {
		t.Fatal("set up all the same")
	}
	c.base.SetText(api.URL + "/")
	desktest.Press(t, k.Window, "Send a test")
	wantSays(t, k, "WhatsApp doesn’t take the access token", "Session has expired")
	answer, status = `{"messages":[{"id":"wamid.1"}]}`, http.StatusOK
	desktest.Press(t, k.Window, "Send a test")
	wantSays(t, k, "The test went out to +91 98200 00001")
	if sends(t, k).WhatsApp.SetUp() {
		t.Fatal("tested, and stored")
	}
	c.submit()
	k.Settle()
	if got := sends(t, k).WhatsApp; got.Base != api.URL || got.Token != "EAAG" {
		t.Errorf("%+v", got)
	}
	wantSays(t, k, "with the template lethe_told (en)")
	desktest.Press(t, k.Window, "Send a test")
	wantSays(t, k, "The test went out to +91 98200 00001")
	c = p.setUpWhatsApp()
	c.base.SetText("https://graph.thief.example")
	if c.api().Token != "" {
		t.Error("the token goes to another server")
	}
	c.dialog.Hide()
}

func TestWhereConfirmationsGo(t *testing.T) {
	k := desktest.New(t)
	p := show(t, k)
	if p.moveConfirmations() != nil {
		t.Fatal("without an OTP")
	}
	wantSays(t, k, "Set up OTPs first")
	desktest.Press(t, k.Window, "Close")
	k.Real.Enrol(t)
	k.Settle()
	before := sends(t, k).To
	m := p.moveConfirmations()
	m.email.SetText("new@example.com")
	m.number.SetText("98200")
	m.password.SetText(storetest.Password)
	m.code.SetCode(k.Real.Code())
	m.submit()
	wantSays(t, k, "This is no phone number.")
	m.number.SetText("098200-00009")
	m.code.SetCode(wrongCode(k.Real.Secret, k))
	m.submit()
	wantSays(t, k, "That OTP isn’t right.")
	desktest.Press(t, k.Window, "Cancel")
	if sends(t, k).To != before {
		t.Fatal("refused, and changed")
	}
	m = p.moveConfirmations()
	m.email.SetText("new@example.com")
	m.number.SetText("098200-00009")
	m.password.SetText(storetest.Password)
	k.Real.Clock.Add(60e9)
	m.code.SetCode(k.Real.Code())
	m.submit()
	k.Settle()
	if got := sends(t, k).To; got != (data.Addresses{Email: "new@example.com", Phone: 919820000009}) {
		t.Errorf("%+v", got)
	}
	told, err := k.Real.Outbox(t.Context(), k.Real.Owner)
	if err != nil || len(told) != 2 || told[1].To != before.Email || told[0].To != before.Phone.String() {
		t.Fatalf("%+v, %v", told, err)
	}
	want := "Confirmations of deletions at Sharma Traders no longer come to this address.\n"
	if body := told[1].Body; len(body) < len(want) || body[:len(want)] != want {
		t.Errorf("%s", body)
	}
	key, err := k.Real.CertificateKey(t.Context(), k.Real.Owner)
	if err != nil || !strings.Contains(told[1].Body, "Key of certificates: "+key.Fingerprint()) {
		t.Errorf("%v, %s", err, told[1].Body)
	}
	wantSays(t, k, "Confirmations go to new@example.com and, by WhatsApp, to +91 98200 00009.")
}

// Who isn't the Account Owner finds none of it, and the sample sends nothing.
func TestWhoSetsSendingUp(t *testing.T) {
	k := desktest.New(t)
	other := k.As(t, k.Real.Add(t, "Deputy", 2))
	show(t, other)
	for _, b := range []string{"Set up e-mail", "Set up WhatsApp", "Change where they go"} {
		if desktest.Offers(other.Window, b) {
			t.Errorf("an Owner is offered %q", b)
		}
	}
	if !desktest.Offers(other.Window, "Check a certificate") {
		t.Error("an Owner can't check a certificate")
	}
	k.Demo = true
	show(t, k)
	if desktest.Offers(k.Window, "Set up e-mail") || !desktest.Says(k.Window, "Nothing of the sample is sent.") {
		t.Errorf("%q", desktest.Texts(k.Window))
	}
}

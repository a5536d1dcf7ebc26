package outbox_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"lethe/data"
	"lethe/data/outbox"
	"lethe/data/store"
)

func TestMailGoesOutAndIsKnownToBeSent(t *testing.T) {
	for _, way := range []data.MailSecurity{data.MailStartTLS, data.MailTLS, data.MailPlain} {
		t.Run(string(way), func(t *testing.T) {
			m := newMailServer(t, mailOptions{tls: way})
			m.user = "lethe@sharma.example"
			d := newDesk(t)
			s := m.settings(way)
			s.User, s.Password = m.user, "sesame"
			d.mailBy(m, s)
			d.delete()
			d.pass()
			got := d.is(data.ChannelEmail, data.OutboxSent, "")
			if got.Answer == "" || got.Tries != 1 {
				t.Errorf("%+v", got)
			}
			mails := m.taken()
			if len(mails) != 1 || mails[0].tls != (way != data.MailPlain) || mails[0].to != "asha@example.com" ||
				mails[0].from != s.From || mails[0].id != got.MessageID || !strings.HasSuffix(got.MessageID, "@sharma.example") {
				t.Fatalf("%+v", mails)
			}
			d.pass()
			if n := len(m.taken()); n != 1 {
				t.Errorf("sent %d times", n)
			}
			plain, html := parts(t, mails[0].raw)
			if strings.ReplaceAll(plain, "\r\n", "\n") != body {
				t.Errorf("text %q", plain)
			}
			for _, want := range []string{"<h1", subject, "1 customer was deleted.", ">By</td>", ">Asha Sharma</td>"} {
				if !strings.Contains(html, want) {
					t.Errorf("HTML without %q:\n%s", want, html)
				}
			}
		})
	}
}

// parts reads a mail as a mail program does.
func parts(t *testing.T, raw []byte) (plain, html string) {
	t.Helper()
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	r := multipart.NewReader(msg.Body, params["boundary"])
	for {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return plain, html
		}
		if err != nil {
			t.Fatal(err)
		}
		var from io.Reader = p
		if p.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			from = quotedprintable.NewReader(p)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(p.Header.Get("Content-Type"), "text/html") {
			html = string(text)
		} else {
			plain = string(text)
		}
	}
}

// Where the way isn't private nothing goes out, not even who would sign in.
func TestNoMailWithoutTLS(t *testing.T) {
	for name, c := range map[string]struct {
		server  mailOptions
		way     data.MailSecurity
		strange bool // nobody vouches for the certificate
		want    data.Why
	}{
		"STARTTLS is not offered":   {mailOptions{tls: data.MailPlain}, data.MailStartTLS, false, data.WhyNoTLS},
		"no TLS on that port":       {mailOptions{tls: data.MailStartTLS}, data.MailTLS, false, data.WhyNoTLS},
		"an unknown authority":      {mailOptions{tls: data.MailStartTLS}, data.MailStartTLS, true, data.WhyCert},
		"another name":              {mailOptions{tls: data.MailTLS, name: "other.example"}, data.MailTLS, false, data.WhyCert},
		"another name, by STARTTLS": {mailOptions{tls: data.MailStartTLS, name: "other.example"}, data.MailStartTLS, false, data.WhyCert},
		"a certificate out of date": {mailOptions{tls: data.MailTLS, before: true}, data.MailTLS, false, data.WhyCert},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMailServer(t, c.server)
			m.user = "lethe@sharma.example"
			d := newDesk(t)
			s := m.settings(c.way)
			s.User, s.Password = m.user, "sesame"
			d.mailBy(m, s)
			if c.strange {
				d.way.Roots = nil
			}
			d.delete()
			d.pass()
			d.is(data.ChannelEmail, data.OutboxFailed, c.want)
			if len(m.taken()) != 0 || m.signIns != 0 {
				t.Errorf("%d mails, %d sign-ins over a way that isn't private", len(m.taken()), m.signIns)
			}
		})
	}
}

// "localhost" that leads to another machine.
type elsewhere struct{ net.Conn }

func (elsewhere) RemoteAddr() net.Addr { return &net.TCPAddr{IP: net.IPv4(192, 0, 2, 7), Port: 25} }

func TestPlainMailStaysOnThisMachine(t *testing.T) {
	if err := (data.MailServer{Host: "mail.example", Port: 25, Security: data.MailPlain, From: "a@b.example"}).Check(); err == nil {
		t.Error("plain mail to another machine is taken")
	}
	m := newMailServer(t, mailOptions{tls: data.MailPlain})
	d := newDesk(t)
	d.mailBy(m, m.settings(data.MailPlain))
	d.way.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := (&net.Dialer{}).DialContext(ctx, network, address)
		return elsewhere{c}, err
	}
	d.delete()
	d.pass()
	d.is(data.ChannelEmail, data.OutboxFailed, data.WhyNoTLS)
	if len(m.taken()) != 0 {
		t.Error("it left the machine")
	}
}

func TestWhatServersSay(t *testing.T) {
	for name, c := range map[string]struct {
		set    func(*mailServer)
		state  data.OutboxState
		want   data.Why
		again  bool
		answer *regexp.Regexp // as an owner can hand it on to the provider
	}{
		"a wrong password":  {func(m *mailServer) { m.user = "somebody.else" }, data.OutboxFailed, data.WhySignIn, false, regexp.MustCompile(`^535 5\.7\.8 Username and Password not accepted$`)},
		"a refused sender":  {refuses("mail", 550, -1), data.OutboxFailed, data.WhySender, false, regexp.MustCompile(`^550 5\.2\.1 No thank you$`)},
		"a refused address": {refuses("rcpt", 550, -1), data.OutboxFailed, data.WhyRecipient, false, regexp.MustCompile(`^550 5\.2\.1 No thank you$`)},
		"a refused message": {refuses("data", 554, -1), data.OutboxFailed, data.WhyRefused, false, regexp.MustCompile(`^554 5\.2\.1 No thank you$`)},
		"greylisting":       {refuses("rcpt", 451, -1), data.OutboxFailed, data.WhyLater, true, regexp.MustCompile(`^451 4\.2\.1 No thank you$`)},
		"a full mailbox":    {refuses("data", 452, -1), data.OutboxFailed, data.WhyLater, true, regexp.MustCompile(`^452 4\.2\.1 No thank you$`)},
		"drops in DATA":     {func(m *mailServer) { m.drop = "data" }, data.OutboxFailed, data.WhyDropped, true, regexp.MustCompile(`^$`)},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMailServer(t, mailOptions{tls: data.MailStartTLS})
			c.set(m)
			d := newDesk(t)
			s := m.settings(data.MailStartTLS)
			if m.user != "" {
				s.User, s.Password = "lethe", "open"
			}
			d.mailBy(m, s)
			d.delete()
			d.pass()
			got := d.is(data.ChannelEmail, c.state, c.want)
			if (got.NextTry > 0) != c.again {
				t.Errorf("next try %d, again: want %v", got.NextTry, c.again)
			}
			if !c.answer.MatchString(got.Answer) {
				t.Errorf("the server's answer reads %q", got.Answer)
			}
			if len(m.taken()) != 0 {
				t.Error("taken all the same")
			}
		})
	}
}

func refuses(at string, code, times int) func(*mailServer) {
	return func(m *mailServer) {
		m.refuseAt, m.times = at, times
		m.refuse = &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCode{code / 100, 2, 1}, Message: "No thank you"}
	}
}

// A greylisting server takes it the second time; the same message, under the
// same id.
func TestGreylisted(t *testing.T) {
	m := newMailServer(t, mailOptions{tls: data.MailTLS})
	refuses("rcpt", 451, 2)(m)
	d := newDesk(t)
	d.mailBy(m, m.settings(data.MailTLS))
	d.delete()
	var waits []time.Duration
	for range 3 {
		d.pass()
		at, is, err := d.NextMessage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if !is {
			break
		}
		waits = append(waits, at.Sub(d.Clock.Now()))
		d.pass() // too early: nothing happens
		d.Clock.Add(waits[len(waits)-1])
	}
	got := d.is(data.ChannelEmail, data.OutboxSent, "")
	if len(waits) != 2 || waits[0] != time.Minute || waits[1] != 2*time.Minute || got.Tries != 3 || len(m.taken()) != 1 {
		t.Errorf("waited %v, %d tries, %d taken", waits, got.Tries, len(m.taken()))
	}
}

// A server that hangs holds up nobody for longer than an attempt may last.
func TestAServerThatHangs(t *testing.T) {
	m := newMailServer(t, mailOptions{tls: data.MailStartTLS})
	m.hang = make(chan struct{})
	d := newDesk(t)
	d.mailBy(m, m.settings(data.MailStartTLS))
	d.way.Limit = 300 * time.Millisecond
	d.delete()
	d.pass()
	if got := d.is(data.ChannelEmail, data.OutboxFailed, data.WhyTimeout); got.NextTry == 0 {
		t.Error("never tried again")
	}
}

// It took the mail and then the connection broke: sent, as far as anybody can
// know, and not sent again.
func TestDroppedAfterItWasTaken(t *testing.T) {
	m := newMailServer(t, mailOptions{tls: data.MailStartTLS})
	d := newDesk(t)
	d.mailBy(m, m.settings(data.MailStartTLS))
	m.drop = "after"
	d.delete()
	d.pass()
	first := d.message(data.ChannelEmail)
	m.set(func(m *mailServer) { m.drop = "" })
	d.Clock.Add(time.Hour)
	d.pass()
	// The answer was lost, so this is the one that SMTP can't promise; both
	// have one Message-ID.
	got := d.is(data.ChannelEmail, data.OutboxSent, "")
	mails := m.taken()
	if got.MessageID != first.MessageID {
		t.Errorf("%s, then %s", first.MessageID, got.MessageID)
	}
	for _, r := range mails {
		if r.id != got.MessageID {
			t.Errorf("taken as %s", r.id)
		}
	}
}

// No network: the message waits, and goes out once there is one.
func TestOfflineIsNormal(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want data.Why
	}{
		"no network":  {&net.OpError{Op: "dial", Err: syscall.ENETUNREACH}, data.WhyOffline},
		"no name":     {&net.OpError{Op: "dial", Err: &net.DNSError{IsNotFound: true}}, data.WhyNoHost},
		"no resolver": {&net.OpError{Op: "dial", Err: &net.DNSError{IsTemporary: true}}, data.WhyOffline},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMailServer(t, mailOptions{tls: data.MailTLS})
			d := newDesk(t)
			d.mailBy(m, m.settings(data.MailTLS))
			dials := 0
			d.way.Dial = func(context.Context, string, string) (net.Conn, error) { dials++; return nil, c.err }
			d.delete()
			d.delete()
			d.pass()
			if dials != 1 {
				t.Errorf("%d messages found out by themselves that there is no network", dials)
			}
			for range 40 {
				d.is(data.ChannelEmail, data.OutboxQueued, c.want)
				at, is, err := d.NextMessage(t.Context())
				if err != nil || !is {
					t.Fatal(is, err)
				}
				if wait := at.Sub(d.Clock.Now()); wait <= 0 || wait > 12*time.Minute {
					t.Fatalf("waits %s", wait)
				}
				d.Clock.Add(at.Sub(d.Clock.Now()))
				d.pass()
			}
			d.way.Dial = nil
			d.Clock.Add(12 * time.Minute)
			d.pass()
			d.is(data.ChannelEmail, data.OutboxSent, "")
			if len(m.taken()) != 2 {
				t.Errorf("%d taken", len(m.taken()))
			}
		})
	}
}

// Nothing that stands in a name or a text becomes a header or a recipient.
func TestNoHeaderIsInjected(t *testing.T) {
	evil := []string{
		"Sharma\r\nBcc: thief@example.com", "Sharma\nBcc: thief@example.com", "Sharma\rBcc: thief@example.com",
		"Sharma\r\n\r\n<b>body</b>", "x\x00y", "Sharma\u2028Bcc: thief@example.com", "Sharma\u0085Bcc: thief@example.com",
		`"Sharma" <thief@example.com>`, "Sharma\" <thief@example.com>, \"", "=?utf-8?q?Sharma=0D=0ABcc:_thief@example.com?=",
		"गौरी \r\n\tBcc: thief@example.com", strings.Repeat("long ", 400) + "\r\nBcc: thief@example.com",
		"a:b;c,d<e>", "\r\n.\r\nMAIL FROM:<thief@example.com>", "\u202eBcc: moc", "% %s %n",
	}
	m := newMailServer(t, mailOptions{tls: data.MailTLS})
	way := &outbox.Transport{Roots: m.roots}
	for _, text := range evil {
		out := way.Send(t.Context(), &store.Outgoing{
			Message: data.Message{
				Channel: data.ChannelEmail, To: "asha@example.com", Subject: text + " deleted", Body: text + "\nBy: " + text,
				MessageID: "id@sharma.example",
			},
			Business: text, Mail: m.settings(data.MailTLS),
		})
		if !out.Sent {
			t.Errorf("%q: %+v", text, out)
		}
	}
	mails := m.taken()
	if len(mails) != len(evil) {
		t.Fatalf("%d mails of %d", len(mails), len(evil))
	}
	known := map[string]bool{
		"Date": true, "From": true, "To": true, "Subject": true, "Message-Id": true, "Mime-Version": true,
		"Content-Type": true, "Auto-Submitted": true, "Content-Transfer-Encoding": true,
	}
	for i, r := range mails {
		msg, err := netmail.ReadMessage(bytes.NewReader(r.raw))
		if err != nil {
			t.Fatal(err)
		}
		for name, values := range msg.Header {
			if !known[name] || len(values) != 1 {
				t.Errorf("%q: %s: %q", evil[i], name, values)
			}
		}
		if from, err := msg.Header.AddressList("From"); err != nil || len(from) != 1 || from[0].Address != "lethe@sharma.example" {
			t.Errorf("%q: from %v, %v", evil[i], from, err)
		}
		if to, err := msg.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "asha@example.com" || r.to != "asha@example.com" {
			t.Errorf("%q: to %v, %v", evil[i], to, err)
		}
		if _, html := parts(t, r.raw); strings.Contains(html, "<b>body") {
			t.Errorf("%q: HTML of its own", evil[i])
		}
	}
	for _, to := range []string{"asha@example.com, thief@example.com", "asha@example.com\r\nBcc: t@example.com", "<asha@example.com>", "Asha <asha@example.com>", "asha", "asha@exa mple.com", ""} {
		out := way.Send(t.Context(), &store.Outgoing{
			Message: data.Message{Channel: data.ChannelEmail, To: to, MessageID: "id@sharma.example"}, Mail: m.settings(data.MailTLS),
		})
		if out.Sent || out.Why != data.WhyAddress {
			t.Errorf("to %q: %+v", to, out)
		}
	}
}

func TestDraft(t *testing.T) {
	raw, err := outbox.Draft(data.Message{Channel: data.ChannelEmail, To: "asha@example.com", Subject: "Gone \r\nBcc: x@example.com", Body: body}, "Sharma", "en")
	if err != nil {
		t.Fatal(err)
	}
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil || msg.Header.Get("X-Unsent") != "1" || msg.Header.Get("To") != "<asha@example.com>" || msg.Header.Get("Bcc") != "" || msg.Header.Get("From") != "" {
		t.Errorf("%v, %v", msg, err)
	}
	if plain, html := parts(t, raw); !strings.Contains(plain, "By: Asha Sharma") || !strings.Contains(html, `lang="en"`) {
		t.Errorf("%q %q", plain, html)
	}
}

package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"lethe/app"
	"lethe/data"
	"lethe/data/otp"
	"lethe/data/outbox"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// whatsApp answers as Meta's Cloud API does, and hands on what it was told.
func whatsApp(t *testing.T) (base string, told <-chan string) {
	t.Helper()
	came := make(chan string, 8)
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m struct {
			Template struct {
				Components []struct{ Parameters []struct{ Text string } }
			}
		}
		if err := json.NewDecoder(r.Body).Decode(&m); err != nil || len(m.Template.Components) == 0 {
			t.Errorf("the API got %+v, %v", m, err)
		} else {
			p := m.Template.Components[0].Parameters
			came <- p[len(p)-1].Text
		}
		_, _ = w.Write([]byte(`{"messages":[{"id":"wamid.1"}]}`))
	}))
	t.Cleanup(api.Close)
	return api.URL, came
}

// What the store writes about the Account Owner's OTP, in the words of the
// window, goes out by what the program was given to send with, while the
// session lasts; so does a test message.
func TestWhatTheStoreTellsGoesOut(t *testing.T) {
	base, told := whatsApp(t)
	var dialled atomic.Int32
	p := run(t, app.Options{Dir: list(t), Transport: &outbox.Transport{
		Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			dialled.Add(1)
			return new(net.Dialer).DialContext(ctx, network, address)
		},
	}})
	p.answer(storetest.Password)
	d, ctx := p.boards[0].desk, t.Context()
	secret, err := otp.NewSecret(nil)
	if err != nil {
		t.Fatal(err)
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	api := data.WhatsAppAPI{
		Base: base, Version: data.WhatsAppVersion, NumberID: "106540352242922",
		Token: "EAAGtest", Template: "lethe_told", Language: "en",
	}
	must(d.Store.EnrolOTP(ctx, d.Actor, storetest.Password, secret, otp.CodeAt(secret, p.clock.Now()), ""))
	must(d.Store.SaveWhatsAppAPI(ctx, d.Actor, storetest.Password, api))
	settings, err := d.Store.Settings(ctx, d.Actor)
	must(err)
	settings.Strictness = data.StrictAlways
	must(d.Store.SaveSettings(ctx, d.Actor, settings))
	id, err := d.Store.AddCustomer(ctx, d.Actor, store.NewCustomer{Phone: 919820100001})
	must(err)

	p.clock.Add(otp.Period)
	now, err := d.Store.Details(ctx, d.Actor, id)
	must(err)
	must(d.Store.EditCustomer(ctx, d.Actor, data.Edit{Customer: id, Version: now.Row.Version, Phone: 919820100002}, otp.CodeAt(secret, p.clock.Now())))
	key, err := d.Store.CertificateKey(ctx, d.Actor)
	must(err)
	stands := "Key of certificates: " + key.Fingerprint()
	if text := <-told; !strings.Contains(text, "a customer’s phone number was changed") || !strings.Contains(text, "Asha Sharma") ||
		!strings.Contains(text, stands) {
		t.Errorf("told of the number: %q", text)
	}

	changes, err := d.Store.Changes(ctx, d.Actor)
	must(err)
	plan, err := d.Store.Seal(ctx, d.Actor, store.SealRequest{Way: data.WayAll, Changes: changes})
	must(err)
	for n := range otp.MaxWrongOwner {
		_, err := d.Store.Authorise(ctx, d.Actor, plan, notNow(secret, p.clock))
		var w *data.OTPWrong
		if !errors.As(err, &w) {
			t.Fatalf("the wrong OTP number %d: %v", n, err)
		}
		p.clock.Add(w.Wait)
	}
	if text := <-told; !strings.Contains(text, "30 wrong OTPs were entered") || !strings.Contains(text, "by Asha Sharma") ||
		!strings.Contains(text, stands) {
		t.Errorf("told of wrong OTPs: %q", text)
	}

	before := dialled.Load()
	out := d.Transport.Send(ctx, &store.Outgoing{
		Message:  data.Message{Channel: data.ChannelWhatsApp, To: "+919820000001", Subject: "A test", Body: "A test"},
		WhatsApp: api,
	})
	if <-told; !out.Sent || before < 2 || dialled.Load() != before+1 {
		t.Errorf("a test message: %+v; %d connections before, %d after", out, before, dialled.Load())
	}
}

// notNow is six digits that no step around the present shows.
func notNow(secret otp.Secret, clock *storetest.Clock) string {
	now := clock.Now()
	for _, code := range []string{"000000", "000001", "000002", "000003"} {
		if code != otp.CodeAt(secret, now) && code != otp.CodeAt(secret, now.Add(otp.Period)) && code != otp.CodeAt(secret, now.Add(-otp.Period)) {
			return code
		}
	}
	return ""
}

package outbox_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"lethe/data"
	"lethe/data/store/storetest"
)

// cloud answers as Meta's Cloud API is documented to.
type cloud struct {
	*httptest.Server

	mu     sync.Mutex
	status int
	answer string
	header http.Header
	asked  []*http.Request
	bodies []map[string]any
}

const taken = `{"messaging_product":"whatsapp","contacts":[{"input":"919820000001","wa_id":"919820000001"}],"messages":[{"id":"wamid.HBgM","message_status":"accepted"}]}`

func newCloud(t *testing.T, secure bool) *cloud {
	t.Helper()
	c := &cloud{status: 200, answer: taken, header: http.Header{}}
	handle := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		c.asked, c.bodies = append(c.asked, r), append(c.bodies, body)
		for k, v := range c.header {
			w.Header()[k] = v
		}
		w.WriteHeader(c.status)
		_, _ = w.Write([]byte(c.answer))
	})
	if secure {
		c.Server = httptest.NewTLSServer(handle)
	} else {
		c.Server = httptest.NewServer(handle)
	}
	t.Cleanup(c.Close)
	return c
}

func (d *desk) whatsAppBy(c *cloud) {
	d.t.Helper()
	if err := d.SaveWhatsAppAPI(d.t.Context(), d.Owner, storetest.Password, data.WhatsAppAPI{
		Base: c.URL, Version: "v23.0", NumberID: "106540352242922", Token: "EAAGtoken", Template: "lethe_told", Language: "en",
	}); err != nil {
		d.t.Fatal(err)
	}
}

func TestWhatsAppGoesOut(t *testing.T) {
	for name, secure := range map[string]bool{"on this machine": false, "by HTTPS": true} {
		t.Run(name, func(t *testing.T) {
			c := newCloud(t, secure)
			d := newDesk(t)
			d.whatsAppBy(c)
			if secure {
				d.way.Roots = c.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
			}
			d.delete()
			d.pass()
			if got := d.is(data.ChannelWhatsApp, data.OutboxSent, ""); got.Answer != "wamid.HBgM" {
				t.Errorf("%+v", got)
			}
			d.is(data.ChannelEmail, data.OutboxPrepared, "")
			d.pass()
			if len(c.asked) != 1 {
				t.Fatalf("asked %d times", len(c.asked))
			}
			r := c.asked[0]
			if r.Method != http.MethodPost || r.URL.Path != "/v23.0/106540352242922/messages" ||
				r.Header.Get("Authorization") != "Bearer EAAGtoken" || r.Header.Get("Content-Type") != "application/json" {
				t.Errorf("%s %s %v", r.Method, r.URL.Path, r.Header)
			}
			want := `{"messaging_product":"whatsapp","template":{"components":[{"parameters":[{"text":"Sharma Traders","type":"text"},` +
				`{"text":"1 customer was deleted. · By: Asha Sharma · Stay: 39","type":"text"}],"type":"body"}],` +
				`"language":{"code":"en"},"name":"lethe_told"},"to":"919820000001","type":"template"}`
			if got, err := json.Marshal(c.bodies[0]); err != nil || string(got) != want {
				t.Errorf("%s, %v\nwant %s", got, err, want)
			}
		})
	}
}

func TestWhatTheCloudSays(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		answer string
		want   data.Why
		again  bool
	}{
		"the token expired":           {401, `{"error":{"message":"Error validating access token: Session has expired","type":"OAuthException","code":190,"error_subcode":463}}`, data.WhyToken, false},
		"a token without the right":   {403, `{"error":{"message":"(#10) Application does not have permission for this action","code":10}}`, data.WhyToken, false},
		"a template that isn't there": {404, `{"error":{"message":"(#132001) Template name does not exist in the translation","code":132001,"error_data":{"messaging_product":"whatsapp","details":"template name (lethe_told) does not exist in en"}}}`, data.WhyTemplate, false},
		"a template that is paused":   {400, `{"error":{"message":"(#132015) Template is paused","code":132015}}`, data.WhyTemplate, false},
		"other variables":             {400, `{"error":{"message":"(#132000) Number of parameters does not match","code":132000}}`, data.WhyTemplate, false},
		"not on WhatsApp":             {400, `{"error":{"message":"(#131026) Message undeliverable","code":131026}}`, data.WhyNoWhatsApp, false},
		"too many":                    {429, `{"error":{"message":"(#130429) Rate limit hit","code":130429}}`, data.WhyRate, true},
		"too many to this one":        {400, `{"error":{"message":"(#131056) Pair rate limit hit","code":131056}}`, data.WhyRate, true},
		"an unknown number id":        {400, `{"error":{"message":"Unsupported post request. Object with ID '1' does not exist","code":100,"error_subcode":33}}`, data.WhyNumber, false},
		"it is out of order":          {503, `{"error":{"message":"Service temporarily unavailable","code":2}}`, data.WhyLater, true},
		"no JSON":                     {502, `<html>Bad gateway</html>`, data.WhyLater, true},
		"200, and no message":         {200, `{}`, data.WhyOther, false},
		"a redirect":                  {302, ``, data.WhyOther, false},
	} {
		t.Run(name, func(t *testing.T) {
			cl := newCloud(t, false)
			cl.status, cl.answer = c.status, c.answer
			cl.header.Set("Location", "http://192.0.2.1/steal")
			d := newDesk(t)
			d.whatsAppBy(cl)
			d.delete()
			d.pass()
			got := d.is(data.ChannelWhatsApp, data.OutboxFailed, c.want)
			if (got.NextTry > 0) != c.again || got.Answer == "" || strings.Contains(got.Answer, "EAAG") {
				t.Errorf("%+v", got)
			}
			if len(cl.asked) != 1 {
				t.Errorf("asked %d times", len(cl.asked))
			}
		})
	}
}

func TestItComesAgainWhenAsked(t *testing.T) {
	c := newCloud(t, false)
	c.status, c.answer = 429, `{"error":{"message":"(#80007) Rate limit issues","code":80007}}`
	c.header.Set("Retry-After", "1800")
	d := newDesk(t)
	d.whatsAppBy(c)
	d.delete()
	d.pass()
	at, is, err := d.NextMessage(t.Context())
	if wait := at.Sub(d.Clock.Now()); err != nil || !is || wait != 30*time.Minute {
		t.Errorf("waits %s, %v, %v", wait, is, err)
	}
}

func TestOnlyPrivateWaysToTheCloud(t *testing.T) {
	good := data.WhatsAppAPI{Base: data.WhatsAppBase, Version: data.WhatsAppVersion, NumberID: "106540352242922", Token: "EAAG", Template: "told", Language: "en_US"}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for base, ok := range map[string]bool{
		"https://graph.example": true, "http://localhost:8080": true, "http://127.0.0.1:8080/api": true, "http://[::1]:80": true,
		"http://graph.facebook.com": false, "http://localhost.example": false, "http://127.0.0.1.example": false,
		"ftp://localhost": false, "graph.facebook.com": false, "https://": false, "https://user:pass@graph.example": false, "https://graph.example?x=1": false,
	} {
		api := good
		api.Base = base
		if got := api.Check() == nil; got != ok {
			t.Errorf("%s: %v", base, got)
		}
	}
}

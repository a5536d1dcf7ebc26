package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"os"
	"sync"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// What the account at the mail server is called. All made up.
const (
	mailAccount  = "shop@sharma.example"
	mailPassword = "lantern-market-42"
)

// mailbox is a mail server on this machine, by STARTTLS with a certificate of
// its own authority, and keeps what it takes.
type mailbox struct {
	port  string
	roots string // the authority's certificate, as a file

	mu    sync.Mutex
	mails []*netmail.Message
	close func()
}

func openMailbox(dir string) (*mailbox, error) {
	b := &mailbox{roots: dir + "/authority.pem"}
	cert, err := b.certificate()
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	if _, b.port, err = net.SplitHostPort(l.Addr().String()); err != nil {
		return nil, err
	}
	s := smtp.NewServer(b)
	s.Domain = "mail.sharma.example"
	s.TLSConfig = &tls.Config{Certificates: []tls.Certificate{cert}}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.Serve(l)
	}()
	b.close = func() {
		_ = s.Close()
		<-ended
	}
	return b, nil
}

// certificate makes one for localhost, which vouches for itself.
func (b *mailbox) certificate() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "localhost"}, DNSNames: []string{"localhost"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		return tls.Certificate{}, err
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, os.WriteFile(b.roots, text, 0o600)
}

// taken are the mails so far.
func (b *mailbox) taken() []*netmail.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]*netmail.Message(nil), b.mails...)
}

// NewSession implements smtp.Backend.
func (b *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &delivery{box: b}, nil }

type delivery struct {
	box *mailbox
	in  bool
}

var errSignIn = &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "Username and password not accepted"}

func (d *delivery) AuthMechanisms() []string { return []string{sasl.Plain} }

func (d *delivery) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if d.in = user == mailAccount && password == mailPassword; !d.in {
			return errSignIn
		}
		return nil
	}), nil
}

func (d *delivery) Mail(string, *smtp.MailOptions) error {
	if !d.in {
		return errSignIn
	}
	return nil
}

func (d *delivery) Rcpt(string, *smtp.RcptOptions) error { return nil }

func (d *delivery) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	d.box.mu.Lock()
	defer d.box.mu.Unlock()
	d.box.mails = append(d.box.mails, m)
	return nil
}

func (d *delivery) Reset()        {}
func (d *delivery) Logout() error { return nil }

// cloud answers as Meta's Cloud API does.
type cloud struct {
	*httptest.Server

	mu    sync.Mutex
	texts []string // second variables of what it took
}

func openCloud() *cloud {
	c := &cloud{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var m struct {
			Template struct {
				Components []struct {
					Parameters []struct{ Text string }
				}
			}
		}
		err := json.NewDecoder(r.Body).Decode(&m)
		if err == nil && (len(m.Template.Components) != 1 || len(m.Template.Components[0].Parameters) != 2) {
			err = errors.New("other variables")
		}
		switch {
		case r.Header.Get("Authorization") != "Bearer "+apiToken:
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"error":{"message":"Error validating access token: Session has expired","code":190}}`)
		case err != nil:
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":{"message":"(#132000) Number of parameters does not match","code":132000}}`)
		default:
			c.mu.Lock()
			c.texts = append(c.texts, m.Template.Components[0].Parameters[1].Text)
			c.mu.Unlock()
			_, _ = io.WriteString(w, `{"messaging_product":"whatsapp","messages":[{"id":"wamid.HBgMOTE5ODIwMDAwMDAx"}]}`)
		}
	}))
	return c
}

const apiToken = "EAAGtourtoken"

func (c *cloud) taken() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.texts...)
}

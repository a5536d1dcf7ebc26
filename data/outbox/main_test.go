package outbox_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	netmail "net/mail"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"lethe/data"
	"lethe/data/outbox"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

func TestMain(m *testing.M) {
	if job := os.Getenv(childOf); job != "" {
		if err := child(job); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// received is a mail that a server took.
type received struct {
	from, to string
	raw      []byte
	id       string // Message-ID
	tls      bool
}

// mailServer is an SMTP server on loopback. What it does to mail is in its
// fields, which are set under mu.
type mailServer struct {
	addr  string
	roots *x509.CertPool

	mu       sync.Mutex
	mails    []received
	user     string // must sign in as, with password "sesame"
	refuse   *smtp.SMTPError
	refuseAt string // "mail", "rcpt" or "data"
	times    int    // how often it refuses; -1 always
	hang     chan struct{}
	drop     string // when it drops the connection: "data", "after" (it took the mail)
	signIns  int
	took     func(id string)
	conns    []net.Conn
}

type mailOptions struct {
	name   string // in the certificate
	tls    data.MailSecurity
	before bool // the certificate is out of date
}

func newMailServer(t testing.TB, o mailOptions) *mailServer {
	t.Helper()
	m := &mailServer{}
	if o.name == "" {
		o.name = "localhost"
	}
	cert, roots := certificate(t, o.name, o.before)
	m.roots = roots
	conf := &tls.Config{Certificates: []tls.Certificate{cert}}
	srv := smtp.NewServer(m)
	srv.Domain = "mail.example"
	srv.AllowInsecureAuth = o.tls == data.MailPlain
	srv.ErrorLog = quiet{}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m.addr = l.Addr().String()
	kept := &keeping{Listener: l, server: m}
	var serve net.Listener = kept
	switch o.tls {
	case data.MailTLS:
		serve = tls.NewListener(kept, conf)
	case data.MailStartTLS:
		srv.TLSConfig = conf
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = srv.Serve(serve)
	}()
	t.Cleanup(func() {
		m.mu.Lock()
		if m.hang != nil {
			close(m.hang)
			m.hang = nil
		}
		m.mu.Unlock()
		srv.Close()
		<-done
	})
	return m
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

// keeping remembers the raw connections, so that they can be dropped.
type keeping struct {
	net.Listener

	server *mailServer
}

func (k *keeping) Accept() (net.Conn, error) {
	c, err := k.Listener.Accept()
	if err == nil {
		k.server.mu.Lock()
		k.server.conns = append(k.server.conns, c)
		k.server.mu.Unlock()
	}
	return c, err
}

func (m *mailServer) NewSession(c *smtp.Conn) (smtp.Session, error) {
	_, secure := c.TLSConnectionState()
	return &session{server: m, secure: secure, conn: c}, nil
}

type session struct {
	server   *mailServer
	conn     *smtp.Conn
	secure   bool
	in       bool
	from, to string
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.server.mu.Lock()
		defer s.server.mu.Unlock()
		s.server.signIns++
		if user != s.server.user || password != "sesame" {
			return &smtp.SMTPError{Code: 535, EnhancedCode: smtp.EnhancedCode{5, 7, 8}, Message: "Username and Password not accepted"}
		}
		s.in = true
		return nil
	}), nil
}

func (s *session) refused(at string) error {
	m := s.server
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.refuse == nil || m.refuseAt != at || m.times == 0 {
		return nil
	}
	m.times--
	return m.refuse
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.server.mu.Lock()
	user, hang := s.server.user, s.server.hang
	s.server.mu.Unlock()
	if hang != nil {
		<-hang
	}
	if user != "" && !s.in {
		return &smtp.SMTPError{Code: 530, EnhancedCode: smtp.EnhancedCode{5, 7, 0}, Message: "Authentication required"}
	}
	s.from = from
	return s.refused("mail")
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.refused("rcpt")
}

func (s *session) Data(r io.Reader) error {
	m := s.server
	m.mu.Lock()
	drop := m.drop
	m.mu.Unlock()
	if drop == "data" {
		s.cut()
		return errors.New("dropped")
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := s.refused("data"); err != nil {
		return err
	}
	msg, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return err
	}
	id := strings.Trim(msg.Header.Get("Message-ID"), "<>")
	m.mu.Lock()
	m.mails = append(m.mails, received{s.from, s.to, raw, id, s.secure})
	took := m.took
	m.mu.Unlock()
	if took != nil {
		took(id)
	}
	if drop == "after" {
		s.cut()
	}
	return nil
}

// cut drops the raw connections, in the middle of whatever they carry.
func (s *session) cut() {
	s.server.mu.Lock()
	defer s.server.mu.Unlock()
	for _, c := range s.server.conns {
		c.Close()
	}
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func (m *mailServer) taken() []received {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]received(nil), m.mails...)
}

func (m *mailServer) set(f func(*mailServer)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	f(m)
}

// settings are how Lethe reaches the server.
func (m *mailServer) settings(s data.MailSecurity) data.MailServer {
	_, port, err := net.SplitHostPort(m.addr)
	if err != nil {
		panic(err)
	}
	out := data.MailServer{Host: "localhost", Security: s, From: "lethe@sharma.example"}
	fmt.Sscan(port, &out.Port)
	return out
}

// certificate makes one for name, and the authority that vouches for it.
func certificate(t testing.TB, name string, before bool) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	end := time.Now().Add(time.Hour)
	if before {
		end = time.Now().Add(-time.Hour)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: end,
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, roots
}

// desk is a store with confirmations and a sender that works when it is told.
type desk struct {
	*storetest.Store

	t      testing.TB
	sender *outbox.Sender
	way    *outbox.Transport
	text   string // of the next confirmation, if not the usual one
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{Store: storetest.New(t), t: t, way: &outbox.Transport{Limit: 20 * time.Second}}
	d.sender = outbox.New(d.Store.Store, outbox.Options{
		Transport: d.way, Clock: d.Clock.Now, Jitter: func() float64 { return 0.5 },
	})
	d.TellAlways()
	d.Fill(t, d.Owner, 919820100000, 120)
	return d
}

// TellAlways has every deletion told.
func (d *desk) TellAlways() {
	d.t.Helper()
	v, err := d.Settings(d.t.Context(), d.Owner)
	if err == nil {
		v.TellAlways = true
		err = d.SaveSettings(d.t.Context(), d.Owner, v)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) mailBy(m *mailServer, s data.MailServer) {
	d.t.Helper()
	d.way.Roots = m.roots
	if err := d.SaveMailServer(d.t.Context(), d.Owner, storetest.Password, s); err != nil {
		d.t.Fatal(err)
	}
}

const (
	subject = "Sharma Traders: 1 customer deleted"
	body    = "1 customer was deleted.\nBy: Asha Sharma\nStay: 39"
)

func (d *desk) texts(data.Receipt) (string, string) {
	if d.text != "" {
		return subject, d.text
	}
	return subject, body
}

// delete deletes one customer, which leaves a confirmation a channel.
func (d *desk) delete() {
	d.t.Helper()
	ctx := context.Background()
	p, err := d.Seal(ctx, d.Owner, store.SealRequest{Way: data.WayOne, IDs: d.IDs(d.t)[:1]})
	if err != nil {
		d.t.Fatal(err)
	}
	_, residue, err := d.Delete(ctx, d.Owner, p, nil, d.texts, nil)
	if err == nil {
		_, err = d.Scrub(ctx, residue, nil)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) pass() {
	d.t.Helper()
	if err := d.sender.Pass(context.Background()); err != nil {
		d.t.Fatal(err)
	}
}

// message is the newest of a channel.
func (d *desk) message(c data.Channel) data.Message {
	d.t.Helper()
	all, err := d.Outbox(context.Background(), d.Owner)
	if err != nil {
		d.t.Fatal(err)
	}
	for _, m := range all {
		if m.Channel == c {
			return m
		}
	}
	d.t.Fatalf("no message by %s", c)
	return data.Message{}
}

func (d *desk) is(c data.Channel, state data.OutboxState, why data.Why) data.Message {
	d.t.Helper()
	m := d.message(c)
	if m.State != state || m.Why != why {
		d.t.Errorf("%s, %q (%s), want %s, %q", m.State, m.Why, m.Answer, state, why)
	}
	return m
}

package outbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"time"

	"lethe/data"
	"lethe/data/store"
)

// Dial opens a connection, as net.Dialer.DialContext does.
type Dial func(ctx context.Context, network, address string) (net.Conn, error)

// Transport sends one message at a time. The zero value uses the network; its
// fields are for tests. Any goroutine.
type Transport struct {
	Dial  Dial
	Roots *x509.CertPool // whom to trust; nil: the system's
	Limit time.Duration  // for one attempt; 0: a minute
	// Language is that of the messages, for HTML ("en").
	Language func() string
}

const attempt = time.Minute

// Send sends a message and answers what became of it. ctx ends it early.
func (t *Transport) Send(ctx context.Context, m *store.Outgoing) (out data.Outcome) {
	limit := t.Limit
	if limit == 0 {
		limit = attempt
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	// What a server answers must not end the program.
	defer func() {
		if recover() != nil {
			out = data.Outcome{Why: data.WhyOther, Again: true}
		}
	}()
	if m.Channel == data.ChannelEmail {
		return t.mail(ctx, m)
	}
	return t.whatsApp(ctx, m)
}

// dial connects by Dial, and closes the connection when life, the attempt's
// context, ends, so that a server that hangs holds nobody up. ctx, the
// library's, may end before.
func (t *Transport) dial(ctx, life context.Context, network, address string) (net.Conn, error) {
	dial := t.Dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	c, err := dial(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &leashed{Conn: c, stop: context.AfterFunc(life, func() { c.Close() })}, nil
}

type leashed struct {
	net.Conn

	stop func() bool
}

func (l *leashed) Close() error {
	l.stop()
	return l.Conn.Close()
}

// local tells whether the other end of a connection is this machine. A name
// that should be may lead elsewhere.
func local(c net.Conn) bool {
	host, _, err := net.SplitHostPort(c.RemoteAddr().String())
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

func (t *Transport) tls(host string) *tls.Config {
	return &tls.Config{ServerName: host, RootCAs: t.Roots, MinVersion: tls.VersionTLS12}
}

// client follows no redirect: the token is for one server.
func (t *Transport) client(life context.Context, plain bool) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
				c, err := t.dial(ctx, life, network, address)
				if err == nil && plain && !local(c) {
					c.Close()
					return nil, errNotLocal
				}
				return c, err
			},
			TLSClientConfig:   &tls.Config{RootCAs: t.Roots, MinVersion: tls.VersionTLS12},
			DisableKeepAlives: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

package outbox

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	netmail "net/mail"
	"strings"
	"time"

	"github.com/wneessen/go-mail"

	"lethe/data"
	"lethe/data/fold"
	"lethe/data/store"
)

// How many characters are kept of a line from outside, and of a name.
const (
	longest     = 300
	longestName = 80
)

func (t *Transport) mail(ctx context.Context, m *store.Outgoing) data.Outcome {
	if err := m.Mail.Check(); err != nil {
		return data.Outcome{Why: data.WhyOther, Answer: err.Error()}
	}
	msg, err := t.compose(&m.Message, m.Mail.From, m.Business)
	if err != nil {
		return data.Outcome{Why: data.WhyAddress}
	}
	client, err := t.mailClient(ctx, m.Mail)
	if err != nil {
		return data.Outcome{Why: data.WhyOther, Answer: fold.OneLine(err.Error(), longest)}
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if msg.IsDelivered() {
		// The server has it, whatever happened to the connection after.
		return data.Outcome{Sent: true, Answer: fold.OneLine(msg.ServerResponse(), longest)}
	}
	if err == nil {
		err = errors.New("nothing was sent")
	}
	return mailFailed(ctx, err)
}

func (t *Transport) mailClient(life context.Context, s data.MailServer) (*mail.Client, error) {
	conf := t.tls(s.Host)
	limit := attempt
	if end, ok := life.Deadline(); ok {
		limit = max(time.Until(end), time.Millisecond)
	}
	opts := []mail.Option{
		mail.WithPort(s.Port), mail.WithTimeout(limit), mail.WithTLSConfig(conf),
		mail.WithHELO("lethe.invalid"), // the computer's name is nobody's business
		mail.WithDialContextFunc(func(ctx context.Context, network, address string) (net.Conn, error) {
			c, err := t.dial(ctx, life, network, address)
			if err != nil {
				return nil, err
			}
			switch s.Security {
			case data.MailTLS:
				return handshake(ctx, c, conf)
			case data.MailPlain:
				if !local(c) {
					return nil, errors.Join(errNotLocal, c.Close())
				}
			}
			return c, nil
		}),
	}
	switch s.Security {
	case data.MailTLS:
		opts = append(opts, mail.WithSSL())
	case data.MailPlain:
		opts = append(opts, mail.WithTLSPolicy(mail.NoTLS))
	default:
		opts = append(opts, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.User != "" {
		opts = append(opts, mail.WithUsername(s.User), mail.WithPassword(s.Password),
			mail.WithOpportunisticSMTPAuth(mail.SMTPAuthSCRAMSHA256, mail.SMTPAuthPlain, mail.SMTPAuthLogin))
	}
	return mail.NewClient(s.Host, opts...)
}

func handshake(ctx context.Context, c net.Conn, conf *tls.Config) (net.Conn, error) {
	secure := tls.Client(c, conf)
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return secure, nil
}

// compose writes the mail: text and HTML, from the business to its Account
// Owner. It fails where an address is none.
func (t *Transport) compose(m *data.Message, from, business string) (*mail.Msg, error) {
	if !data.MailAddress(m.To) {
		return nil, errors.New("no address")
	}
	msg := mail.NewMsg(mail.WithNoDefaultUserAgent())
	if from != "" {
		msg.FromMailAddress(&netmail.Address{Name: fold.OneLine("Lethe, "+business, longestName), Address: from})
	}
	if err := msg.To(m.To); err != nil {
		return nil, err
	}
	msg.Subject(fold.OneLine(m.Subject, longest))
	msg.SetDateWithValue(time.Unix(m.Created, 0).UTC())
	if m.MessageID != "" {
		msg.SetMessageIDWithValue(m.MessageID)
	}
	// RFC 3834, section 5: nobody's holiday notice answers it.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(mail.TypeTextPlain, crlf(m.Body))
	lang := ""
	if t.Language != nil {
		lang = t.Language()
	}
	page, err := page(lang, m.Subject, m.Body)
	if err != nil {
		return nil, err
	}
	msg.AddAlternativeString(mail.TypeTextHTML, page)
	return msg, nil
}

func crlf(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")
}

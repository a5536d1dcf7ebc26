package outbox

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/textproto"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"

	"github.com/wneessen/go-mail"

	"lethe/data"
	"lethe/data/fold"
)

var errNotLocal = errors.New("an unprotected way that leads off this machine")

// mailFailed says why a mail didn't go out.
func mailFailed(ctx context.Context, err error) data.Outcome {
	// An answer of the server comes first: what breaks off after it is only
	// how it ends the talk.
	var answer *textproto.Error
	var failed *mail.SendError
	errors.As(err, &failed)
	if errors.As(err, &answer) || failed != nil && failed.ErrorCode() != 0 {
		code, text := 0, err.Error()
		if answer != nil {
			code, text = answer.Code, strconv.Itoa(answer.Code)+" "+answer.Msg // its Error quotes
		} else {
			code, text = failed.ErrorCode(), unquoted(text)
		}
		out := answered(failed, code)
		out.Answer = fold.OneLine(text, longest)
		return out
	}
	return unreached(ctx, err)
}

var answerIn = regexp.MustCompile(`\b[245][0-9]{2} "(?:[^"\\]|\\.)*"`)

// unquoted is what a server answered, out of an error that tells more and
// quotes it: "rcpt: 550 \"no such user\", to …" is "550 no such user".
func unquoted(text string) string {
	code, quoted, ok := strings.Cut(answerIn.FindString(text), " ")
	said, err := strconv.Unquote(quoted)
	if !ok || err != nil {
		return text
	}
	return code + " " + said
}

// answered explains a server's refusal by where it came and by its code (RFC
// 5321, section 4.2.1: 4yz asks to try again, 5yz doesn't).
func answered(failed *mail.SendError, code int) data.Outcome {
	again := code/100 == 4
	out := data.Outcome{Why: data.WhyRefused, Again: again}
	switch {
	case failed == nil: // greeting, EHLO, STARTTLS or AUTH
		out.Channel = true
		switch code {
		case 530, 534, 535, 538, 454: // RFC 4954, section 6
			out.Why = data.WhySignIn
		case 502, 504:
			out.Why = data.WhyNoTLS
		}
	case failed.Reason == mail.ErrSMTPMailFrom:
		out.Why, out.Channel = data.WhySender, true
		if code == 530 {
			out.Why = data.WhySignIn
		}
	case failed.Reason == mail.ErrSMTPRcptTo:
		out.Why = data.WhyRecipient
	}
	if again && out.Why != data.WhySignIn {
		out.Why = data.WhyLater
	}
	return out
}

// unreached explains what happened on the way to a server.
func unreached(ctx context.Context, err error) data.Outcome {
	out := data.Outcome{Why: data.WhyOther, Again: true, Channel: true}
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var dns *net.DNSError
	var op *net.OpError
	text := err.Error()
	switch {
	case errors.Is(err, errNotLocal):
		out.Why, out.Again = data.WhyNoTLS, false
	case errors.As(err, &certificate), errors.As(err, &unknown), errors.As(err, &name), errors.As(err, &invalid):
		out.Why, out.Again, out.Answer = data.WhyCert, false, fold.OneLine(text, longest)
	case strings.Contains(text, "STARTTLS"), errors.As(err, &record):
		out.Why, out.Again = data.WhyNoTLS, false
	case strings.Contains(text, "AUTH"), strings.Contains(text, "unencrypted connection"):
		out.Why, out.Again = data.WhySignIn, false
	case errors.As(err, &dns) && dns.IsNotFound:
		out.Why = data.WhyNoHost
	case errors.As(err, &dns), errors.Is(err, syscall.ENETUNREACH), errors.Is(err, syscall.ENETDOWN),
		errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.EADDRNOTAVAIL):
		out.Why = data.WhyOffline
	case errors.Is(err, syscall.ECONNREFUSED):
		out.Why = data.WhyUnreached
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), ctx.Err() != nil:
		out.Why = data.WhyTimeout
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET),
		errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed), errors.Is(err, mail.ErrNoActiveConnection):
		out.Why = data.WhyDropped
	case errors.As(err, &op) && op.Op == "dial":
		out.Why = data.WhyOffline
	}
	return out
}

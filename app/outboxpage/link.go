package outboxpage

import (
	"net/url"
	"strings"

	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
)

// linkOf is the address that opens a message, ready to be sent, in WhatsApp or
// in the mail program. It answers false where the message has no address.
func linkOf(m data.Message) (string, bool) {
	if m.Channel == data.ChannelWhatsApp {
		number, ok := data.ParseE164(m.To)
		return phone.WhatsAppLink(number, m.Subject+"\n\n"+m.Body), ok
	}
	return mailto(m.To, m.Subject, m.Body), m.To != ""
}

// mailto is the address of a mail (RFC 6068): everything percent-encoded, line
// breaks as CR LF (section 5).
func mailto(to, subject, body string) string {
	body = strings.ReplaceAll(strings.ReplaceAll(body, "\r\n", "\n"), "\n", "\r\n")
	return "mailto:" + strings.ReplaceAll(escape(to), "%40", "@") +
		"?subject=" + escape(fold.OneLine(subject, 500)) + "&body=" + escape(body)
}

func escape(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// address is whom a message is for, as people read it.
func address(m data.Message) string {
	if number, ok := data.ParseE164(m.To); ok && m.Channel == data.ChannelWhatsApp {
		return phone.Format(number)
	}
	return fold.OneLine(m.To, shown)
}

package phone

import (
	"net/url"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"lethe/data"
)

// Format writes a number as people read it, with its country code and in the
// groups of its country: "+91 82999 95902". It answers "" for none.
func Format(p data.Phone) string {
	if p == 0 {
		return ""
	}
	if s, ok := fastFormat(p); ok {
		return s
	}
	n, err := phonenumbers.Parse(p.String(), "")
	if err != nil {
		return p.String()
	}
	return phonenumbers.Format(n, phonenumbers.INTERNATIONAL)
}

// WhatsAppLink is the address that opens a chat with p, with text ready to be
// sent (WhatsApp's click to chat). Nothing is sent by making it.
func WhatsAppLink(p data.Phone, text string) string {
	link := "https://wa.me/" + strings.TrimPrefix(p.String(), "+")
	if text == "" {
		return link
	}
	return link + "?text=" + strings.ReplaceAll(url.QueryEscape(text), "+", "%20")
}

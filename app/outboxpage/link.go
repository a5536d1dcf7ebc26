package outboxpage

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"lethe/app/desk"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/outbox"
	"lethe/data/phone"
)

// drafts are files of mails for the mail program. They lie in a folder of this
// user's alone until the page is dropped; they hold no customer's data.
type drafts struct{ dir string }

// link is the address that opens a message, ready to be sent: in WhatsApp, or,
// as a file, in the mail program.
func (f *drafts) link(d *desk.Desk, m data.Message) (string, error) {
	if m.Channel == data.ChannelWhatsApp {
		number, ok := data.ParseE164(m.To)
		if !ok {
			return "", fmt.Errorf("no number")
		}
		return phone.WhatsAppLink(number, m.Subject+"\n\n"+m.Body), nil
	}
	raw, err := outbox.Draft(m, d.Settings().Business, d.Words.Language())
	if err != nil {
		return "", err
	}
	if f.dir == "" {
		if f.dir, err = os.MkdirTemp("", "lethe-mail-"); err != nil {
			return "", err
		}
	}
	path := filepath.Join(f.dir, fmt.Sprintf("message-%d.eml", m.ID))
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		return "", err
	}
	return fileURL(path), nil
}

func (f *drafts) remove() {
	if f.dir != "" {
		_ = os.RemoveAll(f.dir) // the system empties its folder for such files too
		f.dir = ""
	}
}

// fileURL is the address of a file on this computer (RFC 8089).
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/Users/…
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// addressOf is an address as people read it.
func addressOf(c data.Channel, to string) string {
	if number, ok := data.ParseE164(to); ok && c == data.ChannelWhatsApp {
		return phone.Format(number)
	}
	return fold.OneLine(to, shown)
}

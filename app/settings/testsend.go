package settings

import (
	"context"
	"crypto/rand"
	"strings"

	"fyne.io/fyne/v2/theme"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/app/told"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
	"lethe/data/store"
)

// test sends a message to where confirmations go, through what is given, and
// tells what became of it.
func (p *Page) test(c data.Channel, sends store.Sending, done func(text string, wrong bool)) {
	w, d := p.desk.Words, p.desk
	to, shown := sends.To.Email, sends.To.Email
	if c == data.ChannelWhatsApp {
		to, shown = sends.To.Phone.String(), phone.Format(sends.To.Phone)
	}
	if to == "" {
		done(w.T("settings.test_nobody"), true)
		return
	}
	business := fold.OneLine(d.Settings().Business, lineMax)
	var out data.Outcome
	d.Tasks.Go(w.T("settings.testing"), func(ctx context.Context, _ task.Progress) error {
		key, err := d.Store.CertificateKey(ctx, d.Actor)
		if err != nil {
			return err
		}
		_, domain, _ := strings.Cut(sends.Mail.From, "@")
		out = d.Transport.Send(ctx, &store.Outgoing{
			Message: data.Message{
				Channel: c, To: to, Created: d.Clock().Unix(),
				Subject: w.T("settings.test.subject", "Business", business),
				Body: w.T("settings.test.body", "Business", business, "When", w.DateTime(d.Clock()),
					"Key", key.Fingerprint()),
				MessageID: strings.ToLower(rand.Text()) + "@" + domain,
			},
			Business: business, Mail: sends.Mail, WhatsApp: sends.WhatsApp,
		})
		return nil
	}, func(err error) {
		if err != nil {
			done(w.Error(err), true)
			return
		}
		done(told.Outcome(w, out, shown))
	})
}

// testStored is test through what is stored; the line says how it went.
func (p *Page) testStored(c data.Channel, said *form.Line) {
	said.Set(p.desk.Words.T("settings.testing")+"…", look.ColorMuted)
	p.test(c, p.sends, func(text string, wrong bool) {
		colour := look.ColorMuted
		if wrong {
			colour = look.ColorDanger
		}
		said.Set(text, colour)
	})
}

// tries adds Send a test to a dialog that sets sending up: read answers what
// stands in it, or false after it has said what is wrong there.
func (a *asking) tries(c data.Channel, said *form.Line, read func() (store.Sending, bool)) {
	w := a.page.desk.Words
	said.Object().Hide()
	b := button(w.T("settings.test"), func() {
		if a.dialog.Busy() {
			return
		}
		said.Object().Hide()
		a.dialog.SetError("")
		sends, ok := read()
		if !ok {
			return
		}
		a.dialog.SetBusy(true)
		a.page.test(c, sends, func(text string, wrong bool) {
			a.dialog.SetBusy(false)
			if wrong {
				a.dialog.SetError(text)
				return
			}
			said.Set(text, theme.ColorNameSuccess)
			said.Object().Show()
			a.again() // to the beginning, where it stands
		})
	})
	a.dialog.SetExtra(b)
	// The first field is where one begins, not the password at the end.
	a.dialog.Focus(a.dialog.CancelButton())
	a.again()
}

// turnOff removes what messages of a channel are sent through.
func (p *Page) turnOff(c data.Channel) *asking {
	w, d := p.desk.Words, p.desk
	a := p.ask()
	title := w.T("settings.turn_off_mail")
	a.work = func(ctx context.Context) error {
		return d.Store.SaveMailServer(ctx, d.Actor, a.password.Text(), data.MailServer{})
	}
	if c == data.ChannelWhatsApp {
		title = w.T("settings.turn_off_whatsapp")
		a.work = func(ctx context.Context) error {
			return d.Store.SaveWhatsAppAPI(ctx, d.Actor, a.password.Text(), data.WhatsAppAPI{})
		}
	}
	a.done = func() { a.finish(w.T("settings.turned_off")) }
	a.open(title, w.T("settings.turn_off"), form.NewText(w.T("settings.turn_off_text")).Object(), a.password.Object())
	return a
}

package settings

import (
	"context"
	"encoding/hex"
	"strings"

	"fyne.io/fyne/v2/theme"

	"lethe/app/form"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
	"lethe/data/store"
	"lethe/widgets/confirm"
)

// moving is the dialog that changes where confirmations go.
type moving struct {
	*asking
	email, number *form.Field
}

// moveConfirmations changes where confirmations go: with password and OTP, and
// the former address is told.
func (p *Page) moveConfirmations() *moving {
	w, d := p.desk.Words, p.desk
	if !p.otp.setUp {
		confirm.NewInfo(d.Window.Canvas(), w.T("settings.to_change"),
			form.NewText(w.T("settings.to_otp")).Object(), w.T("settings.close")).Show()
		return nil
	}
	m := &moving{asking: p.ask()}
	m.email = form.New(w.T("settings.to_email"), w.T("settings.to_email_hint"))
	m.number = form.New(w.T("settings.to_number"), w.T("settings.to_number_hint"))
	m.email.SetText(p.sends.To.Email)
	m.number.SetText(phone.Format(p.sends.To.Phone))
	m.email.Check = func(text string) string {
		if err := (data.Addresses{Email: strings.TrimSpace(text)}).Check(); err != nil {
			return problem(w, err)
		}
		return ""
	}
	m.number.Check = func(string) string {
		if _, ok := m.phone(); !ok {
			return w.T("settings.to_number_wrong")
		}
		return ""
	}
	m.check = func() bool {
		for _, f := range []*form.Field{m.email, m.number} {
			if !f.Valid() {
				m.dialog.Focus(f.Entry)
				return false
			}
		}
		return true
	}
	m.work = func(ctx context.Context) error {
		number, _ := m.phone()
		to := data.Addresses{Email: strings.TrimSpace(m.email.Text()), Phone: number}
		return d.Store.SaveAddresses(ctx, d.Actor, m.password.Text(), m.code.Code(), to, p.movedTexts(to))
	}
	m.done = func() { m.finish(w.T("settings.to_saved")) }
	label := w.T("settings.otp_now")
	m.open(w.T("settings.to_change"), w.T("settings.to_save"),
		form.NewText(w.T("settings.to_text")).Object(), m.email.Object(), m.number.Object(), m.password.Object(),
		form.NewLine(label, theme.ColorNameForeground).Object(), m.askCode(label))
	return m
}

// phone is the number typed; 0 for none.
func (m *moving) phone() (data.Phone, bool) {
	text := strings.TrimSpace(m.number.Text())
	if text == "" {
		return 0, true
	}
	number, err := phone.Parse(text, m.page.desk.Settings().Region)
	return number, err == nil
}

// movedTexts is what the former address is told: not the new one in full, which
// is nobody's business there.
func (p *Page) movedTexts(to data.Addresses) store.AddressTexts {
	w, d := p.desk.Words, p.desk
	business := fold.OneLine(d.Settings().Business, lineMax)
	me, _ := d.Me()
	hidden := data.Addresses{Email: hide(to.Email)}
	where := p.addressText(hidden)
	if to.Phone != 0 {
		where = w.T("settings.to_phone", "Phone", phone.Mask(to.Phone))
		if to.Email != "" {
			where = w.T("settings.to_both", "Email", hidden.Email, "Phone", phone.Mask(to.Phone))
		}
	}
	when := w.DateTime(d.Clock())
	return func(log data.Witness, key data.SigningKey) (subject, body string) {
		return w.T("settings.moved.subject", "Business", business),
			w.T("settings.moved.body", "Business", business, "When", when, "Who", fold.OneLine(me.Name, lineMax), "To", where,
				"Entries", int(log.Entries), "Head", hex.EncodeToString(log.Head[:8]), "Key", key.Fingerprint())
	}
}

// hide leaves the first letter of a mail address, and its domain.
func hide(address string) string {
	name, domain, is := strings.Cut(address, "@")
	if !is || name == "" {
		return ""
	}
	return name[:1] + "•••@" + domain
}

// problem is the sentence for a *data.SendingProblem.
func problem(w *words.Words, err error) string {
	p, is := err.(*data.SendingProblem)
	if !is {
		return w.Error(err)
	}
	return w.T("settings.problem." + p.Field + "." + p.Reason)
}

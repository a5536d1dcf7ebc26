package settings

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lethe/app/choice"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/store"
)

// preset is what is known of a provider.
type preset struct {
	name     string
	host     string
	port     int
	security data.MailSecurity
}

func presets() []preset {
	return []preset{
		{"gmail", "smtp.gmail.com", 465, data.MailTLS},
		{"microsoft", "smtp.office365.com", 587, data.MailStartTLS},
		{"yahoo", "smtp.mail.yahoo.com", 465, data.MailTLS},
		{"zoho_in", "smtp.zoho.in", 465, data.MailTLS},
		{"zoho", "smtp.zoho.com", 465, data.MailTLS},
		{"icloud", "smtp.mail.me.com", 587, data.MailStartTLS},
		{"fastmail", "smtp.fastmail.com", 465, data.MailTLS},
		{"local", "localhost", 25, data.MailPlain},
		{other, "", 465, data.MailTLS},
	}
}

const other = "other"

// presetOf is the name of the provider whose server it is. A server on this
// computer is that preset's only where it is reached without encryption, which
// is what its hint says.
func presetOf(m data.MailServer) string {
	for _, p := range presets() {
		if p.host == m.Host && (p.security != data.MailPlain || m.Security == data.MailPlain) {
			return p.name
		}
	}
	return other
}

// mailing is the dialog that sets up what mail is sent through.
type mailing struct {
	*asking
	provider, security           *choice.Select
	host, port, from, user, pass *form.Field
	hint, said                   *form.Line
	before                       data.MailServer
}

// setUpMail sets it up, or changes it.
func (p *Page) setUpMail() *mailing {
	w, d := p.desk.Words, p.desk
	m := &mailing{
		asking: p.ask(), before: p.sends.Mail, said: form.NewText(""), hint: form.NewLine("", look.ColorMuted),
		host: form.New(w.T("settings.host"), ""), port: form.New(w.T("settings.port"), ""),
		from: form.New(w.T("settings.from"), ""), user: form.New(w.T("settings.user"), w.T("settings.user_hint")),
	}
	kept := ""
	if m.before.SetUp() {
		kept = w.T("settings.kept")
	}
	m.pass = form.NewPassword(w.T("settings.mail_password"), kept)
	var providers []choice.Option
	for _, one := range presets() {
		providers = append(providers, choice.Option{Value: one.name, Text: w.T("settings.provider." + one.name)})
	}
	m.provider = choice.New(providers, presetOf(m.before), m.take)
	m.security = choice.New([]choice.Option{
		{Value: string(data.MailTLS), Text: w.T("settings.security.tls")},
		{Value: string(data.MailStartTLS), Text: w.T("settings.security.starttls")},
		{Value: string(data.MailPlain), Text: w.T("settings.security.plain")},
	}, string(data.MailTLS), nil)
	if m.before.SetUp() {
		m.host.SetText(m.before.Host)
		m.port.SetText(strconv.Itoa(m.before.Port))
		m.security.Set(string(m.before.Security))
		m.from.SetText(m.before.From)
		m.user.SetText(m.before.User)
		m.hint.Set(w.T("settings.provider_hint."+presetOf(m.before)), look.ColorMuted)
	} else {
		m.provider.Set("gmail")
		m.take("gmail")
	}
	m.from.OnChanged = func(text string) { // mostly the same
		if m.user.Text() == "" || strings.HasPrefix(text, m.user.Text()) || strings.HasPrefix(m.user.Text(), text) {
			m.user.SetText(text)
		}
	}
	m.secrets = append(m.secrets, m.pass)
	m.check = func() bool {
		_, ok := m.read()
		return ok
	}
	m.work = func(ctx context.Context) error {
		return d.Store.SaveMailServer(ctx, d.Actor, m.password.Text(), m.server())
	}
	m.done = func() { m.finish(w.T("settings.sending_saved")) }
	m.open(w.T("settings.mail_set_up"), w.T("settings.save"),
		m.said.Object(), labelled(w.T("settings.provider"), m.provider), m.hint.Object(),
		beside(m.host, m.port),
		labelled(w.T("settings.security"), m.security),
		m.from.Object(), m.user.Object(), m.pass.Object(),
		form.NewText(w.T("settings.mail_text")).Object(), m.password.Object())
	m.tries(data.ChannelEmail, m.said, m.read)
	return m
}

// beside puts a short field at the right of a long one.
func beside(long, short *form.Field) fyne.CanvasObject {
	return container.NewBorder(nil, nil, nil, container.NewGridWrap(fyne.NewSize(130, 64), short.Object()), long.Object())
}

// take fills in what is known of a provider.
func (m *mailing) take(name string) {
	for _, one := range presets() {
		if one.name != name {
			continue
		}
		m.host.SetText(one.host)
		m.port.SetText(strconv.Itoa(one.port))
		m.security.Set(string(one.security))
	}
	m.hint.Set(m.page.desk.Words.T("settings.provider_hint."+name), look.ColorMuted)
}

// server is what stands in the dialog.
func (m *mailing) server() data.MailServer {
	port, err := strconv.Atoi(strings.TrimSpace(m.port.Text()))
	if err != nil {
		port = 0
	}
	s := data.MailServer{
		Host: strings.TrimSpace(m.host.Text()), Port: port, Security: data.MailSecurity(m.security.Value()),
		User: strings.TrimSpace(m.user.Text()), Password: m.pass.Text(), From: strings.TrimSpace(m.from.Text()),
	}
	if s.Password == "" && s.User == m.before.User && s.Host == m.before.Host {
		s.Password = m.before.Password // never sent to another server
	}
	return s
}

// read checks what stands there, and says what is wrong.
func (m *mailing) read() (store.Sending, bool) {
	s := m.server()
	sends := store.Sending{Mail: s, To: m.page.sends.To}
	err := s.Check()
	if err == nil {
		return sends, true
	}
	text := problem(m.page.desk.Words, err)
	fields := map[string]*form.Field{
		data.FieldHost: m.host, data.FieldPort: m.port, data.FieldUser: m.user, data.FieldFrom: m.from,
	}
	if p, is := err.(*data.SendingProblem); is && fields[p.Field] != nil {
		fields[p.Field].Fail(text)
		m.dialog.Focus(fields[p.Field].Entry)
	} else {
		m.dialog.SetError(text)
	}
	return sends, false
}

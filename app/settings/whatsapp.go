package settings

import (
	"context"
	"strings"

	"lethe/app/form"
	"lethe/data"
	"lethe/data/store"
)

// chatting is the dialog that sets up what WhatsApp messages are sent through.
type chatting struct {
	*asking
	number, token, template, language, version, base *form.Field
	said                                             *form.Line
	before                                           data.WhatsAppAPI
}

// setUpWhatsApp sets it up, or changes it.
func (p *Page) setUpWhatsApp() *chatting {
	w, d := p.desk.Words, p.desk
	c := &chatting{
		asking: p.ask(), before: p.sends.WhatsApp, said: form.NewText(""),
		number:   form.New(w.T("settings.number_id"), w.T("settings.number_id_hint")),
		template: form.New(w.T("settings.template"), ""), language: form.New(w.T("settings.template_language"), ""),
		version: form.New(w.T("settings.version"), ""), base: form.New(w.T("settings.base"), ""),
	}
	kept := ""
	show := c.before
	if show.SetUp() {
		kept = w.T("settings.kept")
	} else {
		show = data.WhatsAppAPI{Base: data.WhatsAppBase, Version: data.WhatsAppVersion, Language: w.Language()}
	}
	c.token = form.NewPassword(w.T("settings.token"), kept)
	c.number.SetText(show.NumberID)
	c.template.SetText(show.Template)
	c.language.SetText(show.Language)
	c.version.SetText(show.Version)
	c.base.SetText(show.Base)
	c.secrets = append(c.secrets, c.token)
	c.check = func() bool {
		_, ok := c.read()
		return ok
	}
	c.work = func(ctx context.Context) error {
		return d.Store.SaveWhatsAppAPI(ctx, d.Actor, c.password.Text(), c.api())
	}
	c.done = func() { c.finish(w.T("settings.sending_saved")) }
	text := form.NewText(w.T("settings.whatsapp_template_text", "One", "{{1}}", "Two", "{{2}}"))
	c.open(w.T("settings.whatsapp_set_up"), w.T("settings.save"),
		c.said.Object(), form.NewText(w.T("settings.whatsapp_text")).Object(), text.Object(),
		c.number.Object(), c.token.Object(), beside(c.template, c.language), beside(c.base, c.version),
		form.NewText(w.T("settings.token_text")).Object(), c.password.Object())
	c.tries(data.ChannelWhatsApp, c.said, c.read)
	return c
}

// api is what stands in the dialog.
func (c *chatting) api() data.WhatsAppAPI {
	a := data.WhatsAppAPI{
		Base: strings.TrimRight(strings.TrimSpace(c.base.Text()), "/"), Version: strings.TrimSpace(c.version.Text()),
		NumberID: strings.TrimSpace(c.number.Text()), Token: strings.TrimSpace(c.token.Text()),
		Template: strings.TrimSpace(c.template.Text()), Language: strings.TrimSpace(c.language.Text()),
	}
	if a.Token == "" && a.Base == c.before.Base {
		a.Token = c.before.Token // never sent to another server
	}
	return a
}

// read checks what stands there, and says what is wrong.
func (c *chatting) read() (store.Sending, bool) {
	a := c.api()
	sends := store.Sending{WhatsApp: a, To: c.page.sends.To}
	err := a.Check()
	if err == nil {
		return sends, true
	}
	text := problem(c.page.desk.Words, err)
	fields := map[string]*form.Field{
		data.FieldBase: c.base, data.FieldVersion: c.version, data.FieldNumberID: c.number,
		data.FieldToken: c.token, data.FieldTemplate: c.template, data.FieldLanguage: c.language,
	}
	if p, is := err.(*data.SendingProblem); is && fields[p.Field] != nil {
		fields[p.Field].Fail(text)
		c.dialog.Focus(fields[p.Field].Entry)
	} else {
		c.dialog.SetError(text)
	}
	return sends, false
}

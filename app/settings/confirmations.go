package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/phone"
	"lethe/data/store"
	"lethe/widgets/checkmark"
	"lethe/widgets/keys"
)

const lineMax = 100 // characters of a line from outside

// confirmations are which deletions the Account Owner is told of, where, and
// by what.
func (p *Page) confirmations() []fyne.CanvasObject {
	w := p.desk.Words
	parts := p.tellAlways()
	if p.desk.Demo {
		return append(parts, form.NewText(w.T("settings.sending_demo")).Object())
	}
	to, mail, api := form.NewText(""), form.NewText(""), form.NewText("")
	mailButtons, apiButtons := container.NewHBox(), container.NewHBox()
	show := func() {
		to.Set(p.toText(), theme.ColorNameForeground)
		mail.Set(w.T("settings.mail_off"), theme.ColorNameForeground)
		api.Set(w.T("settings.whatsapp_off"), theme.ColorNameForeground)
		mailButtons.Objects = []fyne.CanvasObject{button(w.T("settings.mail_set_up"), func() { p.setUpMail() })}
		apiButtons.Objects = []fyne.CanvasObject{button(w.T("settings.whatsapp_set_up"), func() { p.setUpWhatsApp() })}
		if m := p.sends.Mail; m.SetUp() {
			mail.Set(w.T("settings.mail_on", "Host", m.Host, "From", fold.OneLine(m.From, lineMax)), theme.ColorNameForeground)
			said := mail
			mailButtons.Objects = []fyne.CanvasObject{
				button(w.T("settings.change"), func() { p.setUpMail() }),
				button(w.T("settings.test"), func() { p.testStored(data.ChannelEmail, said) }),
				button(w.T("settings.turn_off"), func() { p.turnOff(data.ChannelEmail) }),
			}
		}
		if a := p.sends.WhatsApp; a.SetUp() {
			api.Set(w.T("settings.whatsapp_on", "Number", a.NumberID, "Template", a.Template, "Language", a.Language), theme.ColorNameForeground)
			said := api
			apiButtons.Objects = []fyne.CanvasObject{
				button(w.T("settings.change"), func() { p.setUpWhatsApp() }),
				button(w.T("settings.test"), func() { p.testStored(data.ChannelWhatsApp, said) }),
				button(w.T("settings.turn_off"), func() { p.turnOff(data.ChannelWhatsApp) }),
			}
		}
		for _, row := range []*fyne.Container{mailButtons, apiButtons} {
			keys.Follow(p.scroll, row)
			row.Refresh()
		}
	}
	p.keep(func() {
		var sends store.Sending
		p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
			sends, err = p.desk.Store.Sending(ctx, p.desk.Actor)
			return err
		}, func(err error) {
			if err != nil {
				to.Set(w.Error(err), look.ColorDanger)
				return
			}
			p.sends = sends
			show()
		})
	})
	return append(parts,
		to.Object(), left(button(w.T("settings.to_change"), func() { p.moveConfirmations() })),
		subheading(w.T("settings.mail")), mail.Object(), mailButtons,
		subheading(w.T("settings.whatsapp")), api.Object(), apiButtons,
	)
}

func subheading(text string) fyne.CanvasObject {
	return widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
}

// tellAlways is whether the owner is told of every deletion.
func (p *Page) tellAlways() []fyne.CanvasObject {
	w, d := p.desk.Words, p.desk
	said := form.NewLine(w.T("settings.tell_hint"), look.ColorMuted)
	tick := checkmark.NewTick(w.T("settings.tell_always"), nil)
	tick.OnChanged = func(on bool) {
		d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
			v, err := d.Store.Settings(ctx, d.Actor)
			if err != nil {
				return err
			}
			v.TellAlways = on
			return d.Store.SaveSettings(ctx, d.Actor, v)
		}, func(err error) {
			if err != nil {
				tick.SetOn(!on)
				said.Set(w.Error(err), look.ColorDanger)
				return
			}
			said.Set(w.T("settings.saved"), look.ColorMuted)
		})
	}
	p.keep(func() { tick.SetOn(d.Settings().TellAlways) })
	return []fyne.CanvasObject{tick, said.Object()}
}

// toText says where confirmations go.
func (p *Page) toText() string {
	w, to := p.desk.Words, p.sends.To
	if to == (data.Addresses{}) {
		return w.T("settings.to_nobody")
	}
	return w.T("settings.to", "To", p.addressText(to))
}

func (p *Page) addressText(to data.Addresses) string {
	w := p.desk.Words
	switch {
	case to.Email == "" && to.Phone == 0:
		return w.T("settings.moved.nowhere")
	case to.Email == "":
		return w.T("settings.to_phone", "Phone", phone.Format(to.Phone))
	case to.Phone == 0:
		return fold.OneLine(to.Email, lineMax)
	}
	return w.T("settings.to_both", "Email", fold.OneLine(to.Email, lineMax), "Phone", phone.Format(to.Phone))
}

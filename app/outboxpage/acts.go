package outboxpage

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"lethe/app/certify"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

// buttons are what can be done about a message, by this person.
func (p *Page) buttons(m data.Message) fyne.CanvasObject {
	w, rights := p.desk.Words, p.desk.Rights()
	var out []fyne.CanvasObject
	add := func(text string, do func()) *keys.Button {
		b := button(text, do)
		out = append(out, b)
		return b
	}
	open := m.State == data.OutboxPrepared || m.State == data.OutboxQueued || m.State == data.OutboxFailed
	if open && rights.May(data.OpRetryMessage) {
		label := w.T("outbox.send_now")
		if m.Tries > 0 {
			label = w.T("outbox.retry")
		}
		b := add(label, func() { p.retry(m) })
		if m.State == data.OutboxFailed {
			b.Importance = widget.HighImportance
		}
	}
	if m.Channel == data.ChannelWhatsApp {
		add(w.T("outbox.open_whatsapp"), func() { p.open(m) })
	} else {
		add(w.T("outbox.open_mail"), func() { p.open(m) })
	}
	if m.About == data.AuditDelete && rights.May(data.OpCertifyOthers) {
		add(w.T("certify.save"), func() { certify.Save(p.desk, m.AuditID, p.say) })
	}
	if open && rights.May(data.OpCancelMessage) {
		add(w.T("outbox.cancel"), func() { p.ask(m) })
	}
	return container.New(layout.NewRowWrapLayout(), out...)
}

// say tells what became of something that was done.
func (p *Page) say(text string, wrong bool) {
	colour := look.ColorMuted
	if wrong {
		colour = look.ColorDanger
	}
	p.said.Set(text, colour)
	p.detail.Refresh()
}

// do changes a message in the store. said is "" where nothing is left to say.
func (p *Page) do(change func(context.Context) error, said func() string) {
	p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error { return change(ctx) }, func(err error) {
		if err != nil {
			p.say(p.desk.Words.Error(err), true)
			return
		}
		p.say(said(), false)
	})
}

func (p *Page) retry(m data.Message) {
	p.do(func(ctx context.Context) error { return p.desk.Store.RetryMessage(ctx, p.desk.Actor, m.ID) }, func() string {
		if now := p.current; now.ID == m.ID && now != m && tried(&now) {
			return ""
		}
		return p.desk.Words.T("outbox.retried")
	})
}

// ask cancels a message once the Account Owner has said so.
func (p *Page) ask(m data.Message) {
	w := p.desk.Words
	d := confirm.New(p.desk.Window.Canvas(), confirm.Options{
		Title: w.T("outbox.cancel_title"), Content: form.NewText(w.T("outbox.cancel_text")).Object(),
		Cancel: w.T("outbox.cancel_keep"), Action: w.T("outbox.cancel"), Danger: true,
	})
	d.SetReady(true)
	d.SetOnAction(func() {
		d.Hide()
		p.do(func(ctx context.Context) error { return p.desk.Store.CancelMessage(ctx, p.desk.Actor, m.ID) },
			func() string { return w.T("outbox.cancelled") })
	})
	d.Show()
}

// open hands a message to the program that sends it by hand. Whether it is sent
// there Lethe can't know, so its state stays.
func (p *Page) open(m data.Message) {
	w := p.desk.Words
	link, err := p.drafts.link(p.desk, m)
	if err == nil {
		err = p.desk.OpenURL(link)
	}
	if err != nil {
		p.say(w.T("outbox.open_failed"), true)
		return
	}
	p.say(w.T("outbox.opened"), false)
}

package outboxpage

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/told"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/keys"
)

// show puts a message into the detail, unless it stands there as it is.
func (p *Page) show(m data.Message) {
	if p.current == m {
		return
	}
	if p.current.ID != m.ID || tried(&m) {
		p.said.Set("", look.ColorMuted)
	}
	w := p.desk.Words
	p.current = m
	subject := widget.NewLabelWithStyle(fold.OneLine(m.Subject, shown), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	subject.SizeName, subject.Wrapping = theme.SizeNameSubHeadingText, fyne.TextWrapWord
	body := widget.NewLabel(m.Body)
	body.Wrapping, body.Selectable = fyne.TextWrapWord, true
	parts := []fyne.CanvasObject{
		subject,
		form.NewText(w.T("outbox.to", "To", addressOf(m.Channel, m.To), "Channel", w.T("outbox.channel."+string(m.Channel)))).Object(),
		form.NewLine(w.T("outbox.when", "When", when(p.desk, m.Created)), look.ColorMuted).Object(),
	}
	for _, l := range p.stateLines(&m) {
		parts = append(parts, l.Object())
	}
	parts = append(parts, p.buttons(m), p.said.Object(), widget.NewSeparator(), body)
	content := container.New(layout.NewCustomPaddedLayout(0, 0, 12, 12), form.Stack(4, parts...))
	scroll := container.NewVScroll(content)
	keys.Follow(scroll, content)
	p.detail.Objects = []fyne.CanvasObject{scroll}
	p.detail.Refresh()
}

// tried tells whether a message has been on its way since it was last asked to
// go: then its state says more than what was said of that.
func tried(m *data.Message) bool { return m.Tries > 0 && m.State != data.OutboxCancelled }

// stateLines say how far a message has come, why, and when it goes on.
func (p *Page) stateLines(m *data.Message) []*form.Line {
	w := p.desk.Words
	text := func(t string) *form.Line { return form.NewText(t) }
	var out []*form.Line
	switch {
	case m.State == data.OutboxFailed:
		line := text(w.T("outbox.says.failed"))
		if m.NextTry == 0 {
			line.Set(line.Text(), look.ColorDanger)
		}
		out = append(out, line)
	case m.State == data.OutboxSent:
		line := text(w.T("outbox.says.sent", "When", when(p.desk, m.Changed)))
		line.Set(line.Text(), theme.ColorNameSuccess)
		out = append(out, line)
	case waits(m):
		out = append(out, text(w.T("outbox.says.waiting")))
	default:
		out = append(out, text(w.T("outbox.says."+string(m.State))))
	}
	if m.State != data.OutboxSent && m.State != data.OutboxCancelled && m.State != data.OutboxSending {
		if why := told.Why(w, m.Why); why != "" {
			out = append(out, text(why))
		}
		if m.NextTry > 0 && m.Why != "" {
			out = append(out, text(w.T("outbox.next", "When", when(p.desk, m.NextTry))))
		}
	}
	if answer := told.Answer(w, m.Answer); answer != "" && m.State != data.OutboxCancelled {
		out = append(out, form.NewLine(answer, look.ColorMuted))
	}
	return out
}

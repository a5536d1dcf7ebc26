// Package outboxpage is the page of the messages to the Account Owner: how far
// each has come and why, and what can be done about it.
package outboxpage

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/certify"
	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/keys"
)

const (
	id        = "outbox"
	shown     = 200 // characters of a line from outside
	listWidth = 380
	none      = -1
)

// Entry is the page's place on the rail.
func Entry() desk.Entry {
	return desk.Entry{
		ID: id, Icon: theme.MailSendIcon(),
		Allowed: func(r data.Rights) bool { return r.May(data.OpOutbox) },
		New:     func(d *desk.Desk) desk.Page { return newPage(d) },
	}
}

// Page is the page. UI goroutine only.
type Page struct {
	desk     *desk.Desk
	messages []data.Message
	current  data.Message // the one shown; no id for none
	cancel   func()
	job      *task.Job
	drafts   drafts

	root   *fyne.Container
	list   *list
	detail *fyne.Container
	said   *form.Line // what became of what was done to the one shown
	failed *form.Line
}

var (
	_ desk.Page      = (*Page)(nil)
	_ desk.Closer    = (*Page)(nil)
	_ desk.Refresher = (*Page)(nil)
)

func newPage(d *desk.Desk) *Page {
	p := &Page{
		desk: d, root: container.NewStack(), detail: container.NewStack(),
		said: form.NewLine("", look.ColorMuted), failed: form.NewLine("", look.ColorDanger),
	}
	p.list = newList(func() int { return len(p.messages) }, p.fill, p.chosen)
	p.cancel = d.Listen(func(e data.Event) {
		if e.Kind == data.OutboxChanged {
			p.Refresh()
		}
	})
	p.arrange()
	return p
}

// ID implements desk.Page.
func (p *Page) ID() string { return id }

// Title implements desk.Page.
func (p *Page) Title() string { return p.desk.Words.T("outbox.title") }

// Content implements desk.Page.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Shown implements desk.Page.
func (p *Page) Shown() { p.Refresh() }

// Hidden implements desk.Page.
func (p *Page) Hidden() {}

// Key implements desk.Page.
func (p *Page) Key(*fyne.KeyEvent) bool { return false }

// Close implements desk.Closer.
func (p *Page) Close() {
	p.cancel()
	p.drafts.remove()
}

// Refresh implements desk.Refresher: it reads the messages anew.
func (p *Page) Refresh() {
	if p.job != nil {
		p.job.Cancel()
	}
	d := p.desk
	var messages []data.Message
	var job *task.Job
	job = d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		messages, err = d.Store.Outbox(ctx, d.Actor)
		return err
	}, func(err error) {
		switch {
		case job != nil && job != p.job: // a later one is under way
		case err != nil:
			p.failed.Set(d.Words.Error(err), look.ColorDanger)
		default:
			p.failed.Set("", look.ColorDanger)
			p.messages = messages
			p.arrange()
		}
	})
	p.job = job
}

// arrange shows the messages, or that there are none.
func (p *Page) arrange() {
	w := p.desk.Words
	check := button(w.T("certify.check"), func() { certify.Check(p.desk) })
	head := form.Stack(0,
		container.NewBorder(nil, nil, nil, container.NewVBox(check), form.NewHeading(p.Title()).Object()),
		form.NewText(w.T("outbox.text")).Object(), p.failed.Object())
	var body fyne.CanvasObject
	if len(p.messages) == 0 {
		empty := widget.NewLabel(w.T("outbox.empty"))
		empty.Wrapping = fyne.TextWrapWord
		empty.Alignment = fyne.TextAlignCenter
		body = container.NewVBox(layout.NewSpacer(), empty, layout.NewSpacer())
		p.detail.Objects, p.current = nil, data.Message{}
	} else {
		at := p.index()
		if at == none {
			at = 0
		}
		p.list.Refresh()
		p.list.Select(at)
		p.show(p.messages[at])
		body = container.NewBorder(nil, nil,
			container.NewStack(container.NewGridWrap(fyne.NewSize(listWidth, 1)), p.list), nil,
			container.NewBorder(nil, nil, widget.NewSeparator(), nil, p.detail))
	}
	p.root.Objects = []fyne.CanvasObject{
		container.New(layout.NewCustomPaddedLayout(20, 12, 24, 24), form.AtMost(form.PageWidth, container.NewBorder(head, nil, nil, nil, body))),
	}
	p.root.Refresh()
}

// index is where the message shown stands in the list.
func (p *Page) index() int {
	for i := range p.messages {
		if p.messages[i].ID == p.current.ID {
			return i
		}
	}
	return none
}

func (p *Page) chosen(i int) {
	if i >= 0 && i < len(p.messages) {
		p.show(p.messages[i])
	}
}

// fill writes a message into a row of the list.
func (p *Page) fill(i int, subject, about *widget.Label) {
	w, m := p.desk.Words, &p.messages[i]
	subject.SetText(fold.OneLine(m.Subject, shown))
	state := w.T("outbox.state." + string(m.State))
	if waits(m) {
		state = w.T("outbox.state.waiting")
	}
	about.SetText(w.T("outbox.row", "State", state,
		"Channel", w.T("outbox.channel."+string(m.Channel)), "When", when(p.desk, m.Created)))
	about.Importance = importance(m)
	about.Refresh()
}

// waits tells whether a message waits for a connection, which is no failure.
func waits(m *data.Message) bool { return m.State == data.OutboxQueued && m.Why != "" }

// importance is the colour of a state: only what a person has to mend is red.
func importance(m *data.Message) widget.Importance {
	switch {
	case m.State == data.OutboxFailed && m.NextTry == 0:
		return widget.DangerImportance
	case m.State == data.OutboxSent:
		return widget.SuccessImportance
	}
	return widget.MediumImportance
}

func when(d *desk.Desk, at int64) string { return d.Words.DateTime(time.Unix(at, 0)) }

func button(text string, tapped func()) *keys.Button {
	b := keys.NewButton(text, tapped)
	b.EnterPresses = true
	return b
}

// Package outboxpage is the plain list of the messages to the Account Owner:
// what is prepared, and the two ways to send it by hand.
package outboxpage

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

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
		Allowed: func(r data.Rights) bool { return r.Can(data.ViewOutbox) },
		New:     func(d *desk.Desk) desk.Page { return newPage(d) },
	}
}

// Page is the page. UI goroutine only.
type Page struct {
	desk     *desk.Desk
	messages []data.Message
	current  int64 // the message shown, by its id
	cancel   func()
	job      *task.Job

	root   *fyne.Container
	list   *list
	detail *fyne.Container
	failed *form.Line
}

var (
	_ desk.Page      = (*Page)(nil)
	_ desk.Closer    = (*Page)(nil)
	_ desk.Refresher = (*Page)(nil)
)

func newPage(d *desk.Desk) *Page {
	p := &Page{desk: d, root: container.NewStack(), detail: container.NewStack(), failed: form.NewLine("", look.ColorDanger)}
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
func (p *Page) Close() { p.cancel() }

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
	head := form.Stack(0, form.NewHeading(p.Title()).Object(),
		form.NewText(w.T("outbox.text")).Object(), p.failed.Object())
	var body fyne.CanvasObject
	if len(p.messages) == 0 {
		empty := widget.NewLabel(w.T("outbox.empty"))
		empty.Wrapping = fyne.TextWrapWord
		empty.Alignment = fyne.TextAlignCenter
		body = container.NewVBox(layout.NewSpacer(), empty, layout.NewSpacer())
		p.detail.Objects = nil
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
		container.New(layout.NewCustomPaddedLayout(20, 12, 24, 24), container.NewBorder(head, nil, nil, nil, body)),
	}
	p.root.Refresh()
}

// index is where the message shown stands in the list.
func (p *Page) index() int {
	for i := range p.messages {
		if p.messages[i].ID == p.current {
			return i
		}
	}
	return none
}

func (p *Page) chosen(i int) {
	if i >= 0 && i < len(p.messages) && p.messages[i].ID != p.current {
		p.show(p.messages[i])
	}
}

// fill writes a message into a row of the list.
func (p *Page) fill(i int, subject, about *widget.Label) {
	w, m := p.desk.Words, &p.messages[i]
	subject.SetText(fold.OneLine(m.Subject, shown))
	about.SetText(w.T("outbox.row", "State", w.T("outbox.state."+string(m.State)),
		"Channel", w.T("outbox.channel."+string(m.Channel)), "When", when(p.desk, m)))
}

func when(d *desk.Desk, m *data.Message) string { return d.Words.DateTime(time.Unix(m.Created, 0)) }

// show puts a message into the detail.
func (p *Page) show(m data.Message) {
	w := p.desk.Words
	p.current = m.ID
	subject := widget.NewLabelWithStyle(fold.OneLine(m.Subject, shown), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	subject.SizeName, subject.Wrapping = theme.SizeNameSubHeadingText, fyne.TextWrapWord
	body := widget.NewLabel(m.Body)
	body.Wrapping, body.Selectable = fyne.TextWrapWord, true
	state := w.T("outbox.says." + string(m.State))
	if m.State == data.OutboxFailed {
		state = w.T("outbox.why", "Why", fold.OneLine(string(m.Why), shown))
	}
	said := form.NewLine("", look.ColorMuted)
	open := keys.NewButton(p.label(m.Channel), func() { p.open(m, said) })
	open.EnterPresses = true
	open.Importance = widget.HighImportance
	scroll := container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 12, 12), form.Stack(4,
		subject,
		form.NewText(w.T("outbox.to", "To", address(m), "Channel", w.T("outbox.channel."+string(m.Channel)))).Object(),
		form.NewText(w.T("outbox.when", "When", when(p.desk, &m))).Object(),
		form.NewText(state).Object(),
		container.NewHBox(open, layout.NewSpacer()), said.Object(),
		widget.NewSeparator(), body,
	)))
	p.detail.Objects = []fyne.CanvasObject{scroll}
	p.detail.Refresh()
}

func (p *Page) label(c data.Channel) string {
	if c == data.ChannelWhatsApp {
		return p.desk.Words.T("outbox.open_whatsapp")
	}
	return p.desk.Words.T("outbox.open_mail")
}

// open hands a message to the program that sends it. Whether it is sent there
// Lethe can't know, so its state stays.
func (p *Page) open(m data.Message, said *form.Line) {
	w := p.desk.Words
	link, ok := linkOf(m)
	if ok {
		ok = p.desk.OpenURL(link) == nil
	}
	if !ok {
		said.Set(w.T("outbox.open_failed"), look.ColorDanger)
		return
	}
	said.Set(w.T("outbox.opened"), look.ColorMuted)
}

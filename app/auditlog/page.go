// Package auditlog is the page that shows what was done in the list, by whom,
// and whether somebody tampered with the record.
package auditlog

import (
	"context"
	"encoding/hex"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/choice"
	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/confirm"
	"lethe/widgets/grid"
	"lethe/widgets/keys"
)

const (
	id    = "audit"
	shown = 200 // characters of a text in a line
)

// Entry is the page's place on the rail.
func Entry() desk.Entry {
	return desk.Entry{
		ID: id, Icon: theme.HistoryIcon(),
		Allowed: func(r data.Rights) bool { return r.May(data.OpAudit) && r.May(data.OpAuditState) },
		New:     func(d *desk.Desk) desk.Page { return newPage(d) },
	}
}

// Page is the page. UI goroutine only.
type Page struct {
	desk   *desk.Desk
	speak  speaker
	job    *task.Job
	cancel func()

	entries []data.Entry // the latest first
	listed  []int        // those of entries that the list is narrowed to
	state   data.LogState
	read    bool
	narrow  narrow
	known   []data.KnownHead // that the person pasted

	root    *fyne.Container
	verdict *form.Line
	failed  *form.Line
	count   *widget.Label
	who     *choice.Select
	what    *choice.Select
	when    *choice.Select
	clear   *keys.Button
	export  *keys.Button
	check   *keys.Button
	take    *keys.Button // accept what is wrong
	grid    *grid.Grid
	body    *fyne.Container
}

var (
	_ desk.Page      = (*Page)(nil)
	_ desk.Closer    = (*Page)(nil)
	_ desk.Refresher = (*Page)(nil)
)

func newPage(d *desk.Desk) *Page {
	p := &Page{desk: d, speak: speaker{words: d.Words}}
	w := d.Words
	p.verdict, p.failed = form.NewText(""), form.NewLine("", look.ColorDanger)
	p.count = widget.NewLabel("")
	p.who = choice.New(nil, "", func(v string) { p.narrow.person = v; p.list() })
	p.what = choice.New(nil, "", func(v string) { p.narrow.kind = data.AuditKind(v); p.list() })
	p.when = choice.New(nil, "", func(v string) { p.narrow.days, _ = strconv.Atoi(v); p.list() })
	p.clear = keys.NewButton(w.T("auditlog.clear"), func() { p.narrow = narrow{}; p.choices(); p.list() })
	p.export = keys.NewButton(w.T("auditlog.export"), p.save)
	p.check = keys.NewButton(w.T("auditlog.check"), p.ask)
	p.take = keys.NewButton(w.T("auditlog.accept"), p.accept)
	p.take.Hide()
	p.grid = grid.New([]grid.Column{
		{ID: "seq", Title: w.T("auditlog.col.seq"), Width: 72, Fixed: true, Align: fyne.TextAlignTrailing},
		{ID: "when", Title: w.T("auditlog.col.when"), Width: 150, Kind: grid.Date, Fixed: true},
		{ID: "who", Title: w.T("auditlog.col.who"), Width: 170},
		{ID: "what", Title: w.T("auditlog.col.what"), Width: 560},
	})
	p.grid.SetCheckable(false)
	p.grid.OnOpen = p.open
	p.grid.SetSource(source{p})
	p.grid.SetWaiting(true)
	p.arrange()
	p.cancel = d.Listen(func(data.Event) {
		if p.read { // whatever happened, an entry may have come
			p.Refresh()
		}
	})
	return p
}

// ID implements desk.Page.
func (p *Page) ID() string { return id }

// Title implements desk.Page.
func (p *Page) Title() string { return p.desk.Words.T("auditlog.title") }

// Content implements desk.Page.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Shown implements desk.Page.
func (p *Page) Shown() { p.Refresh() }

// Hidden implements desk.Page.
func (p *Page) Hidden() { p.read = false }

// Key implements desk.Page.
func (p *Page) Key(*fyne.KeyEvent) bool { return false }

// Close implements desk.Closer.
func (p *Page) Close() { p.cancel() }

// Refresh implements desk.Refresher: it reads the log and checks it anew.
func (p *Page) Refresh() {
	if p.job != nil {
		p.job.Cancel()
	}
	d := p.desk
	var entries []data.Entry
	var state data.LogState
	names := map[data.UserID]string{}
	known := append(Remembered(d), p.known...)
	var job *task.Job
	job = d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		if entries, err = d.Store.Audit(ctx, d.Actor, 0); err != nil {
			return err
		}
		if err := readNames(ctx, d, names); err != nil {
			return err
		}
		state, err = d.Store.AuditState(ctx, d.Actor, known)
		return err
	}, func(err error) {
		switch {
		case job != nil && job != p.job: // a later one is under way
			return
		case err != nil:
			p.fail(d.Words.Error(err))
			return
		}
		p.fail("")
		p.entries, p.state, p.speak.names, p.read = entries, state, names, true
		Remember(d, state)
		p.choices()
		p.list()
	})
	p.job = job
}

// fail says what went wrong, or nothing.
func (p *Page) fail(text string) {
	p.failed.Set(text, look.ColorDanger)
	if text == "" {
		p.failed.Object().Hide()
	} else {
		p.failed.Object().Show()
	}
	p.root.Refresh()
}

// choices fills the drop-downs from what stands in the log.
func (p *Page) choices() {
	w := p.desk.Words
	who := []choice.Option{{Value: "", Text: w.T("auditlog.everybody")}}
	taken := map[string]bool{who[0].Text: true}
	for _, id := range people(p.entries) {
		name := p.speak.who(id)
		if taken[name] { // two of one name
			name = w.T("auditlog.namesake", "Name", name, "ID", int(id))
		}
		taken[name] = true
		who = append(who, choice.Option{Value: strconv.FormatInt(int64(id), 10), Text: name})
	}
	what := []choice.Option{{Value: "", Text: w.T("auditlog.everything")}}
	for _, k := range kindsOf(p.entries, p.speak.kind) {
		what = append(what, choice.Option{Value: string(k), Text: p.speak.kind(k)})
	}
	when := []choice.Option{{Value: "0", Text: w.T("auditlog.always")}}
	for _, days := range periods {
		text := w.N("auditlog.days", days)
		if days == 1 {
			text = w.T("auditlog.today")
		}
		when = append(when, choice.Option{Value: strconv.Itoa(days), Text: text})
	}
	p.who.SetList(who, p.narrow.person)
	p.what.SetList(what, string(p.narrow.kind))
	p.when.SetList(when, strconv.Itoa(p.narrow.days))
}

// list shows the entries that the list is narrowed to, and the verdict.
func (p *Page) list() {
	w := p.desk.Words
	now := p.desk.Clock().In(w.Zone())
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	p.listed = p.listed[:0]
	for i := range p.entries {
		if p.narrow.takes(&p.entries[i], today) {
			p.listed = append(p.listed, i)
		}
	}
	if p.mayAccept() {
		p.take.Show()
	} else {
		p.take.Hide()
	}
	text, colour := p.speak.verdict(p.state)
	p.verdict.Set(text, colour)
	if p.narrow.none() {
		p.count.SetText("")
		p.clear.Hide()
	} else {
		p.count.SetText(w.T("auditlog.listed", "N", w.Number(len(p.listed)), "Of", w.N("auditlog.entries", len(p.entries))))
		p.clear.Show()
	}
	if len(p.listed) == 0 && p.read {
		empty := widget.NewLabel(w.T("auditlog.none"))
		empty.Alignment = fyne.TextAlignCenter
		p.body.Objects = []fyne.CanvasObject{container.NewVBox(layout.NewSpacer(), empty, layout.NewSpacer())}
	} else {
		p.body.Objects = []fyne.CanvasObject{p.grid}
	}
	p.grid.SetWaiting(!p.read)
	p.grid.Refresh()
	p.root.Refresh()
}

func (p *Page) arrange() {
	w := p.desk.Words
	p.clear.Hide()
	wide := func(o fyne.CanvasObject, width float32) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(width, p.who.MinSize().Height), o)
	}
	bar := container.NewHBox(wide(p.who, 170), wide(p.what, 200), wide(p.when, 130), p.clear, p.count)
	title := container.NewBorder(nil, nil, nil, container.NewHBox(p.take, p.check, p.export), form.NewHeading(p.Title()).Object())
	head := form.Stack(0, title, form.NewText(w.T("auditlog.text")).Object(),
		p.verdict.Object(), p.failed.Object(), bar)
	p.failed.Object().Hide()
	p.body = container.NewStack(p.grid)
	p.root = container.NewStack(container.New(layout.NewCustomPaddedLayout(20, 0, 24, 24),
		container.NewBorder(head, nil, nil, nil, container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), p.body))))
}

// open shows all that an entry holds.
func (p *Page) open(row int) {
	if row < 0 || row >= len(p.listed) {
		return
	}
	w, e := p.desk.Words, &p.entries[p.listed[row]]
	text := func(s string) fyne.CanvasObject {
		l := widget.NewLabel(s)
		l.Wrapping, l.Selectable = fyne.TextWrapBreak, true
		return l
	}
	signed := w.T("auditlog.unsigned")
	if e.Seq <= p.state.Countersigned {
		signed = w.T("auditlog.signed")
	}
	content := form.Stack(0,
		text(w.T("auditlog.done", "When", w.DateTime(e.At), "Who", p.speak.who(e.Actor))),
		text(p.speak.about(e)))
	if all := p.speak.all(e); all != "" {
		content = form.Stack(0, content, text(all))
	}
	content = form.Stack(0, content, text(signed), text(w.T("auditlog.hash", "Hash", hex.EncodeToString(e.Hash[:]))))
	confirm.NewInfo(p.desk.Window.Canvas(), w.T("auditlog.entry", "Seq", w.Number(int(e.Seq))), content, w.T("auditlog.close")).Show()
}

// source is what the grid shows.
type source struct{ p *Page }

func (s source) Len() int          { return len(s.p.listed) }
func (s source) Selected(int) bool { return false }
func (s source) Key(row int) int64 { return s.entry(row).Seq }
func (s source) entry(row int) *data.Entry {
	return &s.p.entries[s.p.listed[row]]
}

// Cell implements grid.Source.
func (s source) Cell(row int, column string) grid.Cell {
	e, w := s.entry(row), s.p.desk.Words
	switch column {
	case "seq":
		text := w.Number(int(e.Seq))
		if suspect(&s.p.state, e.Seq) {
			text = "! " + text
		}
		return grid.Cell{Text: text, Muted: e.Seq > s.p.state.Countersigned && text[0] != '!'}
	case "when":
		return grid.Cell{Text: w.DateTime(e.At)}
	case "who":
		return grid.Cell{Text: s.p.speak.who(e.Actor), Muted: e.Actor == 0}
	}
	return grid.Cell{Text: s.p.speak.about(e)}
}

// Package settings is the page of what can be set: the business, how the
// window looks, OTPs, one's own password, and where the data is. What a person
// may not change stands there as text, and what is the Account Owner's alone
// only for them.
package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/backups"
	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/schema"
	"lethe/app/turnkey"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/keys"
)

const id = "settings"

// Entry is the page's place on the rail: everybody who is signed in has it.
func Entry() desk.Entry {
	return desk.Entry{
		ID: id, Icon: theme.SettingsIcon(),
		Allowed: func(r data.Rights) bool { return r.User != 0 },
		New:     func(d *desk.Desk) desk.Page { return newPage(d) },
	}
}

// Page is the page. UI goroutine only.
type Page struct {
	desk   *desk.Desk
	scroll *container.Scroll
	cancel func()
	otp    otpState
	sends  store.Sending // the Account Owner's, once it is read

	// refresh brings each part up to date with the settings, but for what the
	// person is changing.
	refresh []func()

	fields *schema.Fields // nil for who may not change them
	tags   *schema.Tags
}

var (
	_ desk.Page      = (*Page)(nil)
	_ desk.Closer    = (*Page)(nil)
	_ desk.Refresher = (*Page)(nil)
)

func newPage(d *desk.Desk) *Page {
	p := &Page{desk: d, scroll: container.NewVScroll(widget.NewLabel(""))}
	p.cancel = d.Listen(func(e data.Event) {
		switch e.Kind {
		case data.TeamChanged:
			p.build()
		case data.SettingsChanged, data.BackupsChanged:
			p.Refresh()
		case data.FieldsChanged:
			p.refreshSchema()
		}
	})
	p.build()
	return p
}

// build makes the parts that exist for this person: what is of the business at
// the left, what is of the person and this computer at the right.
func (p *Page) build() {
	w, may := p.desk.Words, p.desk.Rights().May
	p.refresh = nil
	business, own := form.Stack(gap), form.Stack(gap)
	part(business, w.T("settings.business"), p.business()...)
	part(business, w.T("settings.activity"), p.activity()...)
	part(own, w.T("settings.look"), p.look()...)
	if may(data.OpEnrolOTP) {
		part(business, w.T("settings.otp"), p.otps()...)
	}
	if may(data.OpSaveAddresses) {
		part(business, w.T("settings.confirmations"), p.confirmations()...)
	}
	if may(data.OpRoles) {
		part(business, w.T("settings.roles"), p.roles()...)
	}
	part(business, w.T("settings.locking"), p.locking()...)
	p.schema(business)
	part(own, w.T("settings.password"), p.password()...)
	if may(data.OpNewRecoveryKey) && !p.desk.Demo {
		part(own, w.T("settings.recovery"), p.recovery()...)
	}
	if backups.Allowed(p.desk) {
		section := backups.New(p.desk, p.resize)
		part(own, w.T("backups.title"), section.Objects()...)
		p.keep(section.Refresh)
	}
	part(own, w.T("settings.certificates"), p.certificates()...)
	part(own, w.T("settings.folder"), p.folder()...)
	if turnkey.Allowed(p.desk.Rights()) {
		part(own, w.T("settings.key"), p.key()...)
	}
	p.scroll.Content = container.New(&columns{}, form.NewHeading(p.Title()).Object(), business, own)
	keys.Follow(p.scroll, p.scroll.Content)
	p.scroll.Refresh()
}

// resize lays the page out anew after a part changed its height.
func (p *Page) resize() {
	keys.Follow(p.scroll, p.scroll.Content)
	p.scroll.Refresh()
}

// part adds a part with its title to a column.
func part(column *fyne.Container, title string, objects ...fyne.CanvasObject) {
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameSubHeadingText
	column.Add(widget.NewSeparator())
	column.Add(head)
	for _, o := range objects {
		column.Add(o)
	}
	column.Add(container.NewGridWrap(fyne.NewSquareSize(gap)))
}

// ID implements desk.Page.
func (p *Page) ID() string { return id }

// Title implements desk.Page.
func (p *Page) Title() string { return p.desk.Words.T("settings.title") }

// Content implements desk.Page.
func (p *Page) Content() fyne.CanvasObject { return p.scroll }

// Shown implements desk.Page.
func (p *Page) Shown() {
	p.Refresh()
	p.refreshSchema()
}

// Hidden implements desk.Page.
func (p *Page) Hidden() {}

// Key implements desk.Page.
func (p *Page) Key(*fyne.KeyEvent) bool { return false }

// Refresh implements desk.Refresher.
func (p *Page) Refresh() {
	for _, f := range p.refresh {
		f()
	}
}

// Close implements desk.Closer.
func (p *Page) Close() { p.cancel() }

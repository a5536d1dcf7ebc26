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
	"lethe/app/schema"
	"lethe/app/turnkey"
	"lethe/data"
	"lethe/data/store"
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
	root   *fyne.Container
	scroll *container.Scroll
	cancel func()

	sections *sections
	otp      otpState
	sends    store.Sending // the Account Owner's, once it is read

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
	p := &Page{desk: d, root: container.NewStack(), scroll: container.NewVScroll(widget.NewLabel(""))}
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

// build makes the sections that exist for this person.
func (p *Page) build() {
	w, may := p.desk.Words, p.desk.Rights().May
	p.refresh = nil
	was := p.scroll.Offset
	s := newSections(p.scroll)
	p.sections = s

	s.group(w.T("settings.group.business"))
	s.add(w.T("settings.business"), p.business()...)
	s.add(w.T("settings.activity"), p.activity()...)
	p.schema(s)
	if may(data.OpRoles) {
		s.add(w.T("settings.roles"), p.roles()...)
	}
	s.group(w.T("settings.group.deleting"))
	if may(data.OpEnrolOTP) {
		s.add(w.T("settings.otp"), p.otps()...)
	}
	if may(data.OpSaveAddresses) {
		s.add(w.T("settings.confirmations"), p.confirmations()...)
	}
	s.add(w.T("settings.certificates"), p.certificates()...)
	s.group(w.T("settings.group.safety"))
	s.add(w.T("settings.password"), p.password()...)
	if may(data.OpNewRecoveryKey) && !p.desk.Demo {
		s.add(w.T("settings.recovery"), p.recovery()...)
	}
	s.add(w.T("settings.locking"), p.locking()...)
	if backups.Allowed(p.desk) {
		section := backups.New(p.desk, s.relayout)
		s.add(w.T("backups.title"), section.Objects()...)
		p.keep(section.Refresh)
	}
	if turnkey.Allowed(p.desk.Rights()) {
		s.add(w.T("settings.key"), p.key()...)
	}
	s.group(w.T("settings.group.computer"))
	s.add(w.T("settings.look"), p.look()...)
	s.add(w.T("settings.folder"), p.folder()...)

	s.show()
	p.root.Objects = []fyne.CanvasObject{container.NewBorder(nil, nil, s.beside(p.Title()), nil, p.scroll)}
	p.root.Refresh()
	p.scroll.ScrollToOffset(was)
	s.follow()
}

// ID implements desk.Page.
func (p *Page) ID() string { return id }

// Title implements desk.Page.
func (p *Page) Title() string { return p.desk.Words.T("settings.title") }

// Content implements desk.Page.
func (p *Page) Content() fyne.CanvasObject { return p.root }

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

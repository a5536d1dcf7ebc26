package team

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk"
	"lethe/data"
)

const (
	rolesID               = "roles"
	roleListWidth float32 = 250
)

// RolesEntry is the page of the roles, to which the page of the team and the
// settings lead.
func RolesEntry() desk.Entry {
	return desk.Entry{
		ID: rolesID, Under: id,
		Allowed: func(r data.Rights) bool { return r.May(data.OpRoles) },
		New:     func(d *desk.Desk) desk.Page { return newRolesPage(d) },
	}
}

// RolesPage lists the roles and shows one of them. UI goroutine only.
type RolesPage struct {
	pageBase

	role   data.Role // the one shown, as it was read; ID 0 for a new one
	editor *editor
	area   *fyne.Container
}

var (
	_ desk.Page      = (*RolesPage)(nil)
	_ desk.Closer    = (*RolesPage)(nil)
	_ desk.Refresher = (*RolesPage)(nil)
	_ desk.Unsaver   = (*RolesPage)(nil)
)

func newRolesPage(d *desk.Desk) *RolesPage {
	p := &RolesPage{area: container.NewStack()}
	p.pageBase = newBase(d, p.follow)
	p.begin(container.New(&fixedWidth{roleListWidth}, p.scroll), p.area)
	return p
}

// fixedWidth gives its one object all of the height, and this width.
type fixedWidth struct{ width float32 }

func (f *fixedWidth) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(f.width, 60) }

func (f *fixedWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(f.width-8, size.Height))
}

// follow shows the roles as they were read; what is being changed stays as it is.
func (p *RolesPage) follow() {
	if !p.Unsaved() {
		again, ok := p.team.role[p.role.ID]
		if !ok {
			again = p.team.roles[len(p.team.roles)-1]
		}
		p.show(again)
	}
	p.build()
}

// build makes the list and the buttons that exist for this person.
func (p *RolesPage) build() {
	w, rights := p.desk.Words, p.desk.Rights()
	title := widget.NewLabelWithStyle(w.T("team.roles_title"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName = theme.SizeNameHeadingText
	p.head.Objects = []fyne.CanvasObject{title, layout.NewSpacer(), p.button(w.T("team.to_members"), func() { p.desk.Visit(id) })}
	if rights.May(data.OpAddRole) {
		create := p.button(w.T("team.create"), func() { p.draft(data.Role{Kind: data.CustomRole}) })
		create.Importance = widget.HighImportance
		p.head.Objects = append(p.head.Objects, create)
	}
	p.list.Objects = nil
	for _, r := range p.team.roles {
		b := p.button(p.line(r), func() { p.leave(func() { p.show(r); p.build() }) })
		b.Alignment = widget.ButtonAlignLeading
		if r.ID == p.role.ID {
			b.Importance = widget.HighImportance
		}
		p.list.Add(b)
	}
	p.built()
}

func (p *RolesPage) line(r data.Role) string {
	w := p.desk.Words
	const most = 22 // characters that fit
	name := []rune(oneLine(w.Role(r)))
	if len(name) > most {
		name = append(name[:most-1], '…')
	}
	return w.T("team.role_line", "Role", string(name), "Members", len(p.team.having(r.ID)))
}

// show shows a role as it is.
func (p *RolesPage) show(r data.Role) {
	p.role = r
	p.edit(r, r)
}

// draft shows a role that is not there yet.
func (p *RolesPage) draft(r data.Role) {
	p.leave(func() {
		p.role = data.Role{Kind: data.CustomRole}
		p.edit(p.role, r)
		p.build()
		p.desk.Window.Canvas().Focus(p.editor.name.Entry)
	})
}

// ID implements desk.Page.
func (p *RolesPage) ID() string { return rolesID }

// Title implements desk.Page.
func (p *RolesPage) Title() string { return p.desk.Words.T("team.roles_title") }

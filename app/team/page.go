// Package team is the page of the members and the page of their roles.
package team

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk"
	"lethe/assets"
	"lethe/data"
	"lethe/data/fold"
)

const (
	id         = "team"
	nameLength = data.NameMax // longest name shown in a line
)

// Entry is the page's place on the rail.
func Entry() desk.Entry {
	return desk.Entry{
		ID: id, Icon: theme.NewThemedResource(assets.Team()),
		Allowed: func(r data.Rights) bool { return r.May(data.OpRoles) },
		New:     func(d *desk.Desk) desk.Page { return newPage(d) },
	}
}

// Page lists the members. UI goroutine only.
type Page struct{ pageBase }

var (
	_ desk.Page      = (*Page)(nil)
	_ desk.Closer    = (*Page)(nil)
	_ desk.Refresher = (*Page)(nil)
)

// people are the members and the roles as last read.
type people struct {
	members []data.User // the Account Owner first
	roles   []data.Role
	role    map[data.RoleID]data.Role
}

// read reads them. Background.
func read(ctx context.Context, d *desk.Desk) (people, error) {
	p := people{role: map[data.RoleID]data.Role{}}
	members, err := d.Store.Members(ctx, d.Actor)
	if err != nil {
		return p, err
	}
	if p.roles, err = d.Store.Roles(ctx, d.Actor); err != nil {
		return p, err
	}
	for _, r := range p.roles {
		p.role[r.ID] = r
	}
	for _, first := range []bool{true, false} {
		for _, u := range members {
			if (p.role[u.Role].Kind == data.AccountOwner) == first {
				p.members = append(p.members, u)
			}
		}
	}
	return p, nil
}

// having are the members who have a role.
func (p people) having(role data.RoleID) []data.User {
	var out []data.User
	for _, u := range p.members {
		if u.Role == role {
			out = append(out, u)
		}
	}
	return out
}

func newPage(d *desk.Desk) *Page {
	p := &Page{}
	p.pageBase = newBase(d, p.build)
	p.begin(nil, p.scroll)
	return p
}

// build makes the rows and the buttons that exist for this person.
func (p *Page) build() {
	w, rights := p.desk.Words, p.desk.Rights()
	title := widget.NewLabelWithStyle(w.T("team.title"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	title.SizeName = theme.SizeNameHeadingText
	p.head.Objects = []fyne.CanvasObject{
		title, container.NewCenter(muted(w.N("team.count", len(p.team.members)))), layout.NewSpacer(),
		p.button(w.T("team.manage_roles"), func() { p.desk.Visit(rolesID) }),
	}
	if rights.May(data.OpAddUser) {
		invite := p.button(w.T("team.invite"), p.invite)
		invite.Importance = widget.HighImportance
		p.head.Objects = append(p.head.Objects, invite)
	}
	p.list.Objects = []fyne.CanvasObject{p.header()}
	for _, u := range p.team.members {
		p.list.Objects = append(p.list.Objects, p.row(u), widget.NewSeparator())
	}
	p.built()
}

// ID implements desk.Page.
func (p *Page) ID() string { return id }

// Title implements desk.Page.
func (p *Page) Title() string { return p.desk.Words.T("team.title") }

func oneLine(s string) string { return fold.OneLine(s, nameLength) }

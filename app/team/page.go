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
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/assets"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/keys"
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
type Page struct {
	desk   *desk.Desk
	team   people
	said   *form.Line
	list   *fyne.Container
	head   *fyne.Container
	root   fyne.CanvasObject
	scroll *container.Scroll
	cancel func()
}

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
	p := &Page{desk: d, said: form.NewLine("", look.ColorDanger)}
	p.list = container.NewVBox()
	p.head = container.NewHBox()
	p.scroll = container.NewVScroll(p.list)
	p.root = container.NewPadded(container.NewPadded(container.NewPadded(
		form.AtMost(form.PageWidth, container.NewBorder(container.NewVBox(p.head, p.said.Object()), nil, nil, nil, p.scroll)))))
	p.cancel = d.Listen(func(e data.Event) {
		if e.Kind == data.TeamChanged {
			p.Refresh()
		}
	})
	return p
}

// Refresh implements desk.Refresher.
func (p *Page) Refresh() {
	var team people
	p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		team, err = read(ctx, p.desk)
		return err
	}, func(err error) {
		if err != nil {
			p.said.Set(p.desk.Words.Error(err), look.ColorDanger)
			return
		}
		p.said.Set("", look.ColorDanger)
		p.team = team
		p.build()
	})
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
	keys.Follow(p.scroll, p.list)
	p.head.Refresh()
	p.list.Refresh()
	p.root.Refresh()
}

func (p *Page) button(text string, tapped func()) *keys.Button {
	b := keys.NewButton(text, tapped)
	b.EnterPresses = true
	return b
}

// ID implements desk.Page.
func (p *Page) ID() string { return id }

// Title implements desk.Page.
func (p *Page) Title() string { return p.desk.Words.T("team.title") }

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

func oneLine(s string) string { return fold.OneLine(s, nameLength) }

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
	"lethe/data"
	"lethe/widgets/keys"
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
	desk   *desk.Desk
	team   people
	role   data.Role // the one shown, as it was read; ID 0 for a new one
	editor *editor
	said   *form.Line
	head   *fyne.Container
	list   *fyne.Container
	side   *container.Scroll
	area   *fyne.Container
	root   fyne.CanvasObject
	cancel func()
}

var (
	_ desk.Page      = (*RolesPage)(nil)
	_ desk.Closer    = (*RolesPage)(nil)
	_ desk.Refresher = (*RolesPage)(nil)
	_ desk.Unsaver   = (*RolesPage)(nil)
)

func newRolesPage(d *desk.Desk) *RolesPage {
	p := &RolesPage{desk: d, said: form.NewLine("", look.ColorDanger)}
	p.head = container.NewHBox()
	p.list = container.NewVBox()
	p.side = container.NewVScroll(p.list)
	p.area = container.NewStack()
	p.root = container.NewPadded(container.NewPadded(container.NewPadded(form.AtMost(form.PageWidth, container.NewBorder(
		container.NewVBox(p.head, p.said.Object()), nil, container.New(&fixedWidth{roleListWidth}, p.side), nil, p.area)))))
	p.cancel = d.Listen(func(e data.Event) {
		if e.Kind == data.TeamChanged {
			p.Refresh()
		}
	})
	return p
}

// fixedWidth gives its one object all of the height, and this width.
type fixedWidth struct{ width float32 }

func (f *fixedWidth) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(f.width, 60) }

func (f *fixedWidth) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(f.width-8, size.Height))
}

// Refresh implements desk.Refresher. What is being changed stays as it is.
func (p *RolesPage) Refresh() {
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
		if !p.Unsaved() {
			again, ok := team.role[p.role.ID]
			if !ok {
				again = team.roles[len(team.roles)-1]
			}
			p.show(again)
		}
		p.build()
	})
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
	keys.Follow(p.side, p.list)
	p.head.Refresh()
	p.list.Refresh()
	p.root.Refresh()
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

func (p *RolesPage) button(text string, tapped func()) *keys.Button {
	b := keys.NewButton(text, tapped)
	b.EnterPresses = true
	return b
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

// Content implements desk.Page.
func (p *RolesPage) Content() fyne.CanvasObject { return p.root }

// Shown implements desk.Page.
func (p *RolesPage) Shown() { p.Refresh() }

// Hidden implements desk.Page.
func (p *RolesPage) Hidden() {}

// Key implements desk.Page.
func (p *RolesPage) Key(*fyne.KeyEvent) bool { return false }

// Close implements desk.Closer.
func (p *RolesPage) Close() { p.cancel() }

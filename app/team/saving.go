package team

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2/theme"

	"lethe/app/choice"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/widgets/confirm"
)

// Unsaved implements desk.Unsaver.
func (p *RolesPage) Unsaved() bool { return p.editor.dirty() }

// leave does something that drops what was changed, once that is agreed to.
func (p *RolesPage) leave(then func()) {
	if !p.Unsaved() {
		then()
		return
	}
	w := p.desk.Words
	ask := confirm.New(p.desk.Window.Canvas(), confirm.Options{
		Title: w.T("team.unsaved"), Content: form.NewText(w.T("team.unsaved_text")).Object(),
		Cancel: w.T("team.unsaved_stay"), Action: w.T("team.unsaved_drop"),
	})
	ask.SetOnAction(func() {
		ask.Hide()
		p.editor = nil
		then()
	})
	ask.Show()
}

// duplicate begins a new role with what another may do, as far as this person
// may grant it.
func (p *RolesPage) duplicate(r data.Role) {
	w, rights := p.desk.Words, p.desk.Rights()
	copied := data.Role{Kind: data.CustomRole, Permissions: data.PermissionSet{}}
	for permission := range r.Granted() {
		if mayGrantWhole(rights, permission) {
			copied.Permissions[permission] = true
		}
	}
	for n := 1; ; n++ {
		copied.Name = w.T("team.copy_of", "Role", oneLine(w.Role(r)))
		if n > 1 {
			copied.Name = w.T("team.copy_number", "Role", oneLine(w.Role(r)), "Number", n)
		}
		if runes := []rune(copied.Name); len(runes) > data.NameMax {
			copied.Name = string(runes[len(runes)-data.NameMax:])
		}
		taken := false
		for _, other := range p.team.roles {
			taken = taken || strings.EqualFold(w.Role(other), copied.Name)
		}
		if !taken {
			break
		}
	}
	p.draft(copied)
}

// submit says who gains and loses what, and saves.
func (e *editor) submit() {
	p := e.page
	w, d := p.desk.Words, p.desk
	if e.save.Disabled() {
		return
	}
	if !e.name.Valid() {
		d.Window.Canvas().Focus(e.name.Entry)
		return
	}
	next := data.Role{ID: e.was.ID, Kind: data.CustomRole, Name: strings.TrimSpace(e.name.Text()), Permissions: e.set}
	members := p.team.having(e.was.ID)
	if e.was.ID == 0 {
		members = nil
	}
	told := idsOf(members)
	name := oneLine(next.Name)
	a := &asking{desk: d, title: w.T("team.save_title", "Role", name), action: w.T("team.role_save")}
	if e.was.ID == 0 {
		a.title, a.action = w.T("team.create_title", "Role", name), w.T("team.role_create")
		a.parts = append(a.parts, form.NewText(summary(w, next)).Object())
	} else {
		impact := data.ImpactOf(e.was, e.set, p.team.members)
		if len(members) == 0 {
			a.parts = append(a.parts, form.NewText(w.T("team.save_nobody")).Object())
		} else {
			a.parts = append(a.parts, form.NewText(w.N("team.save_members", len(members), "Names", whom(w, members))).Object())
		}
		a.parts = append(a.parts, form.NewText(gainsAndLoses(w, impact)).Object())
	}
	var made data.RoleID
	a.work = func(ctx context.Context, own string) (err error) {
		if e.was.ID == 0 {
			made, err = d.Store.AddRole(ctx, d.Actor, own, next)
			return err
		}
		made = e.was.ID
		return d.Store.EditRole(ctx, d.Actor, own, e.was, next, told)
	}
	a.done = func() {
		a.finish(w.T("team.role_saved", "Role", name))
		p.editor, p.role = nil, data.Role{ID: made}
		p.Refresh()
	}
	a.open()
}

func idsOf(members []data.User) []data.UserID {
	var out []data.UserID
	for _, u := range members {
		out = append(out, u.ID)
	}
	return out
}

// remove asks what the members of a role get in its place, and removes it.
func (p *RolesPage) remove(r data.Role) {
	w, d := p.desk.Words, p.desk
	members := p.team.having(r.ID)
	name := oneLine(w.Role(r))
	a := &asking{desk: d, title: w.T("team.delete_title", "Role", name), action: w.T("team.delete_do"), danger: true}
	var to data.RoleID
	if len(members) == 0 {
		a.parts = append(a.parts, form.NewText(w.T("team.delete_nobody")).Object())
	} else {
		var options []choice.Option
		usual := ""
		for _, other := range p.team.roles {
			if other.ID == r.ID || !d.Rights().MayAssign(other) {
				continue
			}
			o := roleOption(w.Role(other), other.ID)
			options = append(options, o)
			if other.Kind == data.TeamMember || usual == "" {
				usual = o.Value
			}
		}
		if len(options) == 0 {
			d.Status(w.T("team.no_role"))
			return
		}
		change := form.NewText("")
		show := func(value string) {
			next := p.team.role[roleOf(value)].Granted()
			change.Set(gainsAndLoses(w, data.ImpactOf(r, next, p.team.members)), theme.ColorNameForeground)
		}
		role := choice.New(options, usual, show)
		show(usual)
		a.first = role
		a.parts = append(a.parts,
			form.NewText(w.N("team.save_members", len(members), "Names", whom(w, members))).Object(),
			form.NewLine(w.T("team.delete_instead"), look.ColorMuted).Object(), role, change.Object())
		a.check = func() bool {
			n, err := strconv.ParseInt(role.Value(), 10, 64)
			to = data.RoleID(n)
			return err == nil
		}
	}
	a.work = func(ctx context.Context, own string) error {
		return d.Store.DeleteRole(ctx, d.Actor, own, r, to, idsOf(members))
	}
	a.done = func() {
		a.finish(w.T("team.role_deleted", "Role", name))
		p.editor, p.role = nil, data.Role{}
		p.Refresh()
	}
	a.open()
}

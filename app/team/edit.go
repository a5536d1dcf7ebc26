package team

import (
	"context"
	"errors"
	"net/mail"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"lethe/app/choice"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/phone"
)

// person are the fields of a member.
type person struct {
	page               *Page
	name, phone, email *form.Field
}

func (p *Page) person(u data.User) *person {
	w := p.desk.Words
	f := &person{page: p}
	f.name = form.New(w.T("team.name"), "")
	f.name.Check = func(text string) string {
		if err := data.CheckName(text); err != nil {
			return w.Error(err)
		}
		return p.free(func(o data.User) bool { return o.ID != u.ID && strings.EqualFold(o.Name, strings.TrimSpace(text)) },
			data.TakenName)
	}
	f.phone = form.New(w.T("team.phone_optional"), w.T("team.phone_hint"))
	f.phone.Check = func(text string) string {
		n, err := f.number(text)
		var wrong *phone.Problem
		switch {
		case errors.As(err, &wrong):
			return w.T("firstrun.phone_wrong." + string(wrong.Reason))
		case err != nil:
			return w.Error(err)
		}
		return p.free(func(o data.User) bool { return o.ID != u.ID && n != 0 && o.Phone == n }, data.TakenPhone)
	}
	f.email = form.New(w.T("team.email_optional"), "")
	f.email.Check = func(text string) string {
		text = strings.TrimSpace(text)
		if text == "" {
			return ""
		}
		if a, err := mail.ParseAddress(text); err != nil || a.Address != text {
			return w.T("firstrun.email_wrong")
		}
		return p.free(func(o data.User) bool { return o.ID != u.ID && strings.EqualFold(o.Email, text) }, data.TakenEmail)
	}
	f.name.SetText(u.Name)
	f.phone.SetText(phone.Format(u.Phone))
	f.email.SetText(u.Email)
	return f
}

// free says so where somebody else has a name, number or address.
func (p *Page) free(has func(data.User) bool, what data.TakenField) string {
	for _, o := range p.team.members {
		if has(o) {
			return p.desk.Words.Error(&data.Taken{Field: what})
		}
	}
	return ""
}

func (f *person) number(text string) (data.Phone, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	return phone.Parse(text, f.page.desk.Settings().Region)
}

// user is what was entered; the fields must be valid.
func (f *person) user(u data.User) data.User {
	u.Name, u.Email = strings.TrimSpace(f.name.Text()), strings.TrimSpace(f.email.Text())
	u.Phone, _ = f.number(f.phone.Text())
	return u
}

func (f *person) fields() []*form.Field { return []*form.Field{f.name, f.phone, f.email} }

func (f *person) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.name.Object(), f.phone.Object(), f.email.Object()}
}

// assignable are the roles that this person can give a member, but for the one
// that they have.
func (p *Page) assignable(u data.User) []choice.Option {
	var out []choice.Option
	for _, r := range p.team.roles {
		if r.ID != u.Role && p.desk.Rights().MayAssign(r) {
			out = append(out, roleOption(p.desk.Words.Role(r), r.ID))
		}
	}
	return out
}

// invite asks for a new member.
func (p *Page) invite() {
	w, d := p.desk.Words, p.desk
	roles := p.assignable(data.User{})
	if len(roles) == 0 {
		d.Status(w.T("team.no_role"))
		return
	}
	f := p.person(data.User{})
	usual := roles[len(roles)-1].Value
	for _, o := range roles {
		if p.team.role[roleOf(o.Value)].Kind == data.TeamMember {
			usual = o.Value
		}
	}
	may := form.NewLine("", look.ColorMuted)
	role := choice.New(roles, usual, func(value string) { may.Set(summary(w, p.team.role[roleOf(value)]), look.ColorMuted) })
	may.Set(summary(w, p.team.role[roleOf(usual)]), look.ColorMuted)
	first := newFirstPassword(d, func() []string { return []string{f.name.Text(), d.Settings().Business} })
	a := &asking{desk: d, title: w.T("team.invite_title"), action: w.T("team.invite_do"), first: f.name.Entry}
	a.fields = append(f.fields(), first)
	a.parts = append(f.objects(), form.NewLine(w.T("team.role"), theme.ColorNameForeground).Object(), role, may.Object(), first.Object())
	var u data.User
	var password string
	a.check = func() bool {
		u, password = f.user(data.User{Role: roleOf(role.Value())}), first.Text()
		return true
	}
	a.work = func(ctx context.Context, own string) error {
		_, err := d.Store.AddUser(ctx, d.Actor, own, u, password)
		return err
	}
	a.done = func() {
		a.finish(w.T("team.invited", "Name", oneLine(u.Name)))
		tell(d, u.Name, password)
	}
	a.open()
}

// edit asks for a member's name, phone and mail.
func (p *Page) edit(u data.User) {
	w, d := p.desk.Words, p.desk
	f := p.person(u)
	a := &asking{desk: d, title: w.T("team.edit_title", "Name", oneLine(u.Name)), action: w.T("team.save"), first: f.name.Entry}
	a.fields, a.parts = f.fields(), f.objects()
	if p.team.role[u.Role].Kind == data.AccountOwner {
		a.parts = append(a.parts, form.NewLine(w.T("team.edit_owner"), look.ColorMuted).Object())
	}
	var next data.User
	a.check = func() bool { next = f.user(u); return true }
	a.work = func(ctx context.Context, own string) error { return d.Store.EditUser(ctx, d.Actor, own, next) }
	a.done = func() { a.finish(w.T("team.saved", "Name", oneLine(next.Name))) }
	a.open()
}

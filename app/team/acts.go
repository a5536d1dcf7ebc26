package team

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2/theme"

	"lethe/app/choice"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/checkmark"
)

func roleOption(name string, id data.RoleID) choice.Option {
	return choice.Option{Value: strconv.FormatInt(int64(id), 10), Text: oneLine(name)}
}

func roleOf(value string) data.RoleID {
	n, _ := strconv.ParseInt(value, 10, 64) // made by roleOption
	return data.RoleID(n)
}

// changeRole asks for another role, and says what the member gains and loses.
func (p *Page) changeRole(u data.User) {
	w, d := p.desk.Words, p.desk
	options := p.assignable(u)
	before := p.team.role[u.Role]
	change := form.NewText("")
	show := func(value string) {
		next := p.team.role[roleOf(value)].Granted()
		change.Set(gainsAndLoses(w, data.ImpactOf(before, next, p.team.having(before.ID))), theme.ColorNameForeground)
	}
	role := choice.New(options, options[0].Value, show)
	show(options[0].Value)
	a := &asking{desk: d, title: w.T("team.role_title", "Name", oneLine(u.Name)), action: w.T("team.role_do"), first: role}
	a.parts = append(a.parts,
		form.NewText(w.T("team.role_now", "Role", oneLine(w.Role(before)))).Object(),
		form.NewLine(w.T("team.role_next"), theme.ColorNameForeground).Object(), role, change.Object())
	var next data.RoleID
	a.check = func() bool { next = roleOf(role.Value()); return true }
	a.work = func(ctx context.Context, own string) error { return d.Store.SetUserRole(ctx, d.Actor, own, u.ID, next) }
	a.done = func() {
		a.finish(w.T("team.role_changed", "Name", oneLine(u.Name), "Role", oneLine(w.Role(p.team.role[next]))))
	}
	a.open()
}

// withFirstPassword asks for a new first password and does something with it.
func (p *Page) withFirstPassword(u data.User, title, text, action, said string,
	work func(ctx context.Context, own, password string) error,
) {
	w, d := p.desk.Words, p.desk
	first := newFirstPassword(d, func() []string { return []string{u.Name, d.Settings().Business} })
	a := &asking{desk: d, title: title, action: action, fields: []*form.Field{first}}
	a.parts = append(a.parts, form.NewText(text).Object(), first.Object())
	var password string
	a.check = func() bool { password = first.Text(); return true }
	a.work = func(ctx context.Context, own string) error { return work(ctx, own, password) }
	a.done = func() {
		a.finish(w.T(said, "Name", oneLine(u.Name)))
		tell(d, u.Name, password)
	}
	a.open()
}

func (p *Page) reset(u data.User) {
	w, d := p.desk.Words, p.desk
	name := oneLine(u.Name)
	p.withFirstPassword(u, w.T("team.reset_title", "Name", name), w.T("team.reset_text", "Name", name), w.T("team.reset_do"),
		"team.reset_done", func(ctx context.Context, own, password string) error {
			return d.Store.ResetPassword(ctx, d.Actor, own, u.ID, password)
		})
}

func (p *Page) activate(u data.User) {
	w, d := p.desk.Words, p.desk
	name := oneLine(u.Name)
	p.withFirstPassword(u, w.T("team.activate_title", "Name", name), w.T("team.activate_text", "Name", name), w.T("team.activate_do"),
		"team.activate_done", func(ctx context.Context, own, password string) error {
			return d.Store.ActivateUser(ctx, d.Actor, own, u.ID, password)
		})
}

// turning is the offer to turn the key after somebody lost their way in.
func (p *Page) turning() *checkmark.Tick {
	tick := checkmark.NewTick(p.desk.Words.T("team.turn"), nil)
	tick.SetOn(true)
	return tick
}

// turn turns the key in the background.
func (p *Page) turn() {
	w, d := p.desk.Words, p.desk
	d.Tasks.Go(w.T("team.turning"), func(ctx context.Context, report task.Progress) error {
		err := d.Store.TurnKey(ctx, d.Actor, func(at store.TurnProgress) { report(at.Done, at.Total) })
		d.Settle()
		return err
	}, func(err error) {
		if err != nil {
			d.Status(w.T("team.turn_failed", "Why", w.Error(err)))
			return
		}
		d.Status(w.T("team.turned"))
	})
}

func (p *Page) deactivate(u data.User) {
	w, d := p.desk.Words, p.desk
	name := oneLine(u.Name)
	tick := p.turning()
	a := &asking{desk: d, title: w.T("team.deactivate_title", "Name", name), action: w.T("team.deactivate_do")}
	a.parts = append(a.parts, form.NewText(w.T("team.deactivate_text", "Name", name)).Object(), tick,
		form.NewLine(w.T("team.turn_hint"), look.ColorMuted).Object())
	a.work = func(ctx context.Context, own string) error { return d.Store.DeactivateUser(ctx, d.Actor, own, u.ID) }
	a.done = func() {
		a.finish(w.T("team.deactivate_done", "Name", name))
		if tick.On() {
			p.turn()
		}
	}
	a.open()
}

// remove takes a member off the team. Their customers can go to somebody else.
func (p *Page) remove(u data.User) {
	w, d := p.desk.Words, p.desk
	name := oneLine(u.Name)
	tick := p.turning()
	heirs := []choice.Option{{Value: "0", Text: w.T("team.remove_nobody")}}
	if d.Rights().Can(data.ViewAllCustomers) {
		for _, o := range p.team.members {
			if o.ID != u.ID && o.Active {
				heirs = append(heirs, choice.Option{Value: strconv.FormatInt(int64(o.ID), 10), Text: oneLine(o.Name)})
			}
		}
	}
	heir := choice.New(heirs, "0", func(string) {})
	a := &asking{desk: d, title: w.T("team.remove_title", "Name", name), action: w.T("team.remove_do", "Name", name), danger: true}
	a.parts = append(a.parts, form.NewText(w.T("team.remove_text", "Name", name)).Object(),
		form.NewLine(w.T("team.remove_heir"), theme.ColorNameForeground).Object(), heir, tick,
		form.NewLine(w.T("team.turn_hint"), look.ColorMuted).Object())
	var to data.UserID
	a.check = func() bool {
		n, err := strconv.ParseInt(heir.Value(), 10, 64)
		to = data.UserID(n)
		return err == nil
	}
	a.work = func(ctx context.Context, own string) error { return d.Store.RemoveUser(ctx, d.Actor, own, u.ID, to) }
	a.done = func() {
		a.finish(w.T("team.remove_done", "Name", name))
		if tick.On() {
			p.turn()
		}
	}
	a.open()
}

package customers

import (
	"context"

	"lethe/app/conditions"
	"lethe/app/desk"
	"lethe/data"
)

// around is what stands around the list.
type around struct {
	segments []data.Segment
	fields   []data.CustomField
	members  map[data.UserID]string
	owner    string
}

func readAround(ctx context.Context, d *desk.Desk) (a around, err error) {
	if a.segments, err = d.Store.Segments(ctx, d.Actor); err != nil {
		return a, err
	}
	if d.Rights().May(data.OpFields) {
		if a.fields, err = d.Store.Fields(ctx, d.Actor); err != nil {
			return a, err
		}
	}
	users, err := d.Store.Members(ctx, d.Actor)
	if err != nil {
		return a, err
	}
	a.members = map[data.UserID]string{}
	for _, u := range users {
		a.members[u.ID] = u.Name
	}
	owner, err := d.Store.AccountOwner(ctx, d.Actor)
	a.owner = owner.Name
	return a, err
}

// takeAround shows it.
func (p *Page) takeAround(a around) {
	p.segments, p.owner = a.segments, a.owner
	p.speak = conditions.Speaker{
		Words: p.desk.Words, Fields: a.fields, ActiveDays: p.desk.Settings().ActiveDays,
	}
	p.rows.speak, p.rows.agents = p.speak, a.members
	p.rows.forget()
	p.columns.speak = p.speak
	p.setColumns()
	p.dropUnknown()
	p.side.build()
	p.details.around()
	p.apply()
	p.recount()
}

// recount asks for the counts again, as part of the question under way or of
// the one that was answered.
func (p *Page) recount() {
	if p.asked.answered || p.asked.pending {
		p.count(p.asked.number)
	}
}

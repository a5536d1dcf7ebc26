package customers

import (
	"context"
	"errors"
	"strings"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/confirm"
)

// nameLimit is how many characters a segment's name has at most.
const nameLimit = 60

// createSegment keeps the filter of the moment under a name.
func (p *Page) createSegment() {
	if p.controls().CreateSegment != usable {
		return
	}
	w := p.desk.Words
	filter := p.filter.Clone()
	name := form.New(w.T("customers.segment.name"), "")
	about := form.New(w.T("customers.segment.about"), w.T("customers.segment.about_hint"))
	var d *confirm.Dialog
	create := func() {
		p.addSegment(d, name, data.Segment{Name: name.Text(), Description: about.Text(), Filter: filter})
	}
	d = confirm.New(p.desk.Window.Canvas(), confirm.Options{
		Title: w.T("customers.segment.title"),
		Content: form.Stack(4,
			form.NewText(w.T("customers.segment.who", "Conditions", p.speak.Joined(filter))).Object(),
			form.NewLine(w.T("customers.segment.relative"), look.ColorMuted).Object(),
			name.Object(), about.Object()),
		Cancel: w.T("common.cancel"), Action: w.T("customers.create_segment"),
		OnAction: create,
	})
	name.Entry.OnSubmitted = func(string) { create() }
	d.Show()
	d.Focus(name.Entry)
}

func (p *Page) addSegment(d *confirm.Dialog, name *form.Field, s data.Segment) {
	w := p.desk.Words
	s.Name, s.Description = strings.TrimSpace(s.Name), strings.TrimSpace(s.Description)
	name.Check = func(text string) string {
		switch text = strings.TrimSpace(text); {
		case text == "":
			return w.T("customers.segment.name_needed")
		case len([]rune(text)) > nameLimit:
			return w.T("customers.segment.name_long", "Count", nameLimit)
		}
		return ""
	}
	if !name.Valid() || d.Busy() {
		return
	}
	d.SetBusy(true)
	var id int64
	p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		id, err = p.desk.Store.AddSegment(ctx, p.desk.Actor, s)
		return err
	}, func(err error) {
		d.SetBusy(false)
		switch {
		case errors.Is(err, data.ErrConflict):
			name.Fail(w.T("customers.segment.taken"))
			d.Focus(name.Entry)
		case err != nil:
			d.SetError(w.Error(err))
		default:
			d.Hide()
			if p.filter.Encode() == s.Filter.Encode() {
				p.segment = id // read with the change that the store tells of
				p.side.update()
				p.apply()
			}
			p.desk.Status(w.T("customers.segment.created"))
		}
	})
}

package customers

import (
	"context"

	"lethe/app/form"
	"lethe/app/look"
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
	p.createSegmentAs(segmentDraft{filter: p.filter.Clone()})
}

// createSegmentAs is createSegment with something typed already.
func (p *Page) createSegmentAs(typed segmentDraft) {
	w, filter := p.desk.Words, typed.filter
	name, about := p.segmentFields()
	name.SetText(typed.name)
	about.SetText(typed.about)
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
		OnClosed: p.typingSegment(name, about, func() segmentDraft { return segmentDraft{filter: filter} }),
	})
	name.Entry.OnSubmitted = func(string) { create() }
	d.Show()
	d.Focus(name.Entry)
}

func (p *Page) addSegment(d *confirm.Dialog, name *form.Field, s data.Segment) {
	s.Name, s.Description = data.CleanLine(s.Name), data.CleanLine(s.Description)
	var id int64
	p.writeSegment(d, name, func(ctx context.Context) (err error) {
		id, err = p.desk.Store.AddSegment(ctx, p.desk.Actor, s)
		return err
	}, func() {
		if p.filter.Encode() == s.Filter.Encode() {
			p.segment, p.origin = id, id // read with the change that the store tells of
		}
		p.desk.Status(p.desk.Words.T("customers.segment.created"))
	})
}

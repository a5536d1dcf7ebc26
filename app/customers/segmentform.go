package customers

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/checkmark"
	"lethe/widgets/confirm"
)

// segmentItems are what can be done with the segment that is chosen, or that was
// chosen last before its conditions were changed.
func (p *Page) segmentItems() []*fyne.MenuItem {
	s, ok := p.segmentOf(p.origin)
	if !ok || !p.desk.Rights().May(data.OpEditSegment) {
		return nil
	}
	w, name := p.desk.Words, fold.OneLine(s.Name, 24)
	return []*fyne.MenuItem{
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(w.T("customers.segment.edit_item", "Name", name), func() { p.editSegment(s) }),
		fyne.NewMenuItem(w.T("customers.segment.delete_item", "Name", name), func() { p.deleteSegment(s) }),
	}
}

// made says who made a segment and who changed it last, and when.
func (p *Page) made(s data.Segment) string {
	w := p.desk.Words
	text := w.T("customers.segment.made", "Date", w.Date(time.Unix(s.Created, 0)), "Name", p.memberName(s.Author))
	if s.Edited != 0 {
		text += " " + w.T("customers.segment.changed", "Date", w.DateTime(time.Unix(s.Edited, 0)), "Name", p.memberName(s.Editor))
	}
	return text
}

func (p *Page) memberName(u data.UserID) string {
	if name := fold.OneLine(p.rows.agents[u], 60); name != "" {
		return name
	}
	return p.desk.Words.T("customers.segment.somebody")
}

// editSegment changes name, description and, where the list is narrowed to other
// conditions by now, these.
func (p *Page) editSegment(was data.Segment) {
	if !p.desk.Rights().May(data.OpEditSegment) {
		return
	}
	p.editSegmentAs(was, segmentDraft{filter: p.filter.Clone(), name: was.Name, about: was.Description})
}

// editSegmentAs is editSegment with something typed already.
func (p *Page) editSegmentAs(was data.Segment, typed segmentDraft) {
	w, filter := p.desk.Words, typed.filter
	name, about := p.segmentFields()
	name.SetText(typed.name)
	about.SetText(typed.about)
	parts := []fyne.CanvasObject{
		form.NewText(w.T("customers.segment.who", "Conditions", orMissing(p, p.speak.Joined(was.Filter)))).Object(),
		form.NewLine(p.made(was), look.ColorMuted).Object(),
	}
	var take *checkmark.Tick
	if !filter.Empty() && filter.Encode() != was.Filter.Encode() {
		take = checkmark.NewTick(w.T("customers.segment.take"), nil)
		take.SetOn(typed.take)
		parts = append(parts, take, form.NewLine(w.T("customers.segment.now", "Conditions", p.speak.Joined(filter)), look.ColorMuted).Object())
	}
	d := confirm.New(p.desk.Window.Canvas(), confirm.Options{
		Title:   w.T("customers.segment.edit_title"),
		Content: form.Stack(4, append(parts, name.Object(), about.Object())...),
		Cancel:  w.T("common.cancel"), Action: w.T("customers.edit.save"),
		OnClosed: p.typingSegment(name, about, func() segmentDraft {
			return segmentDraft{was: &was, filter: filter, take: take != nil && take.On()}
		}),
	})
	save := func() {
		next := was
		next.Name, next.Description = data.CleanLine(name.Text()), data.CleanLine(about.Text())
		if take != nil && take.On() {
			next.Filter = filter
		}
		p.writeSegment(d, name, func(ctx context.Context) error {
			return p.desk.Store.EditSegment(ctx, p.desk.Actor, was, next)
		}, func() {
			if p.filter.Encode() == next.Filter.Encode() {
				p.segment, p.origin = next.ID, next.ID
			}
			p.desk.Status(w.T("customers.segment.saved"))
		})
	}
	d.SetOnAction(save)
	name.Entry.OnSubmitted = func(string) { save() }
	d.Show()
	d.Focus(name.Entry)
}

// segmentFields are the name and the description of a segment.
func (p *Page) segmentFields() (name, about *form.Field) {
	w := p.desk.Words
	name = form.New(w.T("customers.segment.name"), "")
	about = form.New(w.T("customers.segment.about"), w.T("customers.segment.about_hint"))
	name.Check = func(text string) string {
		switch text = strings.TrimSpace(text); {
		case text == "":
			return w.T("customers.segment.name_needed")
		case len([]rune(text)) > nameLimit:
			return w.T("customers.segment.name_long", "Count", nameLimit)
		}
		return ""
	}
	return name, about
}

// writeSegment does the work of a dialog about a segment.
func (p *Page) writeSegment(d *confirm.Dialog, name *form.Field, work func(context.Context) error, done func()) {
	w := p.desk.Words
	if !name.Valid() || d.Busy() {
		return
	}
	d.SetError("")
	d.SetBusy(true)
	p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error { return work(ctx) }, func(err error) {
		d.SetBusy(false)
		switch {
		case errors.Is(err, data.ErrConflict):
			name.Fail(w.T("customers.segment.taken"))
			d.Focus(name.Entry)
		case errors.Is(err, data.ErrStalePlan):
			d.SetError(w.T("customers.note.conflict"))
		case err != nil:
			d.SetError(w.Error(err))
		default:
			d.Hide()
			done()
			p.side.update()
			p.apply()
		}
	})
}

// deleteSegment removes a segment, not its customers.
func (p *Page) deleteSegment(s data.Segment) {
	if !p.desk.Rights().May(data.OpDeleteSegment) {
		return
	}
	w := p.desk.Words
	d := confirm.New(p.desk.Window.Canvas(), confirm.Options{
		Title: w.T("customers.segment.delete_title", "Name", fold.OneLine(s.Name, nameLimit)),
		Content: form.Stack(4,
			form.NewText(w.T("customers.segment.who", "Conditions", orMissing(p, p.speak.Joined(s.Filter)))).Object(),
			form.NewLine(p.made(s), look.ColorMuted).Object(),
			form.NewText(w.T("customers.segment.delete_text")).Object()),
		Cancel: w.T("common.cancel"), Action: w.T("customers.segment.delete_action"), Danger: true,
	})
	d.SetReady(true)
	d.SetOnAction(func() {
		d.SetBusy(true)
		p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
			return p.desk.Store.DeleteSegment(ctx, p.desk.Actor, s.ID)
		}, func(err error) {
			d.SetBusy(false)
			if err != nil && !errors.Is(err, data.ErrNotFound) {
				d.SetError(w.Error(err))
				return
			}
			d.Hide()
			if p.segment == s.ID {
				p.segment = 0
			}
			p.origin = 0
			p.desk.Status(w.T("customers.segment.deleted"))
			p.apply()
		})
	})
	d.Show()
}

// segmentInDeletion tells, before customers of a segment are deleted, which
// segment it is and who changed it last: a cohort may not be what it was.
func (p *Page) segmentInDeletion() string {
	s, ok := p.segmentOf(p.segment)
	if !ok {
		return ""
	}
	return p.desk.Words.T("customers.segment.in_deletion", "Name", fold.OneLine(s.Name, nameLimit), "Made", p.made(s))
}

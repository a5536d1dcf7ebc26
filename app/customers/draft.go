package customers

import (
	"context"

	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
)

// draft is what a person had typed when the window locked.
type draft struct {
	id     data.CustomerID
	values map[data.Field]string // of the form; nil if there was none
	note   *draftNote            // nil if none was being written
	met    *draftMet             // nil if no interaction was
}

// draftNote is a note that was being written or changed.
type draftNote struct {
	old  *data.Note // nil for a new one
	text string
}

// draftMet is an interaction that was being logged or changed, as it stood in
// the fields.
type draftMet struct {
	old                    *data.Interaction // nil for a new one
	kind, day, clock, line string
}

func (f *editForm) draft() *draft {
	d := &draft{id: f.base.Row.ID, values: map[data.Field]string{}}
	for _, in := range f.inputs {
		if in.dirty(&f.base.Row) {
			d.values[in.field] = in.get()
		}
	}
	return d
}

// take puts a draft in.
func (f *editForm) take(d *draft) {
	for _, in := range f.inputs {
		if v, ok := d.values[in.field]; ok {
			in.set(v)
		}
	}
	f.update()
}

// keepDraft keeps what was typed over a lock; takeDraft brings it back.
func (d *details) keepDraft() {
	if !d.unsaved() {
		return
	}
	kept := &draft{id: d.id}
	if d.edit != nil {
		kept = d.edit.draft()
	}
	if d.typing != nil {
		d.typing(kept)
	}
	d.page.desk.KeepDraft(id, kept)
}

func (d *details) takeDraft() {
	kept, ok := d.page.desk.TakeDraft(id).(*draft)
	if !ok {
		return
	}
	p := d.page
	back := func(base store.Details) {
		d.id, d.shown, d.found, d.whole = kept.id, true, base, true
		if kept.values == nil {
			d.fill()
			setVisible(d.panel, true)
		} else {
			d.showForm(newEditForm(p, base))
			d.edit.take(kept)
		}
		if kept.note != nil {
			d.writeNote(kept.note.old, kept.note.text)
		}
		if kept.met != nil {
			d.writeInteraction(kept.met.old, kept.met)
		}
		p.desk.Status(p.desk.Words.T("customers.edit.draft"))
	}
	if kept.id == 0 {
		back(store.Details{})
		return
	}
	var base store.Details
	p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		base, err = p.desk.Store.Details(ctx, p.desk.Actor, kept.id)
		return err
	}, func(err error) {
		if err == nil && !d.shown && p.desk.Rights().May(data.OpEditCustomer) {
			back(base)
		}
	})
}

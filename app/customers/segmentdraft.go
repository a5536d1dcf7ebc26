package customers

import (
	"lethe/app/form"
	"lethe/data"
)

// draftSegment is what a segment that was being typed is kept as over a lock.
const draftSegment = id + ".segment"

// segmentDraft is a segment that was being made or changed when the window locked.
type segmentDraft struct {
	was         *data.Segment // nil for a new one
	filter      data.Filter   // of the list then
	name, about string
	take        bool // the filter is to take the place of the segment's
}

// typingSegment has what stands in the dialog kept over a lock, until stop is
// called.
func (p *Page) typingSegment(name, about *form.Field, rest func() segmentDraft) (stop func()) {
	return p.desk.Typing(draftSegment, func() any {
		d := rest()
		d.name, d.about = name.Text(), about.Text()
		was := data.Segment{}
		if d.was != nil {
			was = *d.was
		}
		if d.name == was.Name && d.about == was.Description && !d.take {
			return nil
		}
		return d
	})
}

// takeSegmentDraft opens the dialog again over which the window locked.
func (p *Page) takeSegmentDraft() {
	d, ok := p.desk.TakeDraft(draftSegment).(segmentDraft)
	rights := p.desk.Rights()
	switch {
	case !ok:
		return
	case d.was != nil && rights.May(data.OpEditSegment):
		p.editSegmentAs(*d.was, d)
	case d.was == nil && rights.May(data.OpAddSegment):
		p.createSegmentAs(d)
	default:
		return
	}
	p.desk.Status(p.desk.Words.T("customers.edit.draft"))
}

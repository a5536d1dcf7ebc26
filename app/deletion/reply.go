package deletion

import (
	"time"

	"lethe/data"
	"lethe/data/phone"
)

// remember keeps the number of the one customer who goes, for a reply, in
// memory and until Done. Who may not see it can't reply.
func (f *flow) remember() {
	f.number = 0
	if f.req.Way != data.WayOne {
		return
	}
	if row, ok := f.desk.View.Row(f.plan.IDs()[0]); ok && f.desk.Rights().SeesPhones() {
		f.number = row.Phone
	}
}

// reply opens a chat with who was deleted, with a text to look over and send.
func (f *flow) reply(r data.Receipt) {
	w := f.desk.Words
	text := w.T("deletion.reply.text", "Business", f.desk.Settings().Business, "When", w.Date(r.At))
	if r.Asked != 0 {
		text = w.T("deletion.reply.text_asked", "Business", f.desk.Settings().Business, "When", w.Date(r.At),
			"Asked", w.Date(r.Asked.Time(time.UTC)))
	}
	if err := f.desk.OpenURL(phone.WhatsAppLink(f.number, text)); err != nil {
		f.dialog.SetError(w.T("outbox.open_failed"))
	}
}

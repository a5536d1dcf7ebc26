package deletion

import (
	"encoding/hex"
	"strings"

	"fyne.io/fyne/v2"

	"lethe/app/certify"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/purge"
	"lethe/widgets/keys"
)

// result says what was done and what was checked.
func (f *flow) result(r data.Receipt, unfinished *purge.Unfinished) {
	w := f.desk.Words
	stayed := w.N("deletion.result.stay", r.Stay)
	if r.Stay == 0 || f.own() {
		stayed = stay(w, r.Stay, f.own())
	}
	done := w.N("deletion.result.deleted", r.Deleted)
	checked := w.T("deletion.result.checked")
	if unfinished != nil {
		checked = w.T("deletion.result.unfinished")
	}
	parts := []fyne.CanvasObject{
		bold(done + " " + stayed),
		text(w.T("deletion.result.when", "When", w.DateTime(r.At), "Who", r.ByName) + " " + checked),
	}
	for _, line := range held(w, f.holding) {
		parts = append(parts, text(line))
	}
	switch {
	case f.holding.Rolling:
		parts = append(parts, danger(w.T("deletion.rolling_holds")))
	case r.Rolling == data.RollingCurrent:
		parts = append(parts, text(w.T("deletion.rolling_current")))
	}
	shown := newOutcome(f, parts, form.NewLine(f.details(r, unfinished), look.ColorMuted))
	f.dialog.SetTitle(w.T("deletion.result.title"))
	f.dialog.SetButtons(w.T("deletion.done"), "", false)
	f.dialog.SetExtra(f.resultButtons(r, unfinished, shown)...)
	shown.put()
	shown.follow(r)
	f.desk.Status(done + " " + stayed)
	f.desk.Notify(w.T("app.name"), w.N("deletion.notify", r.Deleted))
}

// resultButtons are Details, the certificate, and the reply.
func (f *flow) resultButtons(r data.Receipt, unfinished *purge.Unfinished, shown *outcome) []fyne.CanvasObject {
	w := f.desk.Words
	out := []fyne.CanvasObject{button(w.T("deletion.details"), shown.toggle)}
	if unfinished == nil { // there is nothing to certify yet
		out = append(out, button(w.T("certify.save"), func() {
			certify.Save(f.desk, r.Audit.Entries, shown.say)
		}))
	}
	if f.number != 0 {
		out = append(out, button(w.T("deletion.reply"), func() { f.reply(r) }))
	}
	return out
}

func button(text string, tapped func()) *keys.Button {
	b := keys.NewButton(text, tapped)
	b.EnterPresses = true
	return b
}

// details is what was searched, for who wants to know.
func (f *flow) details(r data.Receipt, unfinished *purge.Unfinished) string {
	w := f.desk.Words
	lines := []string{w.T("deletion.details.audit", "Entries", int(r.Audit.Entries), "Head", head(r.Audit))}
	if unfinished != nil {
		return strings.Join(append(lines, w.Error(unfinished)), "\n")
	}
	s := r.Scrub
	lines = append(lines, w.T("deletion.details.searched", "Values", s.Values, "Pages", s.Pages, "Free", s.FreePages))
	if s.Vacuumed {
		lines = append(lines, w.N("deletion.details.rebuilt", s.FoundBefore))
	}
	return strings.Join(lines, "\n")
}

// head is the beginning of the audit log's head, enough to compare.
func head(w data.Witness) string { return hex.EncodeToString(w.Head[:8]) }

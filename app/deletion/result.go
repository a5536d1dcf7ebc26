package deletion

import (
	"encoding/hex"
	"strings"

	"fyne.io/fyne/v2"

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
	if r.Stay == 0 {
		stayed = w.T("deletion.stay_nobody")
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
	if line := f.told(r); line != "" {
		parts = append(parts, text(line))
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
	details := form.NewLine(f.details(r, unfinished), look.ColorMuted)
	details.Object().Hide()
	parts = append(parts, details.Object())
	f.dialog.SetTitle(w.T("deletion.result.title"))
	f.dialog.SetContent(form.Stack(gap, parts...))
	f.dialog.SetButtons(w.T("deletion.done"), "", false)
	more := keys.NewButton(w.T("deletion.details"), nil)
	more.OnTapped = func() {
		if details.Object().Visible() {
			details.Object().Hide()
		} else {
			details.Object().Show()
		}
		f.dialog.SetContent(form.Stack(gap, parts...))
	}
	f.dialog.SetExtra(more)
	f.desk.Status(done + " " + stayed)
}

// told says what became of the confirmations to the Account Owner.
func (f *flow) told(r data.Receipt) string {
	if r.Way != data.WayAll && !r.Approved && !f.desk.Settings().TellAlways {
		return ""
	}
	if f.desk.Rights().Can(data.ViewOutbox) {
		return f.desk.Words.T("deletion.result.told_outbox")
	}
	return f.desk.Words.T("deletion.result.told")
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

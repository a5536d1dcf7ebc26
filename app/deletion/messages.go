package deletion

import (
	"strings"
	"time"

	"lethe/app/words"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/store"
)

// messages writes the confirmation to the Account Owner: counts, time, who, the
// audit witness and the key of certificates, never a customer's data. A line of
// the form "label: text" becomes a row where the message is shown as a page. It
// may run on any goroutine.
func messages(w *words.Words, business string) store.DeleteTexts {
	business = fold.OneLine(business, nameLimit)
	return func(r data.Receipt) (subject, body string) {
		lines := []string{
			w.N("deletion.mail.lead", r.Deleted, "Business", business),
			w.T("deletion.mail.when", "When", w.DateTime(r.At)),
			w.T("deletion.mail.who", "Who", fold.OneLine(r.ByName, nameLimit)),
		}
		if r.Approved {
			lines = append(lines, w.T("deletion.mail.approved"))
		}
		if r.Asked != 0 {
			lines = append(lines, w.T("deletion.mail.asked", "Day", w.Date(r.Asked.Time(time.UTC))))
		}
		lines = append(lines,
			w.T("deletion.mail.stay", "Stay", r.Stay),
			w.T("deletion.mail.audit", "Entries", int(r.Audit.Entries), "Head", head(r.Audit)),
			w.T("deletion.mail.key", "Key", r.Key.Fingerprint()),
			w.T("deletion.mail.end"),
		)
		return w.N("deletion.mail.subject", r.Deleted, "Business", business), strings.Join(lines, "\n")
	}
}

package deletion

import (
	"lethe/app/words"
	"lethe/data"
	"lethe/data/store"
)

// messages writes the confirmation to the Account Owner: counts, time, who and
// the audit witness, never a customer's data. It may run on any goroutine.
func messages(w *words.Words, business string) store.DeleteTexts {
	return func(r data.Receipt) (subject, body string) {
		subject = w.N("deletion.mail.subject", r.Deleted, "Business", business)
		body = w.N("deletion.mail.body", r.Deleted, "Business", business, "When", w.DateTime(r.At),
			"Who", r.ByName, "Stay", r.Stay, "Entries", int(r.Audit.Entries), "Head", head(r.Audit))
		return subject, body
	}
}

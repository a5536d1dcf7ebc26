package app

import (
	"encoding/hex"
	"time"

	"fyne.io/fyne/v2"

	"lethe/app/desk"
	"lethe/app/prefs"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/outbox"
)

// How long the sender may go on when nobody is signed in any more, and when
// somebody waits for it: at the next sign-in, or for the program's end.
const (
	afterLock = 2 * time.Minute
	hurried   = 15 * time.Second
)

// sending is a session's sender.
type sending struct {
	*outbox.Sender

	app *App
}

// send starts to send confirmations in the background. Nothing of the sample is
// sent.
func (a *App) send(d *desk.Desk) *sending {
	if a.sample != nil {
		return nil
	}
	s, err := outbox.Start(d.Store, outbox.Options{Transport: a.transport(), Clock: a.opt.Clock, Log: a.opt.Log})
	if err != nil {
		return nil // the list is closing
	}
	return &sending{s, a}
}

// transport is what messages go out by.
func (a *App) transport() *outbox.Transport {
	t := outbox.Transport{}
	if a.opt.Transport != nil {
		t = *a.opt.Transport
	}
	t.Language = a.words.Language
	return &t
}

// retire ends the sender: after a lock there is one more attempt at what is
// due; at the program's end what is under way is brought to its end.
func (s *sending) retire() {
	if s.app.quits {
		s.Hurry(hurried)
		return
	}
	s.Retire(afterLock)
	s.app.retired.Store(s.Sender)
}

// watchForeground follows whether the window is in front.
func (a *App) watchForeground() {
	life := a.fyne.Lifecycle()
	life.SetOnEnteredForeground(func() { a.away.Store(false) })
	life.SetOnExitedForeground(func() { a.away.Store(true) })
}

// notify implements desk.Desk's Notify.
func (a *App) notify(title, text string) {
	if a.away.Load() && a.fyne.Preferences().BoolWithFallback(prefs.Notify, true) {
		a.fyne.SendNotification(fyne.NewNotification(title, text))
	}
}

// ownerTexts implements store.OwnerTexts. Any goroutine.
func (a *App) ownerTexts(e data.Entry, by, business string, key data.SigningKey) (subject, body string) {
	w := a.words
	business = fold.OneLine(business, named)
	args := []any{
		"Business", business, "When", w.DateTime(e.At), "Who", fold.OneLine(by, named),
		"Entries", int(e.Seq), "Head", hex.EncodeToString(e.Hash[:8]), "Key", key.Fingerprint(),
	}
	if e.Kind == data.AuditOTPWrong {
		args = append(args, "Tries", e.Facts["wrong"])
		return w.T("app.wrong_otps.subject", args...), w.T("app.wrong_otps.body", args...)
	}
	what := w.T("app.approved.other")
	switch e.Kind {
	case data.AuditCustomerEdited:
		what = w.T("app.approved.edited")
	case data.AuditField:
		what = w.T("app.approved.field")
	case data.AuditRestore:
		what = w.T("app.approved.restore")
	}
	args = append(args, "What", what)
	return w.T("app.approved.subject", args...), w.T("app.approved.body", args...)
}

const named = 60 // characters of a name

package firstrun

import (
	"strings"

	"lethe/app/form"
	"lethe/app/recoverykey"
	"lethe/widgets/keys"
)

// showRecovery is the fourth step: the recovery key, once.
func (z *Wizard) showRecovery() {
	w := z.opt.Words
	view := recoverykey.New(recoverykey.Options{
		Words: w, Files: z.opt.Files, Copy: copyText, Key: z.created.Key,
		Business: strings.TrimSpace(z.business.business.Text()),
	})
	forward := func() {
		if !view.Field.Valid() {
			z.focus(view.Field)
			return
		}
		z.created.Key.Wipe()
		z.offerImport()
	}
	view.Field.Entry.OnSubmitted = func(string) { forward() }
	text := w.T("firstrun.recovery_text")
	if z.created.OTPFailed {
		text = w.T("firstrun.otp_failed") + " " + text
	}
	z.show(step{
		number: 4, title: w.T("firstrun.recovery_title"), text: text,
		body: view.Object(), focus: view.Field.Entry,
		label: w.T("common.next"), forward: forward,
	})
}

// offerImport is the last step.
func (z *Wizard) offerImport() {
	w := z.opt.Words
	later := keys.NewButton(w.T("firstrun.import_later"), func() { z.opt.Done(false) })
	later.EnterPresses = true
	z.show(step{
		number: 5, title: w.T("firstrun.import_title"), text: w.T("firstrun.import_text"),
		body:  form.Stack(0),
		label: w.T("firstrun.import_now"), forward: func() { z.opt.Done(true) },
		other: later,
	})
	z.opt.Window.Canvas().Focus(z.next)
}

package firstrun

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lethe/app/enrol"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data/otp"
	"lethe/widgets/keys"
)

// askOTP is the third step: the authenticator, now or later. Going on from
// here creates the list.
func (z *Wizard) askOTP() {
	w := z.opt.Words
	if len(z.secret) == 0 {
		secret, err := z.opt.Secret()
		if err != nil {
			z.said.Set(w.Error(err), look.ColorDanger)
			return
		}
		z.secret = secret
	}
	f, err := enrol.New(enrol.Options{
		Words:    w,
		Business: strings.TrimSpace(z.business.business.Text()),
		Account:  strings.TrimSpace(z.business.name.Text()),
		Secret:   z.secret, Copy: copyText, Complete: z.prove,
	})
	if err != nil {
		z.said.Set(w.Error(err), look.ColorDanger)
		return
	}
	z.enrol = f
	later := keys.NewButton(w.T("firstrun.otp_later"), func() {
		if !z.busy {
			z.create("")
		}
	})
	later.EnterPresses = true
	z.show(step{
		number: 3, title: w.T("firstrun.otp_title"), text: w.T("firstrun.otp_text"),
		body:  form.Stack(2, f.Object(), form.NewLine(w.T("firstrun.otp_later_hint"), look.ColorMuted).Object()),
		focus: f.Code, label: w.T("common.next"), forward: z.prove,
		back: z.askPassword, other: later,
	})
}

// prove takes one OTP, which shows that the phone has the secret and the time.
func (z *Wizard) prove() {
	w, code := z.opt.Words, z.enrol.Code.Code()
	if z.busy {
		return
	}
	problem := ""
	if !z.enrol.Code.Complete() {
		problem = w.T("firstrun.otp_needed")
	} else if _, err := otp.Enrol(z.secret, code, z.opt.Clock()); err != nil {
		problem = w.T("firstrun.otp_wrong")
	}
	if problem != "" {
		z.enrol.Fail(problem)
		z.opt.Window.Canvas().Focus(z.enrol.Code)
		return
	}
	z.create(code)
}

// create makes the list, with OTPs if there is a code.
func (z *Wizard) create(code string) {
	w := z.opt.Words
	first, err := z.business.answers(z.password.Text())
	if err != nil {
		z.askBusiness()
		return
	}
	z.working(true, w.T("firstrun.creating"))
	z.opt.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		z.created, err = z.opt.Create(ctx, first, z.secret, code)
		return err
	}, func(err error) {
		z.working(false, "")
		if err != nil {
			z.said.Set(w.Error(err), look.ColorDanger)
			return
		}
		z.password.Clear()
		z.secret = nil
		z.showRecovery()
	})
}

func copyText(text string) { fyne.CurrentApp().Clipboard().SetContent(text) }

package firstrun

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data/otp"
	"lethe/widgets/codeentry"
	"lethe/widgets/keys"
)

const qrSide = 200

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
	picture, err := z.picture()
	if err != nil {
		z.said.Set(w.Error(err), look.ColorDanger)
		return
	}
	z.code = codeentry.New(w.T("firstrun.otp_code"), func(string) { z.prove() })
	later := keys.NewButton(w.T("firstrun.otp_later"), func() {
		if !z.busy {
			z.create("")
		}
	})
	later.EnterPresses = true
	z.show(step{
		number: 3, title: w.T("firstrun.otp_title"), text: w.T("firstrun.otp_text"),
		body: form.Stack(4,
			container.NewCenter(picture),
			form.NewLine(w.T("firstrun.otp_secret"), look.ColorMuted).Object(),
			z.secretLine(),
			form.NewLine(w.T("firstrun.otp_code"), theme.ColorNameForeground).Object(),
			z.code,
			form.NewLine(w.T("firstrun.otp_later_hint"), look.ColorMuted).Object(),
		),
		focus: z.code, label: w.T("common.next"), forward: z.prove,
		back: z.askPassword, other: later,
	})
}

// picture is the QR code for the authenticator app, on white in any theme:
// scanners need it.
func (z *Wizard) picture() (fyne.CanvasObject, error) {
	qr, err := otp.QR(z.secret, strings.TrimSpace(z.business.business.Text()), strings.TrimSpace(z.business.name.Text()), qrSide)
	if err != nil {
		return nil, err
	}
	image := canvas.NewImageFromImage(qr)
	image.FillMode = canvas.ImageFillContain
	image.ScaleMode = canvas.ImageScalePixels
	image.SetMinSize(fyne.NewSquareSize(qrSide))
	return image, nil
}

func (z *Wizard) secretLine() fyne.CanvasObject {
	text := canvas.NewText(otp.SecretText(z.secret), theme.Color(theme.ColorNameForeground))
	text.TextStyle.Monospace = true
	copyIt := keys.NewButton(z.opt.Words.T("common.copy"), func() {
		copyText(otp.SecretText(z.secret))
		z.said.Set(z.opt.Words.T("common.copied"), look.ColorMuted)
	})
	return container.NewBorder(nil, nil, nil, copyIt, text)
}

// prove takes one OTP, which shows that the phone has the secret and the time.
func (z *Wizard) prove() {
	w, code := z.opt.Words, z.code.Code()
	if z.busy {
		return
	}
	if !z.code.Complete() {
		z.said.Set(w.T("firstrun.otp_needed"), look.ColorDanger)
		z.opt.Window.Canvas().Focus(z.code)
		return
	}
	if _, err := otp.Enrol(z.secret, code, z.opt.Clock()); err != nil {
		z.said.Set(w.T("firstrun.otp_wrong"), look.ColorDanger)
		z.code.Clear()
		z.code.SetInvalid(true)
		z.opt.Window.Canvas().Focus(z.code)
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

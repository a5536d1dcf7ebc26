// Package enrol shows a new secret to an authenticator app and takes the first
// OTP, which proves that the app has it.
package enrol

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/words"
	"lethe/data/otp"
	"lethe/widgets/codeentry"
	"lethe/widgets/keys"
)

const side = 200

// Options are what the form needs.
type Options struct {
	Words             *words.Words
	Business, Account string // what the app shows beside the OTP
	Secret            otp.Secret
	Copy              func(text string) // to the clipboard
	// Complete is called when all six digits are there. It may be nil.
	Complete func()
}

// Form is the QR code, the secret as text, and the field for the OTP.
type Form struct {
	// Code takes the OTP, for focus and callbacks.
	Code *codeentry.Field

	opt  Options
	said *form.Line
	root fyne.CanvasObject
}

// New makes the form. It fails where the names are too long for a QR code.
func New(opt Options) (*Form, error) {
	w := opt.Words
	qr, err := otp.QR(opt.Secret, opt.Business, opt.Account, side)
	if err != nil {
		return nil, err
	}
	image := canvas.NewImageFromImage(qr) // black on white in any theme: scanners need it
	image.FillMode = canvas.ImageFillContain
	image.ScaleMode = canvas.ImageScalePixels
	image.SetMinSize(fyne.NewSquareSize(side))
	f := &Form{opt: opt, said: form.NewLine("", look.ColorMuted)}
	label := w.T("firstrun.otp_code")
	f.Code = codeentry.New(label, func(string) {
		if opt.Complete != nil {
			opt.Complete()
		}
	})
	secret := form.NewText(otp.SecretText(opt.Secret))
	copyIt := keys.NewButton(w.T("common.copy"), func() {
		opt.Copy(otp.SecretText(opt.Secret))
		f.said.Set(w.T("common.copied"), look.ColorMuted)
	})
	f.root = form.Stack(2,
		container.NewCenter(image),
		form.NewLine(w.T("firstrun.otp_secret"), look.ColorMuted).Object(),
		container.NewBorder(nil, nil, nil, container.NewVBox(copyIt), secret.Object()),
		f.said.Object(),
		form.NewLine(label, theme.ColorNameForeground).Object(),
		f.Code,
	)
	return f, nil
}

// Object is what stands in the window.
func (f *Form) Object() fyne.CanvasObject { return f.root }

// Fail says what is wrong with the OTP and empties the field.
func (f *Form) Fail(text string) {
	f.Code.Clear()
	f.Code.SetInvalid(true)
	f.said.Set(text, look.ColorDanger)
}

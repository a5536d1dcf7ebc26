package deletion

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/widgets/codeentry"
	"lethe/widgets/keys"
)

// gap stands between the parts of the dialog.
const gap float32 = 2

// confirmation is what must be typed before the button works.
type confirmation struct {
	sum      data.Summary
	business string
	count    *keys.Entry
	name     *keys.Entry
	code     *codeentry.Field
	asked    *asked // of a single customer
}

// ready tells whether all that the plan asks for is typed.
func (c *confirmation) ready() bool {
	if c.asked != nil && c.asked.wrong() != "" {
		return false
	}
	if c.sum.NeedCount && !countTyped(c.count.Text, c.sum.Count) {
		return false
	}
	if c.sum.NeedName && !nameTyped(c.name.Text, c.business) {
		return false
	}
	return !c.sum.OTPDue || c.code.Complete()
}

// otp is the OTP typed, or "" where none is due.
func (c *confirmation) otp() string {
	if !c.sum.OTPDue {
		return ""
	}
	return c.code.Code()
}

// entries makes the fields that the plan asks for, with what stands beside
// them; changed is called whenever one changes.
func (f *flow) entries(sum data.Summary, changed func()) (*confirmation, []fyne.CanvasObject) {
	w := f.desk.Words
	c := &confirmation{sum: sum, business: f.desk.Settings().Business}
	var out []fyne.CanvasObject
	if sum.Way == data.WayOne {
		c.asked = f.askedOn(changed)
		if f.confirmation != nil { // the plan was sealed anew under it
			c.asked.entry.Set(f.confirmation.day())
		}
		out = append(out, c.asked.object)
	}
	if sum.NeedCount {
		c.count = keys.NewEntry()
		c.count.OnChanged = func(string) { changed() }
		out = append(out, bold(w.T("deletion.type_count", "Count", sum.Count)), c.count)
	}
	if sum.NeedName {
		c.name = keys.NewEntry()
		c.name.OnChanged = func(string) { changed() }
		out = append(out, bold(w.T("deletion.type_name", "Name", c.business)), c.name)
	}
	if sum.OTPDue {
		label := w.T("deletion.otp.from", "Owner", f.owner.Name)
		c.code = codeentry.New(label, nil)
		c.code.OnChanged = func(string) { changed() }
		out = append(out, text(otpReason(w, sum)), bold(label), c.code,
			form.NewLine(w.T("deletion.otp.hint"), look.ColorMuted).Object())
	}
	return c, out
}

// text is a paragraph of a dialog.
func text(s string) fyne.CanvasObject { return form.NewText(s).Object() }

func bold(s string) fyne.CanvasObject { return styled(s, theme.ColorNameForeground) }

func danger(s string) fyne.CanvasObject { return styled(s, look.ColorDanger) }

func styled(s string, colour fyne.ThemeColorName) fyne.CanvasObject {
	rich := widget.NewRichText(&widget.TextSegment{Text: s, Style: widget.RichTextStyle{
		ColorName: colour, TextStyle: fyne.TextStyle{Bold: true}, SizeName: theme.SizeNameText,
	}})
	rich.Wrapping = fyne.TextWrapWord
	return rich
}

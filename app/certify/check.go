package certify

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/certificate"
	"lethe/data/fold"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

// Check asks for a file and shows whether it is a sound certificate, whose, and
// what it says.
func Check(d *desk.Desk) {
	d.Files.Open(d.Words.T("certify.check"), []string{".pdf", ".json"}, func(path string, err error) {
		switch {
		case err != nil:
			d.Status(d.Words.Error(err))
		case path != "":
			CheckFile(d, path)
		}
	})
}

// CheckFile is Check for a file that is known.
func CheckFile(d *desk.Desk, path string) {
	var c certificate.Checked
	var own data.SigningKey
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		if own, err = d.Store.CertificateKey(ctx, d.Actor); err != nil {
			return err
		}
		c, err = Read(path)
		return err
	}, func(err error) { show(d, c, own, err) })
}

// show is the page with the verdict.
func show(d *desk.Desk, c certificate.Checked, own data.SigningKey, err error) {
	w := d.Words
	var content fyne.CanvasObject
	if err != nil {
		content = form.Stack(4, verdict(sentence(w, err), look.ColorDanger))
	} else {
		parts := []fyne.CanvasObject{verdict(w.T("certify.sound"), theme.ColorNameSuccess)}
		if !c.PDF {
			parts = append(parts, form.NewText(w.T("certify.json_only")).Object())
		}
		if c.Key == own {
			parts = append(parts, form.NewText(w.T("certify.own_key")).Object())
		} else {
			parts = append(parts, form.NewText(w.T("certify.compare", "Key", c.Key.Fingerprint())).Object())
		}
		parts = append(parts, widget.NewSeparator())
		for _, r := range all(w, c.Content) {
			parts = append(parts, Line(r.Label, fold.OneLine(r.Text, shown+shown)))
		}
		content = form.Stack(2, parts...)
	}
	dialog := confirm.NewInfo(d.Window.Canvas(), w.T("certify.check"), content, w.T("certify.close"))
	another := keys.NewButton(w.T("certify.another"), func() {
		dialog.Hide()
		Check(d)
	})
	another.EnterPresses = true
	dialog.SetExtra(another)
	dialog.Show()
}

func verdict(text string, colour fyne.ThemeColorName) fyne.CanvasObject {
	rich := widget.NewRichText(&widget.TextSegment{Text: text, Style: widget.RichTextStyle{
		ColorName: colour, TextStyle: fyne.TextStyle{Bold: true}, SizeName: theme.SizeNameText,
	}})
	rich.Wrapping = fyne.TextWrapWord
	return rich
}

// labelWidth is how wide the labels of Line are.
const labelWidth = 170

// Line is a text with its label at the left.
func Line(label, text string) fyne.CanvasObject {
	name := form.NewLine(label, look.ColorMuted)
	return container.New(&labelled{}, name.Object(), form.NewLine(text, theme.ColorNameForeground).Object())
}

// labelled puts a label beside a text that wraps.
type labelled struct{ width float32 }

// Layout implements fyne.Layout.
func (l *labelled) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	wide := max(size.Width-labelWidth, 80)
	for i, width := range []float32{labelWidth, wide} {
		o[i].Resize(fyne.NewSize(width, o[i].Size().Height))
		o[i].Resize(fyne.NewSize(width, o[i].MinSize().Height))
	}
	o[0].Move(fyne.NewPos(0, 0))
	o[1].Move(fyne.NewPos(labelWidth, 0))
}

// MinSize implements fyne.Layout.
func (l *labelled) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(labelWidth+80, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

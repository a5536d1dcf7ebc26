package backups

import (
	"encoding/hex"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/store"
	"lethe/widgets/listpick"
)

const muted = look.ColorMuted

// changes says what a restore would do, from top to bottom.
func (f *restoring) changes(p data.RestorePreview) []fyne.CanvasObject {
	w := f.section.desk.Words
	parts := []fyne.CanvasObject{bold(w.N("backups.after", p.After, "Now", p.Now))}
	line := func(n int, id string) {
		if n > 0 {
			parts = append(parts, text(w.N(id, n)))
		}
	}
	if p.Go > 0 {
		parts = append(parts, danger(w.N("backups.go", p.Go)), f.going())
	}
	line(p.Change, "backups.change")
	line(p.Come, "backups.come")
	line(p.Deleted, "backups.deleted")
	line(p.Segments.Go, "backups.segments_go")
	line(p.Segments.Come, "backups.segments_come")
	line(p.Fields.Go, "backups.fields_go")
	line(p.Fields.Come, "backups.fields_come")
	if p.Go+p.Change+p.Come+p.Segments.Go+p.Segments.Come+p.Fields.Go+p.Fields.Come == 0 {
		parts = append(parts, text(w.T("backups.same")))
	}
	return append(parts, text(w.T("backups.kept")), text(w.T("backups.final")))
}

// going lists the customers who go.
func (f *restoring) going() fyne.CanvasObject {
	ids := f.restore.Goes()
	d := f.section.desk
	l := listpick.New(func(i int) listpick.Row {
		row, ok := d.View.Row(ids[i])
		if !ok {
			return listpick.Row{Text: d.Words.T("deletion.gone"), Muted: true}
		}
		return listpick.Row{Text: titleOf(row), Detail: row.PhoneText}
	}, func(int) {})
	const rows = 5
	l.SetMinRows(min(rows, len(ids)))
	l.SetCount(len(ids))
	return l
}

// titleOf is what the list calls a customer.
func titleOf(r *data.Row) string {
	for _, text := range []string{r.Name, r.WhatsAppName} {
		if t := strings.TrimSpace(fold.OneLine(text, nameLimit)); t != "" {
			return t
		}
	}
	return r.PhoneText
}

// messages writes the confirmation to the Account Owner: counts, times, who, the
// audit witness and the key of certificates, never a customer's data. It may run
// on any goroutine.
func messages(w *words.Words, business string) store.RestoreTexts {
	return func(r data.RestoreReceipt) (subject, body string) {
		subject = w.T("backups.mail.subject", "Business", business)
		body = w.N("backups.mail.body", r.After, "Business", business, "Made", when(w, r.Made), "When", when(w, r.At),
			"Who", r.ByName, "Went", r.Go, "Entries", int(r.Audit.Entries),
			"Head", hex.EncodeToString(r.Audit.Head[:8]), "Key", r.Key.Fingerprint())
		return subject, body
	}
}

// text is a paragraph.
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

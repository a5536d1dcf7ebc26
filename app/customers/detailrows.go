package customers

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/conditions"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/keys"
)

// What of a long text is shown, in characters and lines.
const (
	noteText  = 2000
	noteLines = 30
	mostTags  = 40
	mostNotes = 100
)

// fill shows the customer as last read; what hangs on them may not be known yet.
func (d *details) fill() {
	p, w, c := d.page, d.page.desk.Words, d.found
	d.title.SetText(orMissing(p, title(&c.Row)))
	var items []fyne.CanvasObject
	for _, f := range conditions.Columns() {
		if f == data.FieldTags && len(c.Row.Tags) > 0 {
			items = append(items, d.tags(c.Row.Tags))
		} else {
			items = append(items, d.line(p.speak.Name(f), d.value(&c.Row, f)))
		}
	}
	if len(p.speak.Fields) > 0 {
		items = append(items, heading(w.T("customers.details.custom")))
		for _, f := range p.speak.Fields {
			name := data.CustomFieldName(f.ID)
			items = append(items, d.line(p.speak.Name(name), p.rows.text(&c.Row, name)))
		}
	}
	if d.whole {
		items = append(items, d.notes(c.Notes)...)
		items = append(items, d.interactions(c.Interactions)...)
	}
	d.showActs()
	d.body.Objects = items
	keys.Follow(d.scroll, d.body)
	d.body.Refresh()
	d.scroll.Refresh()
	d.inner.Refresh()
}

// value is a field as the panel shows it: times to the minute.
func (d *details) value(c *data.Row, f data.Field) string {
	if t, ok := timeOf(c, f); ok {
		return d.page.desk.Words.DateTime(t)
	}
	return d.page.rows.text(c, f)
}

func orMissing(p *Page, text string) string {
	if strings.TrimSpace(text) == "" {
		return p.desk.Words.T("common.missing")
	}
	return text
}

// line is a field's name and its value.
func (d *details) line(name, value string) fyne.CanvasObject {
	value = orMissing(d.page, value)
	key := form.NewLine(name, look.ColorMuted)
	return container.New(&pairLayout{}, key.Object(), form.NewLine(value, theme.ColorNameForeground).Object())
}

// detailsPill is how wide a tag gets beside its field's name.
const detailsPill float32 = 190

func (d *details) tags(tags []string) fyne.CanvasObject {
	w := d.page.desk.Words
	row := container.New(layout.NewRowWrapLayout())
	for i, t := range tags {
		if i == mostTags {
			row.Add(newPill(w.T("customers.more_chips", "Count", len(tags)-i)))
			break
		}
		tag := newPill(fold.OneLine(t, cellText))
		tag.most = detailsPill
		row.Add(tag)
	}
	name := form.NewLine(d.page.speak.Name(data.FieldTags), look.ColorMuted)
	return container.New(&pairLayout{}, name.Object(), container.New(layout.NewCustomPaddedLayout(4, 4, 8, 8), row))
}

func heading(text string) fyne.CanvasObject {
	l := widget.NewLabel(text)
	l.TextStyle.Bold = true
	return container.NewVBox(widget.NewSeparator(), l)
}

func (d *details) notes(notes []data.Note) []fyne.CanvasObject {
	w := d.page.desk.Words
	out := []fyne.CanvasObject{heading(w.T("customers.details.notes"))}
	for i, n := range notes {
		if i == mostNotes {
			out = append(out, form.NewLine(w.T("customers.more_chips", "Count", len(notes)-i), look.ColorMuted).Object())
			break
		}
		change := func() { d.editNote(&n) }
		if !d.page.desk.Rights().SeesPhones() && masked(n.Text) {
			change = nil
		}
		out = append(out, d.entry(n.Created, n.Author, lines(n.Text), change, func() { d.removeNote(n) }))
	}
	if len(notes) == 0 {
		out = append(out, form.NewLine(w.T("customers.details.no_notes"), look.ColorMuted).Object())
	}
	return out
}

func (d *details) interactions(list []data.Interaction) []fyne.CanvasObject {
	w := d.page.desk.Words
	out := []fyne.CanvasObject{heading(w.T("customers.details.interactions"))}
	for i, n := range list {
		if i == mostNotes {
			out = append(out, form.NewLine(w.T("customers.more_chips", "Count", len(list)-i), look.ColorMuted).Object())
			break
		}
		text := w.T("customers.kind." + string(n.Kind))
		if line := lines(n.Line); line != "" {
			text += ": " + line
		}
		out = append(out, d.entry(n.At, n.Author, text, func() { d.editInteraction(&n) }, func() { d.removeInteraction(n) }))
	}
	if len(list) == 0 {
		out = append(out, form.NewLine(w.T("customers.details.no_interactions"), look.ColorMuted).Object())
	}
	return out
}

// entry is something that somebody wrote at some time, to be changed and removed
// by who may. One that the role shows masked can't be changed.
func (d *details) entry(at time.Time, by data.UserID, text string, change, remove func()) fyne.CanvasObject {
	w := d.page.desk.Words
	when := w.DateTime(at)
	if name := fold.OneLine(d.page.rows.agents[by], 60); name != "" {
		when = w.T("customers.details.by", "Date", when, "Name", name)
	}
	head := form.NewLine(when, look.ColorMuted).Object()
	if d.page.desk.Rights().May(data.OpEditCustomer) {
		acts := container.NewHBox()
		if change != nil {
			acts.Add(small(theme.DocumentCreateIcon(), change))
		}
		acts.Add(small(theme.DeleteIcon(), remove))
		head = container.NewBorder(nil, nil, nil, acts, head)
	}
	return form.Stack(0, head, form.NewLine(text, theme.ColorNameForeground).Object())
}

// small is a button that is only an icon.
func small(icon fyne.Resource, tapped func()) *keys.Button {
	b := keys.NewButton("", tapped)
	b.Icon, b.Importance = icon, widget.LowImportance
	return b
}

// lines makes a text of several lines safe to show.
func lines(text string) string {
	if runes := []rune(text); len(runes) > noteText {
		text = string(runes[:noteText]) + "…"
	}
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(fold.OneLine(line, 0)); line != "" {
			out = append(out, line)
		}
		if len(out) == noteLines {
			out = append(out, "…")
			break
		}
	}
	return strings.Join(out, "\n")
}

// pairLayout puts a name at the left and its value, which may take several
// lines, at the right.
type pairLayout struct{ wide float32 }

const pairName float32 = 132

// Layout implements fyne.Layout.
func (l *pairLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.wide = size.Width
	put(objects[0], 0, 0, pairName, size.Height)
	put(objects[1], pairName, 0, size.Width-pairName, size.Height)
}

// MinSize implements fyne.Layout.
func (l *pairLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var tall float32
	for i, wide := range []float32{pairName, max(l.wide, detailsWidth-24) - pairName} {
		objects[i].Resize(fyne.NewSize(wide, objects[i].Size().Height))
		tall = max(tall, objects[i].MinSize().Height)
	}
	return fyne.NewSize(pairName+60, tall)
}

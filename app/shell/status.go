package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk"
	"lethe/app/look"
	"lethe/widgets/paint"
)

// statusBar says who sits here, what is running and what was last done.
type statusBar struct {
	widget.BaseWidget

	desk                 *desk.Desk
	person, running, act string
}

func newStatusBar(d *desk.Desk) *statusBar {
	b := &statusBar{desk: d}
	b.ExtendBaseWidget(b)
	d.Tasks.OnChange(b.update)
	b.update()
	return b
}

func (b *statusBar) close() { b.desk.Tasks.OnChange(nil) }

func (b *statusBar) setAct(text string) {
	b.act = oneLine(text)
	b.Refresh()
}

// update reads anew who sits here and what runs.
func (b *statusBar) update() {
	w := b.desk.Words
	me, role := b.desk.Me()
	person := w.T("shell.person", "Name", oneLine(me.Name), "Role", oneLine(w.Role(role)))
	running := b.describe()
	if person == b.person && running == b.running {
		return
	}
	b.person, b.running = person, running
	b.Refresh()
}

func (b *statusBar) describe() string {
	w, jobs := b.desk.Words, b.desk.Tasks.Running()
	if len(jobs) == 0 {
		return ""
	}
	first := jobs[0]
	text := w.T("shell.running", "Name", first.Name)
	if first.Total > 0 {
		percent := min(int(int64(first.Done)*100/int64(first.Total)), 100)
		text = w.T("shell.running_percent", "Name", first.Name, "Percent", percent)
	}
	if more := len(jobs) - 1; more > 0 {
		text = w.N("shell.running_more", more, "What", text)
	}
	return text
}

// CreateRenderer implements fyne.Widget.
func (b *statusBar) CreateRenderer() fyne.WidgetRenderer {
	back, line := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	person, running, act := &paint.Text{}, &paint.Text{}, &paint.Text{}
	const gap = 24
	place := func(size fyne.Size) {
		back.Resize(size)
		line.Resize(fyne.NewSize(size.Width, 1))
		x, end := float32(12), size.Width-12
		for _, t := range []*paint.Text{person, running, act} {
			wide := min(t.Width(), max(end-x, 0))
			t.Place(x, 0, wide, size.Height)
			if t.Full != "" {
				x += wide + gap
			}
		}
	}
	return paint.New(paint.Renderer{
		Widget:  b,
		Parts:   []fyne.CanvasObject{back, line, &person.Text, &running.Text, &act.Text},
		Min:     func() fyne.Size { return fyne.NewSize(0, StatusHeight) },
		Arrange: place,
		Update: func() {
			back.FillColor = theme.ColorForWidget(look.ColorRail, b)
			line.FillColor = theme.ColorForWidget(theme.ColorNameSeparator, b)
			person.Full, running.Full, act.Full = b.person, b.running, b.act
			person.Style(b, theme.ColorNameForeground, theme.SizeNameCaptionText)
			running.Style(b, theme.ColorNamePrimary, theme.SizeNameCaptionText)
			act.Style(b, look.ColorMuted, theme.SizeNameCaptionText)
			place(b.Size())
		},
	})
}

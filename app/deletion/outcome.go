package deletion

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/app/told"
	"lethe/data"
)

// outcome is what the dialog shows once it is done: what was done, how far the
// confirmations are, what was saved, and the details.
type outcome struct {
	flow    *flow
	parts   []fyne.CanvasObject
	told    *form.Line // of the confirmations, as they go
	saved   *form.Line // of the certificate
	details *form.Line
	job     *task.Job
}

func newOutcome(f *flow, parts []fyne.CanvasObject, details *form.Line) *outcome {
	o := &outcome{
		flow: f, parts: parts, told: form.NewText(""), saved: form.NewText(""), details: details,
	}
	for _, l := range []*form.Line{o.told, o.saved, details} {
		l.Object().Hide()
	}
	return o
}

// put lays the dialog out anew.
func (o *outcome) put() {
	all := append(o.parts[:len(o.parts):len(o.parts)], o.told.Object(), o.saved.Object(), o.details.Object())
	o.flow.dialog.SetContent(form.Stack(gap, all...))
}

// toggle shows or hides the details.
func (o *outcome) toggle() {
	if o.details.Object().Visible() {
		o.details.Object().Hide()
	} else {
		o.details.Object().Show()
	}
	o.put()
}

// say tells what became of the certificate.
func (o *outcome) say(text string, wrong bool) {
	colour := look.ColorMuted
	if wrong {
		colour = look.ColorDanger
	}
	o.saved.Set(text, colour)
	o.saved.Object().Show()
	o.put()
}

// follow says how far the confirmations are, and goes on until Done.
func (o *outcome) follow(r data.Receipt) {
	o.ask(r)
	o.flow.stop = o.flow.desk.Listen(func(e data.Event) {
		if e.Kind == data.OutboxChanged {
			o.ask(r)
		}
	})
}

func (o *outcome) ask(r data.Receipt) {
	d := o.flow.desk
	var messages []data.Message
	if o.job != nil {
		o.job.Cancel()
	}
	var job *task.Job
	job = d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		messages, err = d.Store.Told(ctx, d.Actor, r.Audit.Entries)
		return err
	}, func(err error) {
		if job != nil && job != o.job || !o.flow.dialog.Shown() {
			return
		}
		var lines []string
		for i := range messages {
			lines = append(lines, told.Brief(d.Words, &messages[i]))
		}
		if err != nil {
			lines = []string{d.Words.Error(err)}
		}
		before := o.told.Text()
		o.told.Set(strings.Join(lines, "\n"), o.told.Colour())
		if o.told.Text() == before {
			return
		}
		o.told.Object().Show()
		o.put()
	})
	o.job = job
}

package customers

import (
	"context"
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	dropdown "lethe/app/choice"
	"lethe/app/dayentry"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

// ask opens a dialog about what hangs on the customer. check says whether what
// was typed can be kept; a dialog with something typed is not closed by Escape
// without asking.
func (d *details) ask(title, action string, content fyne.CanvasObject, dirty, check func() bool, work func(context.Context) error, focus fyne.Focusable) {
	p, w := d.page, d.page.desk.Words
	dialog := confirm.New(p.desk.Window.Canvas(), confirm.Options{
		Title: title, Content: content, Cancel: w.T("common.cancel"), Action: action,
		OnClosed: func() { d.typing = nil },
	})
	dialog.SetOnCancel(func() {
		if dirty() && dialog.Error() != w.T("customers.edit.leave") {
			dialog.SetError(w.T("customers.edit.leave"))
			return
		}
		dialog.Hide()
	})
	dialog.SetOnAction(func() {
		dialog.SetError("")
		if !check() || dialog.Busy() {
			return
		}
		dialog.SetBusy(true)
		p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error { return work(ctx) }, func(err error) {
			dialog.SetBusy(false)
			switch {
			case errors.Is(err, data.ErrConflict):
				dialog.SetError(w.T("customers.note.conflict"))
				d.read()
			case err != nil:
				dialog.SetError(w.Error(err))
			default:
				dialog.Hide()
				p.desk.Status(w.T("customers.edit.saved"))
			}
		})
	})
	dialog.Show()
	dialog.Focus(focus)
}

// editNote writes a note, or changes one.
func (d *details) editNote(old *data.Note) { d.writeNote(old, "") }

// writeNote does so, going on with a text where it isn't "".
func (d *details) writeNote(old *data.Note, typed string) {
	p, w, id := d.page, d.page.desk.Words, d.id
	entry := keys.NewLinesEntry(6)
	entry.SetPlaceHolder(w.T("customers.note.hint"))
	line := form.NewLine("", look.ColorDanger)
	title, action, before := w.T("customers.note.add"), w.T("customers.note.save_new"), ""
	if old != nil {
		title, action, before = w.T("customers.note.edit"), w.T("customers.edit.save"), old.Text
		entry.SetText(before)
	}
	if typed != "" {
		entry.SetText(typed)
	}
	problem := func() string {
		switch text := data.CleanNote(entry.Text); {
		case text == "":
			return w.Problem(data.ValueEmpty)
		case len([]rune(text)) > data.MaxNote:
			return w.T("customers.note.too_long", "Count", data.MaxNote)
		}
		return ""
	}
	entry.OnChanged = func(string) {
		text := problem()
		if strings.TrimSpace(entry.Text) == "" {
			text = ""
		}
		line.Set(text, look.ColorDanger)
	}
	dirty := func() bool { return data.CleanNote(entry.Text) != data.CleanNote(before) }
	d.typing = func(kept *draft) bool {
		if dirty() {
			kept.note = &draftNote{old, entry.Text}
		}
		return dirty()
	}
	d.ask(title, action, form.Stack(4, entry, line.Object()), dirty,
		func() bool {
			line.Set(problem(), look.ColorDanger)
			return problem() == ""
		},
		func(ctx context.Context) error {
			if old == nil {
				return p.desk.Store.AddNote(ctx, p.desk.Actor, id, entry.Text)
			}
			return p.desk.Store.EditNote(ctx, p.desk.Actor, *old, entry.Text)
		}, entry)
}

// interactionKinds are the kinds in the order of the choice.
func interactionKinds() []data.InteractionKind {
	return []data.InteractionKind{data.InteractionCall, data.InteractionMessage, data.InteractionVisit, data.InteractionOther}
}

// editInteraction logs an interaction, or changes one.
func (d *details) editInteraction(old *data.Interaction) { d.writeInteraction(old, nil) }

// writeInteraction does so, going on with what was typed where it isn't nil.
func (d *details) writeInteraction(old *data.Interaction, before *draftMet) {
	p, w := d.page, d.page.desk.Words
	now := data.Interaction{Customer: d.id, Kind: data.InteractionCall, At: p.desk.Clock()}
	title, action := w.T("customers.met.add"), w.T("customers.met.save_new")
	if old != nil {
		now = *old
		title, action = w.T("customers.met.edit"), w.T("customers.edit.save")
	}
	var options []dropdown.Option
	for _, k := range interactionKinds() {
		options = append(options, dropdown.Option{Value: string(k), Text: w.T("customers.kind." + string(k))})
	}
	kind := dropdown.New(options, string(now.Kind), nil)
	fault := form.NewLine("", look.ColorDanger)
	clear := func() { fault.Set("", look.ColorDanger) }
	day := dayentry.New(w, p.desk.Clock, clear)
	at := now.At.In(w.Zone())
	day.Put(data.DateOf(at))
	clock := keys.NewEntry()
	clock.SetText(at.Format("15:04"))
	clock.OnChanged = func(string) { clear() }
	line := form.New(w.T("customers.met.line"), w.T("customers.met.line_hint"))
	line.SetText(now.Line)
	line.Check = func(text string) string {
		if len([]rune(data.CleanLine(text))) > data.MaxLine {
			return w.Problem(data.ValueTooLong)
		}
		return ""
	}
	moment := func() (time.Time, bool) {
		t, err := time.Parse("15:04", strings.TrimSpace(clock.Text))
		if err != nil || day.Day() == 0 {
			return time.Time{}, false
		}
		on := day.Day().Time(w.Zone())
		t = time.Date(on.Year(), on.Month(), on.Day(), t.Hour(), t.Minute(), 0, 0, w.Zone())
		if old != nil && t.Equal(old.At.Truncate(time.Minute)) {
			t = old.At
		}
		return t.UTC(), true
	}
	typed := func() data.Interaction {
		next := now
		next.Kind, next.Line = data.InteractionKind(kind.Value()), line.Text()
		if t, ok := moment(); ok {
			next.At = t
		}
		return next
	}
	stands := func() draftMet { return draftMet{old, kind.Value(), day.Text, clock.Text, line.Text()} }
	stored := stands()
	if before != nil {
		kind.Set(before.kind)
		day.SetText(before.day)
		clock.SetText(before.clock)
		line.SetText(before.line)
	}
	dirty := func() bool { return stands() != stored }
	d.typing = func(kept *draft) bool {
		if dirty() {
			typed := stands()
			kept.met = &typed
		}
		return dirty()
	}
	name := func(text string) fyne.CanvasObject { return form.NewLine(text, theme.ColorNameForeground).Object() }
	d.ask(title, action,
		form.Stack(4, name(w.T("customers.met.kind")), kind, name(w.T("customers.met.when")),
			container.NewGridWithColumns(2, day.Entry, clock), fault.Object(), line.Object()),
		dirty,
		func() bool {
			t, ok := moment()
			switch {
			case !ok:
				fault.Set(w.T("customers.met.no_time"), look.ColorDanger)
			case t.After(p.desk.Clock().Add(time.Minute)):
				ok = false
				fault.Set(w.T("customers.met.ahead"), look.ColorDanger)
			}
			return ok && line.Valid()
		},
		func(ctx context.Context) error {
			if old == nil {
				return p.desk.Store.AddInteraction(ctx, p.desk.Actor, typed())
			}
			return p.desk.Store.EditInteraction(ctx, p.desk.Actor, *old, typed())
		}, line.Entry)
}

// remove asks whether a note or an interaction is to go for good.
func (d *details) remove(title, action string, work func(context.Context) error) {
	p, w := d.page, d.page.desk.Words
	ask := confirm.New(p.desk.Window.Canvas(), confirm.Options{
		Title: title, Content: form.NewText(w.T("customers.note.remove_text")).Object(),
		Cancel: w.T("common.cancel"), Action: action, Danger: true,
	})
	ask.SetReady(true)
	ask.SetOnAction(func() {
		ask.SetBusy(true)
		p.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error { return work(ctx) }, func(err error) {
			ask.SetBusy(false)
			if err != nil {
				ask.SetError(w.Error(err))
				d.read()
				return
			}
			ask.Hide()
			p.desk.Status(w.T("customers.note.removed"))
		})
	})
	ask.Show()
}

func (d *details) removeNote(n data.Note) {
	s, w := d.page.desk.Store, d.page.desk.Words
	d.remove(w.T("customers.note.remove"), w.T("customers.note.remove_action"), func(ctx context.Context) error {
		return s.RemoveNote(ctx, d.page.desk.Actor, n)
	})
}

func (d *details) removeInteraction(n data.Interaction) {
	s, w := d.page.desk.Store, d.page.desk.Words
	d.remove(w.T("customers.met.remove"), w.T("customers.met.remove_action"), func(ctx context.Context) error {
		return s.RemoveInteraction(ctx, d.page.desk.Actor, n)
	})
}

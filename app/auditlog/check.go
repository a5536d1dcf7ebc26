package auditlog

import (
	"context"

	"fyne.io/fyne/v2/theme"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/widgets/confirm"
)

// ask checks the log against a line of a confirmation that the person has.
func (p *Page) ask() {
	w, d := p.desk.Words, p.desk
	field := form.New(w.T("auditlog.check_label"), w.T("auditlog.check_hint"))
	said := form.NewText("")
	dialog := confirm.New(d.Window.Canvas(), confirm.Options{
		Title:   w.T("auditlog.check_title"),
		Content: form.Stack(4, form.NewText(w.T("auditlog.check_text")).Object(), field.Object(), said.Object()),
		Cancel:  w.T("auditlog.close"), Action: w.T("auditlog.check_action"),
	})
	dialog.SetReady(false)
	field.OnChanged = func(text string) {
		dialog.SetReady(text != "")
		said.Set("", theme.ColorNameForeground)
	}
	dialog.SetOnAction(func() {
		known, ok := readWitness(field.Text())
		if !ok {
			said.Set(w.T("auditlog.check_none"), look.ColorDanger)
			return
		}
		var state data.LogState
		d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
			state, err = d.Store.AuditState(ctx, d.Actor, []data.KnownHead{known})
			return err
		}, func(err error) {
			switch {
			case err != nil:
				said.Set(w.Error(err), look.ColorDanger)
			case state.Intact():
				said.Set(w.T("auditlog.check_fits", "Seq", w.Number(int(known.Seq))), theme.ColorNameSuccess)
			default:
				said.Set(w.T("auditlog.check_not", "Why", why(w, state)), look.ColorDanger)
				p.known = append(p.known, known)
				p.Refresh()
			}
		})
	})
	dialog.Show()
	field.Focus(d.Window.Canvas())
}

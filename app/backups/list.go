package backups

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/data"
	"lethe/widgets/confirm"
)

// when is a moment as the page shows it.
func when(w *words.Words, unix int64) string { return w.DateTime(time.Unix(unix, 0)) }

// fillList shows the backups, the newest first: where each is, and whether it is
// still there.
func (s *Section) fillList() {
	w := s.desk.Words
	s.list.Objects = nil
	var older []data.Backup
	for _, b := range s.all {
		if !b.Rolling {
			older = append(older, b)
		}
	}
	if len(older) == 0 {
		s.list.Add(form.NewLine(w.T("backups.none"), look.ColorMuted).Object())
		return
	}
	head := widget.NewLabelWithStyle(w.T("backups.list"), fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	s.list.Add(head)
	for i, b := range older {
		if i == s.rows {
			break
		}
		s.list.Add(s.row(b))
	}
	if more := len(older) - s.rows; more > 0 {
		s.list.Add(container.NewHBox(button(w.N("backups.more", more), func() {
			s.rows = len(older)
			s.show()
		})))
	}
}

// row is one backup: what it is, where, and a way to be rid of it.
func (s *Section) row(b data.Backup) fyne.CanvasObject {
	w := s.desk.Words
	colour := theme.ColorNameForeground
	said := w.N("backups.holds", b.Customers, "When", when(w, b.Made))
	place := b.Path
	switch b.State {
	case data.BackupMissing:
		colour, place = look.ColorMuted, w.T("backups.missing", "Path", b.Path)
	case data.BackupUnreachable:
		colour, place = look.ColorMuted, w.T("backups.unreachable", "Path", b.Path)
	}
	act := button(w.T("backups.remove"), func() { s.remove(b) })
	act.Importance = widget.LowImportance
	return container.NewBorder(nil, nil, nil, container.NewVBox(act, layout.NewSpacer()),
		form.Stack(0, form.NewLine(said, colour).Object(), form.NewLine(place, look.ColorMuted).Object()))
}

// remove overwrites and removes a backup, once that is confirmed; one that isn't
// where it was made is only forgotten.
func (s *Section) remove(b data.Backup) *confirm.Dialog {
	d := s.desk
	w := d.Words
	title, text, action := w.T("backups.remove_title", "When", when(w, b.Made)), w.T("backups.remove_text", "Path", b.Path), w.T("backups.remove_action")
	if b.State != data.BackupThere {
		text, action = w.T("backups.forget_text", "Path", b.Path), w.T("backups.forget_action")
	}
	dialog := confirm.New(d.Window.Canvas(), confirm.Options{
		Title: title, Content: form.NewText(text).Object(), Cancel: w.T("backups.cancel"), Action: action, Danger: true,
	})
	dialog.SetReady(true)
	dialog.SetOnAction(func() {
		dialog.SetBusy(true)
		d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
			return d.Store.RemoveBackup(ctx, d.Actor, b.ID)
		}, func(err error) {
			dialog.SetBusy(false)
			if err != nil {
				dialog.SetError(w.Error(err))
				return
			}
			dialog.Hide()
			d.Status(w.T("backups.removed"))
			s.Refresh()
		})
	})
	dialog.Show()
	return dialog
}

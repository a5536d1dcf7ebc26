// Package turnkey is the dialog that turns the key of the list: all of it is
// written into a new file under a new key, and the old one is overwritten.
package turnkey

import (
	"context"
	"errors"
	"sync/atomic"

	"fyne.io/fyne/v2/theme"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/widgets/confirm"
)

// flow is one dialog. UI goroutine only.
type flow struct {
	desk   *desk.Desk
	dialog *confirm.Dialog
	room   *form.Line
}

// Allowed tells whether the person may turn the key.
func Allowed(r data.Rights) bool { return r.May(data.OpTurnKey) }

// Open shows the dialog. It says why one would, what room it takes and what is
// free, and then how far it is.
func Open(d *desk.Desk) {
	w := d.Words
	f := &flow{desk: d, room: form.NewLine(w.T("turnkey.measuring"), look.ColorMuted)}
	f.dialog = confirm.New(d.Window.Canvas(), confirm.Options{
		Title: w.T("turnkey.title"),
		Content: form.Stack(4, form.NewText(w.T("turnkey.why")).Object(),
			form.NewText(w.T("turnkey.how")).Object(), f.room.Object()),
		Cancel: w.T("turnkey.cancel"), Action: w.T("turnkey.action"), OnAction: f.run,
	})
	f.dialog.SetReady(false)
	f.dialog.Show()
	f.measure()
}

// measure asks what room there is, and lets begin where it is enough.
func (f *flow) measure() {
	d, w := f.desk, f.desk.Words
	var room store.Room
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		room, err = d.Store.TurnRoom(ctx, d.Actor)
		return err
	}, func(err error) {
		if err != nil {
			f.room.Set("", theme.ColorNameForeground)
			f.dialog.SetError(w.Error(err))
			return
		}
		needed, free := w.Size(room.Needed), w.Size(max(room.Free, 0))
		if !room.Enough() {
			f.room.Set(w.T("turnkey.no_room", "Needed", needed, "Free", free), look.ColorDanger)
			return
		}
		f.room.Set(w.T("turnkey.room", "Needed", needed, "Free", free), look.ColorMuted)
		f.dialog.SetReady(true)
	})
}

// run turns the key in the background. Until it is put in place it can be
// cancelled, and nothing was changed then.
func (f *flow) run() {
	d, w := f.desk, f.desk.Words
	var copying atomic.Bool
	copying.Store(true)
	var job *task.Job
	f.dialog.SetError("")
	f.dialog.SetBusy(true)
	f.dialog.SetCancelable(true)
	f.dialog.SetOnCancel(func() {
		if job != nil {
			job.Cancel()
		}
	})
	job = d.Tasks.Start(task.Spec{
		Name: w.T("turnkey.running"),
		Work: func(ctx context.Context, report task.Progress) error {
			return d.Store.TurnKey(ctx, d.Actor, func(p store.TurnProgress) {
				copying.Store(p.Stage == store.TurnCopying)
				report(p.Done, p.Total)
			})
		},
		Progress: func(done, total int) {
			if copying.Load() {
				f.dialog.SetProgress(done, total, w.N("turnkey.progress", total, "Done", done))
				return
			}
			f.dialog.SetCancelable(false)
			f.dialog.SetProgress(0, 0, w.T("turnkey.removing"))
		},
		Done: f.finished,
	})
}

func (f *flow) finished(err error) {
	w := f.desk.Words
	f.dialog.SetBusy(false)
	f.dialog.SetOnCancel(nil)
	switch {
	case err == nil:
		f.dialog.Hide()
		f.desk.Status(w.T("turnkey.done"))
	case errors.Is(err, context.Canceled):
		f.dialog.Hide()
		f.desk.Status(w.T("turnkey.cancelled"))
	case errors.Is(err, data.ErrDiskFull):
		f.measure()
		f.dialog.SetError(w.Error(err))
	default:
		f.dialog.SetError(w.Error(err))
	}
}

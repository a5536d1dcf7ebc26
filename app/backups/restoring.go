package backups

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/otp"
	"lethe/data/purge"
	"lethe/data/store"
	"lethe/widgets/codeentry"
	"lethe/widgets/confirm"
	"lethe/widgets/countdown"
)

// grace is for how many seconds a restore can still be stopped before it starts.
const grace = 5

// restoring is one restore into the list, from the choice of the file to the
// result.
type restoring struct {
	section    *Section
	path       string
	dialog     *confirm.Dialog
	passphrase *form.Field
	code       *codeentry.Field
	restore    *store.Restore
	countdown  *countdown.View
	job        *task.Job
	running    bool // something uses what was read
	closed     bool
}

// restore asks for a backup.
func (s *Section) restore() {
	d := s.desk
	d.Files.Open(d.Words.T("backups.restore_which"), nil, func(path string, err error) {
		switch {
		case err != nil:
			d.Status(d.Words.Error(err))
		case path != "":
			s.open(path)
		}
	})
}

// open asks for the passphrase of the backup at path.
func (s *Section) open(path string) *restoring {
	w := s.desk.Words
	f := &restoring{section: s, path: path}
	f.passphrase = form.NewPassword(w.T("backups.passphrase_of"), "")
	f.passphrase.Check = needed(w.T("backups.passphrase_needed"))
	f.passphrase.Entry.OnSubmitted = func(string) { f.read() }
	f.dialog = confirm.New(s.desk.Window.Canvas(), confirm.Options{
		Title: w.T("backups.restore"), Cancel: w.T("backups.cancel"), Action: w.T("backups.read"),
		Content: form.Stack(gap,
			form.NewText(w.T("backups.restore_text", "File", fold.OneLine(filepath.Base(path), nameLimit))).Object(),
			f.passphrase.Object()),
		OnAction: f.read, OnClosed: f.discard,
	})
	f.dialog.Show()
	f.dialog.Focus(f.passphrase.Entry)
	return f
}

// discard lets go of what was read, once nobody uses it any more.
func (f *restoring) discard() {
	f.closed = true
	f.passphrase.Entry.SetText("")
	if f.countdown != nil {
		f.countdown.Stop()
	}
	r, d := f.restore, f.section.desk
	f.restore = nil
	if r == nil || f.running {
		return
	}
	d.Tasks.Go(d.Words.T("backups.discarding"), func(context.Context, task.Progress) error { return r.Discard() }, func(err error) {
		if err != nil {
			d.Status(d.Words.Error(err))
		}
	})
}

// read reads the backup and holds it against the list.
func (f *restoring) read() {
	if f.dialog.Busy() {
		return
	}
	f.dialog.SetError("")
	if !f.passphrase.Valid() {
		f.dialog.Focus(f.passphrase.Entry)
		return
	}
	d, w := f.section.desk, f.section.desk.Words
	passphrase := f.passphrase.Text()
	f.busy()
	f.running = true
	var r *store.Restore
	f.job = d.Tasks.Start(task.Spec{
		Name: w.T("backups.reading_job"),
		Work: func(ctx context.Context, report task.Progress) (err error) {
			r, err = d.Store.StageRestore(ctx, d.Actor, f.path, passphrase, func(p store.BackupProgress) {
				report(int(p.Done), int(p.Total))
			})
			return err
		},
		Progress: func(done, total int) {
			f.dialog.SetProgress(done, total, progressText(w, store.BackupReading, done, total))
		},
		Done: func(err error) {
			f.running, f.restore = false, r
			f.dialog.SetBusy(false)
			f.dialog.SetOnCancel(nil)
			switch {
			case f.closed:
				f.discard()
			case err == nil:
				f.preview("")
			case errors.Is(err, data.ErrWrongPassphrase):
				f.passphrase.Fail(w.Error(err))
				f.dialog.Focus(f.passphrase.Entry)
			case errors.Is(err, context.Canceled):
				f.dialog.Hide()
			default:
				f.dialog.SetError(w.Error(err))
			}
		},
	})
}

// busy shows that something runs, which Cancel ends.
func (f *restoring) busy() {
	f.dialog.SetBusy(true)
	f.dialog.SetCancelable(true)
	f.dialog.SetOnCancel(func() {
		if f.job != nil {
			f.job.Cancel()
		}
	})
}

// preview says what comes and what goes, and asks for the OTP.
func (f *restoring) preview(why string) {
	d, w := f.section.desk, f.section.desk.Words
	p := f.restore.Preview()
	f.dialog.SetTitle(w.T("backups.preview_title", "When", when(w, p.Made)))
	parts := f.changes(p)
	if !p.OTPSetUp {
		parts = append(parts, danger(w.T("errors.otp_not_set_up")))
		f.dialog.SetContent(form.Stack(gap, parts...))
		f.dialog.SetButtons(w.T("backups.close"), "", false)
		return
	}
	label := w.T("deletion.otp.from", "Owner", p.OwnerName)
	f.code = codeentry.New(label, nil)
	f.code.OnChanged = func(string) { f.dialog.SetReady(f.code.Complete()) }
	parts = append(parts, bold(label), f.code, form.NewLine(w.T("deletion.otp.hint"), muted).Object())
	f.dialog.SetContent(form.Stack(gap, parts...))
	f.dialog.SetButtons(w.T("backups.cancel"), w.T("backups.restore_action"), true)
	f.dialog.SetOnAction(func() { f.confirmed(d) })
	f.dialog.SetError(why)
	f.dialog.Focus(f.dialog.CancelButton())
}

// confirmed is the danger button: the OTP is looked at.
func (f *restoring) confirmed(d *desk.Desk) {
	if !f.code.Complete() {
		return
	}
	f.dialog.SetError("")
	f.dialog.SetBusy(true)
	code, r := f.code.Code(), f.restore
	var auth *otp.Authorisation
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		auth, err = d.Purger.AuthoriseRestore(ctx, d.Actor, r, code)
		return err
	}, func(err error) {
		f.dialog.SetBusy(false)
		switch {
		case f.closed:
		case err != nil:
			f.code.Clear()
			f.code.SetInvalid(true)
			f.dialog.SetReady(false)
			f.dialog.SetError(d.Words.Error(err))
			f.dialog.Focus(f.code)
		default:
			f.countDown(d, auth)
		}
	})
}

// countDown gives the person a last moment to stop.
func (f *restoring) countDown(d *desk.Desk, auth *otp.Authorisation) {
	w := d.Words
	v := countdown.New(f.section.ticks, w.T("deletion.stop"), func(left int) string { return w.N("backups.in_seconds", left) })
	v.OnDone = func() {
		if f.dialog.Shown() { // else locked meanwhile
			f.run(d, auth)
		}
	}
	v.OnStopped = func() {
		f.dialog.Hide()
		d.Status(w.T("errors.stopped"))
	}
	f.countdown = v
	f.dialog.SetContent(v)
	f.dialog.SetButtons(w.T("backups.cancel"), "", false)
	f.dialog.CancelButton().Hide()
	f.dialog.SetOnCancel(func() {
		v.Stop()
		v.OnStopped()
	})
	v.Start(grace)
	f.dialog.Focus(v.Button())
}

// run restores in the background. Until the commit it can be cancelled.
func (f *restoring) run(d *desk.Desk, auth *otp.Authorisation) {
	w := d.Words
	f.dialog.CancelButton().Show()
	f.busy()
	f.running = true
	r := f.restore
	var receipt data.RestoreReceipt
	var stage atomic.Value
	stage.Store(purge.Deleting)
	f.job = d.Tasks.Start(task.Spec{
		Name: w.T("backups.restore_job"),
		Work: func(ctx context.Context, report task.Progress) (err error) {
			receipt, err = d.Purger.Restore(ctx, d.Actor, r, auth, messages(w, d.Settings().Business), func(s purge.Stage) {
				stage.Store(s)
				report(0, 0)
			})
			return errors.Join(err, r.Discard())
		},
		Progress: func(int, int) {
			switch s := stage.Load().(purge.Stage); s {
			case purge.Deleting:
				f.dialog.SetProgress(0, 0, w.T("backups.restoring"))
			case purge.Backing:
				f.dialog.SetCancelable(false)
				f.dialog.SetProgress(0, 0, w.T("backups.rolling_running"))
			default:
				f.dialog.SetCancelable(false)
				f.dialog.SetProgress(0, 0, w.T("backups.cleaning"))
			}
		},
		Done: func(err error) {
			f.running, f.restore = false, nil
			f.dialog.SetBusy(false)
			f.dialog.SetOnCancel(nil)
			f.finished(receipt, err)
		},
	})
}

// finished shows the result, or why nothing was done.
func (f *restoring) finished(receipt data.RestoreReceipt, err error) {
	d, w := f.section.desk, f.section.desk.Words
	var unfinished *purge.Unfinished
	if err != nil && !errors.As(err, &unfinished) {
		f.dialog.SetTitle(w.T("backups.not_restored"))
		f.dialog.SetContent(form.NewText(w.Error(err)).Object())
		f.dialog.SetButtons(w.T("backups.close"), "", false)
		return
	}
	done := w.N("backups.restored_text", receipt.After)
	checked := w.T("deletion.result.checked")
	if unfinished != nil {
		checked = w.T("deletion.result.unfinished")
	}
	parts := []fyne.CanvasObject{bold(done), text(checked), text(w.T("backups.told"))}
	if receipt.Rolling == data.RollingFailed {
		parts = append(parts, danger(w.T("backups.rolling_stale")))
	}
	f.dialog.SetTitle(w.T("backups.restored"))
	f.dialog.SetContent(form.Stack(gap, parts...))
	f.dialog.SetButtons(w.T("backups.done"), "", false)
	d.Status(done)
	f.section.Refresh()
}

package deletion

import (
	"context"
	"errors"
	"sync/atomic"

	"lethe/app/task"
	"lethe/data"
	"lethe/data/otp"
	"lethe/data/purge"
	"lethe/data/store"
	"lethe/widgets/countdown"
)

// grace is how many seconds what took an OTP can still be stopped before it
// starts.
const grace = 5

// confirmed is the danger button.
func (f *flow) confirmed() {
	if !f.confirmation.ready() {
		return
	}
	f.dialog.SetError("")
	code := f.confirmation.otp()
	if code == "" {
		f.run(nil)
		return
	}
	f.dialog.SetBusy(true)
	var auth *otp.Authorisation
	f.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		auth, err = f.desk.Purger.Authorise(ctx, f.desk.Actor, f.plan, code)
		return err
	}, func(err error) {
		f.dialog.SetBusy(false)
		if err != nil {
			f.confirmation.code.Clear()
			f.confirmation.code.SetInvalid(true)
			f.dialog.SetReady(false)
			f.dialog.SetError(f.desk.Words.Error(err))
			f.dialog.Focus(f.confirmation.code)
			return
		}
		f.countDown(auth)
	})
}

// countDown gives the person a last moment to stop.
func (f *flow) countDown(auth *otp.Authorisation) {
	w := f.desk.Words
	sum := f.plan.Summary()
	v := countdown.New(f.ticks, w.T("deletion.stop"), func(left int) string {
		return w.N("deletion.in_seconds", left, "Customers", w.N("deletion.customers", sum.Count))
	})
	v.OnDone = func() {
		if f.desk.Window.Canvas().Overlays().Top() == nil {
			f.end() // locked meanwhile: the dialog is gone, and with it the wish
			return
		}
		f.run(auth)
	}
	v.OnStopped = func() {
		f.dialog.Hide()
		f.desk.Status(w.T("deletion.stopped"))
		f.end()
	}
	f.countdown = v
	f.dialog.SetContent(v)
	f.dialog.SetButtons(w.T("deletion.cancel"), "", false)
	f.dialog.CancelButton().Hide()
	f.dialog.SetOnCancel(func() {
		v.Stop()
		v.OnStopped()
	})
	v.Start(grace)
	f.dialog.Focus(v.Button())
}

// run deletes in the background. Until the commit it can be cancelled.
func (f *flow) run(auth *otp.Authorisation) {
	w := f.desk.Words
	f.remember()
	plan := f.plan
	if day := f.confirmation.day(); day != 0 {
		plan = plan.Asked(day)
	}
	var receipt data.Receipt
	var stage atomic.Value // purge.Stage
	stage.Store(purge.Deleting)
	var job *task.Job
	f.dialog.CancelButton().Show()
	f.dialog.SetBusy(true)
	f.dialog.SetCancelable(true)
	f.dialog.SetOnCancel(func() {
		if job != nil {
			job.Cancel()
		}
	})
	job = f.desk.Tasks.Start(task.Spec{
		Name: w.N("deletion.running", plan.Summary().Count),
		Work: func(ctx context.Context, report task.Progress) (err error) {
			tell := func(p purge.Progress) {
				stage.Store(p.Stage)
				report(p.Done, p.Total)
			}
			receipt, err = f.desk.Purger.Execute(ctx, f.desk.Actor, plan, auth, messages(w, f.desk.Settings().Business), tell)
			if receipt.Deleted > 0 {
				f.look(ctx, plan, receipt)
			}
			return err
		},
		Progress: func(done, total int) { f.show(stage.Load().(purge.Stage), done, total) },
		Done:     func(err error) { f.finished(receipt, err) },
	})
}

// look looks which backups still hold those who were deleted. Background.
func (f *flow) look(ctx context.Context, plan *store.Plan, r data.Receipt) {
	h, err := f.desk.Store.Holding(context.WithoutCancel(ctx), f.desk.Actor, plan.IDs(), r.Audit.Entries)
	if err != nil {
		f.desk.Log.Warn("the backups could not be looked at after a deletion")
		return
	}
	f.holding = h
}

// show says how far the deletion is. Once it is committed it can't be
// cancelled any more.
func (f *flow) show(stage purge.Stage, done, total int) {
	w := f.desk.Words
	switch stage {
	case purge.Deleting:
		f.dialog.SetProgress(done, total, w.N("deletion.progress", total, "Done", done))
		return
	case purge.Rebuilding:
		f.dialog.SetProgress(0, 0, w.T("deletion.rebuilding"))
	case purge.Backing:
		f.dialog.SetProgress(0, 0, w.T("deletion.backing"))
	default:
		f.dialog.SetProgress(0, 0, w.T("deletion.cleaning"))
	}
	f.dialog.SetCancelable(false)
}

// finished shows the result, or the new plan if the list had changed.
func (f *flow) finished(receipt data.Receipt, err error) {
	w := f.desk.Words
	f.dialog.SetBusy(false)
	f.dialog.SetOnCancel(func() {
		f.dialog.Hide()
		f.end()
	})
	var unfinished *purge.Unfinished
	switch {
	case err == nil, errors.As(err, &unfinished):
		f.deleted = true
		f.result(receipt, unfinished)
	case errors.Is(err, data.ErrStalePlan):
		f.reseal(err)
	case errors.Is(err, data.ErrOTPNeeded):
		// Others deleted meanwhile, so this one is now the one that is due.
		f.reseal(err)
	case errors.Is(err, context.Canceled):
		f.dialog.Hide()
		f.desk.Status(w.T("deletion.stopped"))
		f.end()
	default:
		f.fill(f.plan)
		f.dialog.SetError(w.Error(err))
	}
}

package importing

import (
	"context"
	"errors"

	"lethe/app/form"
	"lethe/app/task"
	"lethe/data/store"
	"lethe/data/transfer"
)

// result is what became of a file.
type result struct {
	*tally
	store.ImportReport
	update bool
	undo   int64 // what undoes it; 0 where it added nobody
}

// run imports. It can be cancelled until all rows were read.
func (f *flow) run() {
	w := f.desk.Words
	table, m, region, mode := f.table, f.form.mapping(), f.form.region(), f.form.importMode()
	f.dialog.SetTitle(w.T("importing.running", "File", f.name))
	f.dialog.SetContent(form.NewText(w.T("importing.running_text")).Object())
	f.dialog.SetExtra()
	f.dialog.SetBusy(true)
	f.dialog.SetCancelable(true)
	f.dialog.SetOnCancel(func() {
		if f.job != nil {
			f.job.Cancel()
		}
	})
	total, shape := f.form.rows, table.Shape()
	out := result{update: mode == store.ImportUpdate}
	f.job = f.desk.Tasks.Start(task.Spec{
		Name: w.T("importing.job"),
		Work: func(ctx context.Context, report task.Progress) error {
			phones, err := f.known.phones(ctx, f)
			if err != nil {
				return err
			}
			out.tally = newTally(phones, true)
			done, err := f.desk.Store.LastImport(ctx, f.desk.Actor)
			if err != nil {
				return err
			}
			out.ImportReport, err = f.desk.Store.Import(ctx, f.desk.Actor, store.ImportRequest{
				Mode: mode, NewFields: m.CustomFields(),
				Shape: shape[:], Mapping: m.Encode(region),
				Each: func(yield func(*store.ImportRow) error) error {
					return out.each(ctx, table, m, region, yield, func() { report(out.rows, total) })
				},
			}, nil)
			if err != nil {
				return err
			}
			// The import stands; only its number is asked for.
			if now, err := f.desk.Store.LastImport(context.WithoutCancel(ctx), f.desk.Actor); err == nil && now.ID != done.ID {
				out.undo = now.ID
			}
			return nil
		},
		Progress: f.progress,
		Done: func(err error) {
			f.job = nil
			f.finished(out, err)
		},
	})
}

// each reads the file and hands on what can be a customer.
func (t *tally) each(ctx context.Context, table *transfer.Table, m transfer.Mapping, region string,
	yield func(*store.ImportRow) error, tell func(),
) error {
	return table.Records(ctx, m, region, func(rec transfer.Record) error {
		comes := t.take(&rec)
		tell()
		if !comes {
			return nil
		}
		return yield(&store.ImportRow{Customer: rec.Customer, Custom: rec.CustomValues, Note: rec.Note})
	})
}

// progress shows how many rows were read. After the last one what is left is
// the commit, which can't be cancelled.
func (f *flow) progress(done, total int) {
	if f.dialog == nil {
		return
	}
	f.dialog.SetProgress(done, total, f.desk.Words.N("importing.progress", total, "Done", done))
	if done >= total {
		f.dialog.SetCancelable(false)
	}
}

// finished shows the report, or the columns again where nothing came in.
func (f *flow) finished(out result, err error) {
	w := f.desk.Words
	f.dialog.SetBusy(false)
	if err == nil {
		f.report(out)
		return
	}
	f.dialog.SetTitle(w.T("importing.map"))
	f.dialog.SetContent(f.form.object)
	f.dialog.SetOnCancel(f.end)
	f.dialog.SetExtra(f.form.extra()...)
	if errors.Is(err, context.Canceled) {
		f.dialog.SetError(w.T("errors.stopped"))
		return
	}
	f.dialog.SetError(f.sentence(err))
}

// Package importing takes a file of customers in: choose it, say what its
// columns are, watch it run, read what became of each row.
package importing

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/fold"
	"lethe/data/transfer"
	"lethe/widgets/confirm"
)

// extensions are those offered in the file dialog.
var extensions = []string{".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".vcf"}

const nameLimit = 60 // characters shown of a name from outside

// Start opens the flow for the file at path, or asks for one where path is
// empty. done, which may be nil, is called on the window's goroutine once the
// flow has ended, whether or not anything came in. Call it on the window's
// goroutine.
func Start(d *desk.Desk, path string, done func()) { start(d, path, done) }

func start(d *desk.Desk, path string, done func()) *flow {
	f := &flow{desk: d, done: done}
	// The report tells which numbers are in the list: nothing for who may not
	// see them.
	switch {
	case !d.Rights().May(data.OpImport):
		f.problem(d.Words.Error(data.ErrDenied), false)
	case path == "":
		f.choose()
	default:
		f.open(path)
	}
	return f
}

// flow is one import, from the choice of the file to the report. Its methods
// run on the window's goroutine; what reads the file runs in the background.
type flow struct {
	desk *desk.Desk
	done func()

	dialog *confirm.Dialog // nil between two dialogs
	path   string          // of the file
	name   string          // the file's, made safe to show
	table  *transfer.Table
	fields []data.CustomField // that there are already
	before string             // what the columns of such a file became the last time
	form   *mapForm
	known  known
	looks  looks
	job    *task.Job // the import itself
}

// choose asks for a file.
func (f *flow) choose() {
	f.desk.Files.Open(f.desk.Words.T("importing.choose"), extensions, func(path string, err error) {
		switch {
		case err != nil:
			f.problem(f.desk.Words.Error(err), true)
		case path == "":
			f.end()
		default:
			f.open(path)
		}
	})
}

// open looks at the file and shows what its columns seem to be.
func (f *flow) open(path string) { f.openSheet(path, "") }

// openSheet is open for one sheet of a workbook.
func (f *flow) openSheet(path, sheet string) {
	w := f.desk.Words
	f.path, f.name = path, fold.OneLine(filepath.Base(path), nameLimit)
	var job *task.Job
	f.show(confirm.Options{
		Title: w.T("importing.opening", "File", f.name), Cancel: w.T("importing.cancel"),
		Content: form.NewText(w.T("importing.opening_text")).Object(),
		OnCancel: func() {
			if job != nil {
				job.Cancel()
			}
		},
	})
	f.dialog.SetBusy(true)
	f.dialog.SetCancelable(true)
	var table *transfer.Table
	var fields []data.CustomField
	var before string
	job = f.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		if f.desk.Rights().May(data.OpFields) {
			if fields, err = f.desk.Store.Fields(ctx, f.desk.Actor); err != nil {
				return err
			}
		}
		if table, err = transfer.OpenSheet(ctx, path, sheet); err != nil {
			return err
		}
		shape := table.Shape()
		if before, err = f.desk.Store.ImportMapping(ctx, f.desk.Actor, shape[:]); err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return errors.Join(err, table.Close())
		}
		return nil
	}, func(err error) {
		f.hide()
		switch {
		case errors.Is(err, context.Canceled):
			f.end()
		case err != nil:
			f.problem(f.sentence(err), true)
		default:
			f.table, f.fields, f.before = table, fields, before
			f.ask()
		}
	})
}

// show opens a dialog in place of the one before.
func (f *flow) show(o confirm.Options) {
	f.hide()
	f.dialog = confirm.New(f.desk.Window.Canvas(), o)
	f.dialog.Show()
}

func (f *flow) hide() {
	if f.dialog != nil {
		f.dialog.Hide()
		f.dialog = nil
	}
}

// problem says why a file can't be taken, with another one as the way on.
func (f *flow) problem(sentence string, another bool) {
	w := f.desk.Words
	o := confirm.Options{
		Title: w.T("importing.problem"), Content: form.NewText(sentence).Object(), Cancel: w.T("importing.close"),
		OnCancel: func() {
			f.hide()
			f.end()
		},
	}
	if another {
		o.Action = w.T("importing.another")
		o.OnAction = f.chooseAnother
	}
	f.show(o)
}

// chooseAnother begins again with another file.
func (f *flow) chooseAnother() {
	f.hide()
	f.drop()
	f.choose()
}

// drop lets go of the file, once nothing reads it any more.
func (f *flow) drop() {
	f.looks.stop()
	table, readers := f.table, f.looks.jobs
	f.table, f.form, f.looks.jobs = nil, nil, nil
	if table == nil {
		return
	}
	f.desk.Tasks.Go("", func(context.Context, task.Progress) error {
		for _, j := range readers {
			j.Wait()
		}
		return table.Close()
	}, nil)
}

// end closes the flow.
func (f *flow) end() {
	f.hide()
	f.drop()
	if f.done != nil {
		f.done()
	}
}

// sentence says what is wrong with a file or an import.
func (f *flow) sentence(err error) string {
	w := f.desk.Words
	switch {
	case errors.Is(err, transfer.ErrEmpty):
		return w.T("importing.error.empty", "File", f.name)
	case errors.Is(err, transfer.ErrBinary):
		return w.T("importing.error.binary", "File", f.name)
	case errors.Is(err, transfer.ErrOldWorkbook), errors.Is(err, transfer.ErrOtherWorkbook):
		return w.T("importing.error.workbook", "File", f.name)
	case errors.Is(err, transfer.ErrProtected):
		return w.T("importing.error.protected", "File", f.name)
	case errors.Is(err, transfer.ErrBrokenWorkbook):
		return w.T("importing.error.broken", "File", f.name)
	case errors.Is(err, transfer.ErrUnpacksTooBig):
		return w.T("importing.error.unpacks", "File", f.name, "Size", transfer.MaxUnpacked>>20)
	case errors.Is(err, transfer.ErrNoPhone):
		return w.T("importing.error.no_phone")
	case errors.Is(err, transfer.ErrTooBig):
		return w.T("importing.error.too_big", "File", f.name)
	case errors.Is(err, fs.ErrNotExist):
		return w.Error(err)
	case errors.Is(err, transfer.ErrUnreadable):
		return w.T("importing.error.unreadable", "File", f.name)
	}
	return w.Error(err)
}

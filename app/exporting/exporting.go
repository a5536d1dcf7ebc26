// Package exporting writes customers into a file: whom, which columns, which
// kind of file, the password again; and shows which files were written before.
package exporting

import (
	"context"
	"errors"
	"path/filepath"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/export"
	"lethe/data/fold"
	"lethe/data/transfer"
	"lethe/data/view"
	"lethe/widgets/confirm"
	"lethe/widgets/keys"
)

const nameLimit = 60 // characters shown of a file's name

// Request is what the page shows when an export is asked for.
type Request struct {
	Selected []data.CustomerID // the ticked, in the order of the page
	Filter   data.Filter       // that narrows the list, or the empty one
	Matching int               // whom it leaves
	Order    view.Sort
	Columns  []data.Field // on screen, in their order
	Custom   []data.CustomField
	// Done is called on the window's goroutine once the flow has ended. It may
	// be nil.
	Done func()
}

// Start opens the flow. Call it on the window's goroutine.
func Start(d *desk.Desk, req Request) { start(d, req) }

func start(d *desk.Desk, req Request) *flow {
	f := &flow{desk: d, req: req}
	if !d.Rights().May(data.OpBeginExport) {
		f.problem(d.Words.Error(data.ErrDenied))
		return f
	}
	f.ask()
	return f
}

// flow is one export, from the question to the file. Its methods run on the
// window's goroutine.
type flow struct {
	desk *desk.Desk
	req  Request

	dialog *confirm.Dialog // nil between two dialogs
	form   *exportForm
	job    *task.Job
}

// ask shows what can be chosen.
func (f *flow) ask() {
	w := f.desk.Words
	f.form = newExportForm(f)
	f.show(confirm.Options{
		Title: w.T("exporting.title"), Content: f.form.object,
		Cancel: w.T("exporting.cancel"), Action: w.T("exporting.choose"),
		OnAction: f.submit, OnCancel: f.end, OnClosed: f.form.forget,
	})
	f.dialog.SetExtra(keys.NewButton(w.T("exporting.before"), func() { ShowList(f.desk) }))
	f.dialog.Focus(f.form.password.Entry)
	f.form.changed()
}

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

func (f *flow) end() {
	f.hide()
	if f.req.Done != nil {
		f.req.Done()
	}
}

// problem says why there is nothing to choose.
func (f *flow) problem(sentence string) {
	w := f.desk.Words
	f.show(confirm.Options{
		Title: w.T("exporting.refused"), Content: form.NewText(sentence).Object(),
		Cancel: w.T("exporting.close"), OnCancel: f.end,
	})
}

// submit checks the password, so that nobody chooses a file in vain, and asks
// for the file.
func (f *flow) submit() {
	if f.dialog.Busy() || !f.form.password.Valid() {
		f.dialog.Focus(f.form.password.Entry)
		return
	}
	f.dialog.SetError("")
	f.dialog.SetBusy(true)
	password := f.form.password.Text()
	f.desk.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		return f.desk.Store.CheckPassword(ctx, f.desk.Actor, password)
	}, func(err error) {
		f.dialog.SetBusy(false)
		switch {
		case errors.Is(err, data.ErrWrongPassword):
			f.form.password.Fail(f.desk.Words.Error(err))
			f.dialog.Focus(f.form.password.Entry)
		case err != nil:
			f.dialog.SetError(f.desk.Words.Error(err))
		default:
			f.chooseFile(password)
		}
	})
}

func (f *flow) chooseFile(password string) {
	w := f.desk.Words
	name := w.T("exporting.file_name", "Date", f.desk.Clock().In(w.Zone()).Format("2006-01-02")) + f.form.extension()
	f.desk.Files.Save(w.T("exporting.choose_title"), name, func(path string, err error) {
		switch {
		case f.dialog == nil: // locked meanwhile
		case err != nil:
			f.dialog.SetError(w.Error(err))
		case path != "":
			f.run(withExtension(path, f.form.extension()), password)
		}
	})
}

// withExtension gives a name the extension of its kind, where it has none.
func withExtension(path, extension string) string {
	if filepath.Ext(path) == "" {
		return path + extension
	}
	return path
}

// run writes the file in the background. Until it has its name it can be
// cancelled.
func (f *flow) run(path, password string) {
	w := f.desk.Words
	req := export.Request{
		Path: path, Format: f.form.format(), What: f.form.what(), Fields: f.form.fields(), Custom: f.req.Custom, Password: password,
	}
	name := fold.OneLine(filepath.Base(path), nameLimit)
	f.dialog.SetBusy(true)
	f.dialog.SetCancelable(true)
	f.dialog.SetOnCancel(func() {
		if f.job != nil {
			f.job.Cancel()
		}
	})
	written, total := 0, f.form.count()
	f.job = f.desk.Tasks.Start(task.Spec{
		Name: w.T("exporting.job"),
		Work: func(ctx context.Context, report task.Progress) (err error) {
			if req.IDs, err = f.ids(ctx, req.What); err != nil {
				return err
			}
			total := len(req.IDs)
			written, err = export.Write(ctx, f.desk.Store, f.desk.Actor, req, func(done int) { report(done, total) })
			return err
		},
		Progress: func(done, _ int) {
			if f.dialog != nil {
				f.dialog.SetProgress(done, max(total, done), w.N("exporting.progress", max(total, done), "Done", done))
			}
		},
		Done: func(err error) {
			f.job = nil
			f.finished(written, path, name, err)
		},
	})
}

// ids are whom it is about, as they are now, in the order of the page.
func (f *flow) ids(ctx context.Context, what data.ExportScope) ([]data.CustomerID, error) {
	filter := f.req.Filter
	switch what {
	case data.ExportSelected:
		return f.req.Selected, nil
	case data.ExportAll:
		filter = data.Filter{}
	}
	found, err := f.desk.View.Find(ctx, filter, f.req.Order)
	if err != nil {
		return nil, err
	}
	return found.IDs, nil
}

// finished says where the file is, or why there is none.
func (f *flow) finished(n int, path, name string, err error) {
	w := f.desk.Words
	if f.dialog == nil {
		return
	}
	f.dialog.SetBusy(false)
	f.dialog.SetOnCancel(f.end)
	switch {
	case errors.Is(err, context.Canceled):
		f.dialog.SetError(w.T("exporting.stopped"))
		return
	case errors.Is(err, export.ErrOwnFolder):
		f.dialog.SetError(w.T("exporting.own_folder"))
		return
	case errors.Is(err, transfer.ErrTooManyRows):
		f.dialog.SetError(w.T("exporting.too_many", "Count", transfer.MaxSheetRows))
		return
	case err != nil:
		f.dialog.SetError(w.T("exporting.failed", "Why", w.Error(err)))
		return
	}
	f.form.forget()
	said := w.N("exporting.done", n, "File", name)
	f.dialog.SetTitle(w.T("exporting.done_title"))
	f.dialog.SetContent(form.Stack(4,
		form.NewText(said).Object(),
		form.NewText(fold.OneLine(path, 400)).Object(),
		form.NewText(w.T("exporting.not_deleted")).Object(),
	))
	f.dialog.SetButtons(w.T("exporting.close"), "", false)
	f.dialog.SetExtra(keys.NewButton(w.T("exporting.folder"), func() { openFolder(f.desk, path) }))
	f.dialog.Focus(f.dialog.CancelButton())
	f.desk.Status(said)
}

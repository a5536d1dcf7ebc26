package exporting

import (
	"context"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/look"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/confirm"
	"lethe/widgets/listpick"
)

const listRows = 10 // that show without scrolling

// ShowList shows which files were exported before, and whether they still
// exist, over whatever is open. Call it on the window's goroutine.
func ShowList(d *desk.Desk) {
	var all []data.Export
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		all, err = d.Store.Exports(ctx, d.Actor)
		return err
	}, func(err error) {
		if err != nil {
			d.Status(d.Words.Error(err))
			return
		}
		showList(d, all)
	})
}

func showList(d *desk.Desk, all []data.Export) {
	w := d.Words
	rows := make([]data.Export, 0, len(all))
	for _, e := range all {
		if e.State == data.ExportDone {
			rows = append(rows, e)
		}
	}
	var content fyne.CanvasObject = form.NewText(w.T("exporting.list.none")).Object()
	if len(rows) > 0 {
		list := listpick.New(func(i int) listpick.Row { return row(d, rows[i]) }, func(i int) { openFolder(d, rows[i].Path) })
		list.SetMinRows(min(len(rows), listRows))
		list.SetCount(len(rows))
		content = form.Stack(4, form.NewLine(w.T("exporting.list.hint"), look.ColorMuted).Object(), list)
	}
	confirm.NewInfo(d.Window.Canvas(), w.T("exporting.list.title"), content, w.T("exporting.close")).Show()
}

// row is one file: when, whom, by whom, its name, whether it still exists.
func row(d *desk.Desk, e data.Export) listpick.Row {
	w := d.Words
	out := listpick.Row{
		Text: w.T("exporting.list.row", "Date", w.Date(e.At), "Customers", w.N("exporting.list.customers", e.Count),
			"Who", fold.OneLine(e.Who, nameLimit), "File", fold.OneLine(filepath.Base(e.Path), nameLimit)),
		Detail: w.T("exporting.list." + string(e.File)), Muted: e.File == data.FileGone,
	}
	if e.File == data.FileThere {
		out.Button = w.T("exporting.folder")
	}
	return out
}

// openFolder shows the folder of a file.
func openFolder(d *desk.Desk, path string) {
	folder := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(path))}
	if err := d.OpenURL(folder.String()); err != nil {
		d.Status(d.Words.Error(err))
	}
}

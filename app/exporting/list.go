package exporting

import (
	"context"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/desk"
	"lethe/app/form"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/fold"
	"lethe/widgets/confirm"
	"lethe/widgets/grid"
)

// Columns of the list.
const (
	columnFile   = "file"
	columnState  = "state"
	columnDate   = "date"
	columnCount  = "count"
	columnWho    = "who"
	columnFolder = "folder"
	columnOpen   = "open"
)

const (
	listRows          = 8   // that show without scrolling
	pathLimit         = 300 // characters of a path
	barHeight float32 = 12  // for the scroll bar under the rows
)

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
		newList(d, all).show()
	})
}

// list is the dialog with the files.
type list struct {
	desk *desk.Desk
	rows []data.Export
}

var _ grid.Source = (*list)(nil)

func newList(d *desk.Desk, all []data.Export) *list {
	l := &list{desk: d}
	for _, e := range all {
		if e.State == data.ExportDone {
			l.rows = append(l.rows, e)
		}
	}
	return l
}

func (l *list) show() {
	w := l.desk.Words
	var content fyne.CanvasObject = form.NewText(w.T("exporting.list.none")).Object()
	if len(l.rows) > 0 {
		content = form.Stack(4, form.NewText(w.T("exporting.list.hint")).Object(), l.grid())
	}
	confirm.NewInfo(l.desk.Window.Canvas(), w.T("exporting.list.title"), content, w.T("exporting.close")).Show()
}

func (l *list) grid() fyne.CanvasObject {
	w := l.desk.Words
	g := grid.New(nil)
	g.SetCheckable(false)
	g.SetColumns([]grid.Column{
		{ID: columnFile, Title: w.T("exporting.list.file"), Width: 200, Fixed: true, Sticky: true},
		{ID: columnState, Title: w.T("exporting.list.state"), Width: 96, Fixed: true},
		{ID: columnDate, Title: w.T("exporting.list.date"), Width: 100, Fixed: true},
		{ID: columnOpen, Title: "", Width: 40, MinWidth: 40, Fixed: true, Kind: grid.Actions},
		{ID: columnCount, Title: w.T("exporting.list.count"), Width: 90, Fixed: true},
		{ID: columnWho, Title: w.T("exporting.list.who"), Width: 130, Fixed: true},
		{ID: columnFolder, Title: w.T("exporting.list.folder"), Width: 320, Fixed: true},
	})
	open := func(row int) {
		if l.rows[row].File == data.FileThere {
			openFolder(l.desk, l.rows[row].Path)
		}
	}
	g.OnOpen = open
	g.OnAction = func(row int, _ string) { open(row) }
	g.SetSource(l)
	tall := grid.HeaderHeight + float32(min(len(l.rows), listRows))*grid.RowHeight + barHeight
	return container.NewStack(container.NewGridWrap(fyne.NewSize(1, tall), widget.NewLabel("")), g)
}

// Len implements grid.Source.
func (l *list) Len() int { return len(l.rows) }

// Key implements grid.Source.
func (l *list) Key(row int) int64 { return l.rows[row].ID }

// Selected implements grid.Source.
func (l *list) Selected(int) bool { return false }

// Cell implements grid.Source.
func (l *list) Cell(row int, column string) grid.Cell {
	w, e := l.desk.Words, l.rows[row]
	c := grid.Cell{Muted: e.File == data.FileGone}
	switch column {
	case columnFile:
		c.Text = fold.OneLine(filepath.Base(e.Path), nameLimit)
	case columnState:
		c.Text = w.T("exporting.list." + string(e.File))
	case columnDate:
		c.Text = w.Date(e.At)
	case columnCount:
		c.Text = w.Number(e.Count)
	case columnWho:
		c.Text = fold.OneLine(e.Who, nameLimit)
	case columnFolder:
		c.Text = fold.OneLine(filepath.Dir(e.Path), pathLimit)
	case columnOpen:
		if e.File == data.FileThere {
			c.Actions = []grid.Action{{Name: columnOpen, Icon: theme.FolderOpenIcon()}}
		}
	}
	return c
}

// openFolder shows the folder of a file.
func openFolder(d *desk.Desk, path string) {
	folder := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Dir(path))}
	if err := d.OpenURL(folder.String()); err != nil {
		d.Status(d.Words.Error(err))
	}
}

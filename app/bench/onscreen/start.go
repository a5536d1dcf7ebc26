package onscreen

import (
	"log/slog"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"lethe/app"
	"lethe/app/desk"
	"lethe/app/pick"
	"lethe/app/task"
	"lethe/widgets/countdown"
	"lethe/widgets/grid"
)

// startTable times a widget.Table over rows that are in memory already, from
// making it to its first frame.
func (m *meter) startTable() {
	cells := make([][columns]string, m.task.Rows)
	for row := range cells {
		for i := range columns {
			cells[row][i] = text(row, i)
		}
	}
	begun := time.Now()
	t := widget.NewTable(func() (int, int) { return len(cells), columns },
		func() fyne.CanvasObject { return widget.NewLabel("") },
		func(id widget.TableCellID, o fyne.CanvasObject) { o.(*widget.Label).SetText(cells[id.Row][id.Col]) })
	t.ShowHeaderRow = true // as the grid has one
	t.UpdateHeader = func(id widget.TableCellID, o fyne.CanvasObject) { o.(*widget.Label).SetText(titles[id.Col]) }
	for i := range columns {
		t.SetColumnWidth(i, 150)
	}
	m.show(t)
	m.watch.next(func(time.Duration) { m.end(time.Since(begun).Seconds(), nil) })
}

// openLethe shows the program as main does, over the list of the task.
func (m *meter) openLethe() error {
	log := slog.New(slog.DiscardHandler)
	a, err := app.New(m.app, app.Options{
		Dir: m.task.Dir, Region: "IN",
		Clock: time.Now, Zone: time.UTC, Ticks: countdown.EverySecond, Log: log,
		Pages: app.Pages(),
		Files: func(w fyne.Window) desk.Files { return pick.New(w) },
		Tasks: func() *task.Runner { return task.New(fyne.Do, log) },
	})
	if err != nil {
		return err
	}
	m.lethe, m.window = a, a.Window()
	m.app.Lifecycle().SetOnStarted(func() { go m.signIn() })
	a.Start()
	return nil
}

// glance is how often the window is asked what it shows.
const glance = 5 * time.Millisecond

// signIn types the password once it is asked for, and times from the Enter key
// to the first frame with rows. A goroutine of its own.
func (m *meter) signIn() {
	asked := func() bool {
		entry, ok := m.window.Canvas().Focused().(interface{ TypedRune(rune) })
		if !ok {
			return false
		}
		for _, r := range m.task.Password {
			entry.TypedRune(r)
		}
		return true
	}
	poll(asked)
	var begun time.Time
	fyne.DoAndWait(func() {
		begun = time.Now()
		m.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	})
	poll(func() bool { return showsRows(m.window.Canvas().Content()) })
	// The rows may have been drawn already; then this is one frame too many.
	fyne.Do(func() {
		m.watch = newStopwatch(m.window.Canvas())
		m.window.Canvas().Overlays().Add(m.watch)
		m.watch.next(func(time.Duration) { m.end(time.Since(begun).Seconds(), nil) })
	})
}

// poll asks on the window's goroutine until the answer is yes.
func poll(ok func() bool) {
	for {
		yes := false
		fyne.DoAndWait(func() { yes = ok() })
		if yes {
			return
		}
		time.Sleep(glance)
	}
}

// showsRows tells whether a grid below o has text in its first row.
func showsRows(o fyne.CanvasObject) bool {
	if o == nil || !o.Visible() {
		return false
	}
	var below []fyne.CanvasObject
	switch o := o.(type) {
	case *grid.Grid:
		first, last := o.VisibleRows()
		return last >= first && len(o.Columns()) > 0 && o.CellText(first, o.Columns()[0].ID) != ""
	case *fyne.Container:
		below = o.Objects
	case fyne.Widget:
		below = test.WidgetRenderer(o).Objects()
	}
	for _, child := range below {
		if showsRows(child) {
			return true
		}
	}
	return false
}

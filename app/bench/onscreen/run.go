package onscreen

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"lethe/app/look"
)

// Kind is what is shown and measured.
type Kind string

// The kinds. Those that scroll answer the median of a frame, those that start
// the time until the first frame with rows, in seconds; those that rest the
// resident memory of the process, in bytes.
const (
	EmptyRests      Kind = "empty-rests"
	GridRests       Kind = "grid-rests"
	ListRests       Kind = "list-rests"
	GridScrollsRow  Kind = "grid-scrolls-row"
	ListScrollsRow  Kind = "list-scrolls-row"
	GridScrollsPage Kind = "grid-scrolls-page"
	ListScrollsPage Kind = "list-scrolls-page"
	TableStarts     Kind = "table-starts"
	LetheStarts     Kind = "lethe-starts"
)

// Task is one measurement.
type Task struct {
	Kind     Kind
	Rows     int
	Frames   int           // that are counted, of those that scroll
	Settle   time.Duration // how long a window is left alone before its memory is read
	Dir      string        // of LetheStarts: the folder of the list
	Password string        // of LetheStarts
}

// patience is how long a window may take before it is given up.
const patience = 2 * time.Minute

var errNoFrame = errors.New("the window never showed what was waited for")

const id = "app.lethe.bench"

// Measure opens a window, measures and hands the value to exit, which must write
// it down and end the process: a window that is closed soon after it was opened
// can meet Fyne still telling of its start, and Fyne panics then. LetheStarts
// alone answers the value, once the window is closed. It must be called on the
// goroutine that main runs on, once in a process; exit is called on any.
func Measure(t Task, exit func(float64, error)) (float64, error) {
	// As Lethe is shipped, for both sides.
	fyneapp.SetMetadata(fyne.AppMetadata{ID: id, Migrations: map[string]bool{"fyneDo": true}})
	f := fyneapp.NewWithID(id)
	m := &meter{app: f, task: t, exit: exit}
	time.AfterFunc(patience, func() { m.end(0, errNoFrame) })
	if t.Kind == LetheStarts {
		if err := m.openLethe(); err != nil {
			return 0, err
		}
		f.Run()
		m.lethe.End()
		return m.value, m.err
	}
	f.Settings().SetTheme(look.New(look.VariantNamed("light")))
	w := f.NewWindow("bench")
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	w.SetMaster()
	m.window = w
	f.Lifecycle().SetOnStarted(func() { go fyne.Do(m.begin) })
	w.Show()
	f.Run()
	return m.value, m.err
}

// The window is as large as that of the figures in the design.
const width, height = 1200, 760

// begin shows what the kind asks for, in the window that stands.
func (m *meter) begin() {
	switch m.task.Kind {
	case EmptyRests:
		m.show(nil)
		m.rest()
	case GridRests:
		m.show(newGrid(m.task.Rows))
		m.rest()
	case ListRests:
		m.show(newList(m.task.Rows))
		m.rest()
	case GridScrollsRow, GridScrollsPage:
		g := newGrid(m.task.Rows)
		m.show(g)
		m.scroll(func(row int) { g.ScrollTo(row) })
	case ListScrollsRow, ListScrollsPage:
		l := newList(m.task.Rows)
		m.show(l)
		m.scroll(func(row int) { l.ScrollToOffset(float32(row) * listRow(l)) })
	case TableStarts:
		m.startTable()
	default:
		m.end(0, fmt.Errorf("nothing is called %q", m.task.Kind))
	}
}

// meter is a measurement under way. UI goroutine only, but for end.
type meter struct {
	task   Task
	app    fyne.App
	exit   func(float64, error)
	window fyne.Window
	lethe  interface {
		Quit()
		End()
	}
	watch *stopwatch

	once  sync.Once
	value float64
	err   error
}

// end keeps the value and ends the program. Any goroutine; the first one counts.
func (m *meter) end(value float64, err error) {
	m.once.Do(func() {
		m.value, m.err = value, err
		if m.lethe != nil {
			fyne.Do(m.lethe.Quit)
			return
		}
		m.exit(value, err)
	})
}

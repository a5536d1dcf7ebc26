package onscreen

import (
	"slices"
	"time"
)

const page = 18 // rows

// scroll goes on from the middle of the rows by a row or by a page a frame, to
// rows that were never on screen, and ends with the median of what a frame
// took: moving, and drawing what that changed.
func (m *meter) scroll(to func(row int)) {
	step := 1
	if m.task.Kind == GridScrollsPage || m.task.Kind == ListScrollsPage {
		step = page
	}
	warmUp := min(10, m.task.Frames) // which don't count
	row := m.task.Rows / 2
	var took []time.Duration
	var turn func()
	turn = func() {
		if len(took) == warmUp+m.task.Frames {
			took = took[warmUp:]
			slices.Sort(took)
			m.end(took[len(took)/2].Seconds(), nil)
			return
		}
		begun := time.Now()
		row += step
		to(row)
		moving := time.Since(begun)
		m.watch.next(func(frame time.Duration) {
			took = append(took, moving+frame)
			turn()
		})
	}
	m.watch.next(func(time.Duration) { turn() })
}

package task

import (
	"log/slog"
	"slices"
	"testing"
	"time"
)

func TestGap_LeavesASlowWindowAlone(t *testing.T) {
	for took, want := range map[time.Duration]time.Duration{
		0:                     Gap,
		25 * time.Millisecond: Gap,
		60 * time.Millisecond: 240 * time.Millisecond,
		2 * time.Second:       500 * time.Millisecond,
		-time.Second:          Gap, // a clock that was set back
	} {
		if got := gapAfter(took); got != want {
			t.Errorf("after %v it waits for %v, want %v", took, got, want)
		}
	}
}

// A window that has no time hears once of what was reported meanwhile, and of
// the last.
func TestJob_AsksABusyWindowOnce(t *testing.T) {
	var waiting []func()
	var heard [][2]int
	r := New(func(f func()) { waiting = append(waiting, f) }, slog.New(slog.DiscardHandler))
	j := &Job{runner: r, spec: Spec{Progress: func(done, total int) { heard = append(heard, [2]int{done, total}) }}}
	for done := range 5 {
		j.report(done, 9)
		j.told = time.Now().Add(-time.Minute) // so long does the window take
	}
	for len(waiting) > 0 {
		f := waiting[0]
		waiting = waiting[1:]
		f()
	}
	if want := [][2]int{{4, 9}}; !slices.Equal(heard, want) {
		t.Errorf("the window heard %v, want %v", heard, want)
	}
	if j.gap != gapAfter(time.Minute) {
		t.Errorf("the next gap is %v, want %v", j.gap, gapAfter(time.Minute))
	}
	j.told = time.Now().Add(-time.Minute)
	if j.report(5, 9); len(waiting) != 1 {
		t.Error("the window hears no more")
	}
}

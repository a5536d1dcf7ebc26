package main

import (
	"os"
	"strconv"
	"syscall"
)

// behind is how far, in the system's "nice", work in the background stands
// behind the window. Measured on two cores that four times as much wants: with
// it the longest stalls of the tour are half as long, and no act takes longer.
const behind = 5

// putBackgroundBehind has the system give a core to the window's thread, and to
// those that draw for it, before it gives one to anything else in this program.
// It must be called on the window's goroutine, before the window is made: what
// draws inherits from the thread that starts it, and so do Go's own threads,
// which are never started from one that a goroutine is locked to.
func putBackgroundBehind() {
	set := map[int]bool{os.Getpid(): true} // the main thread, which the window's goroutine is locked to
	for more := true; more; {              // until no thread came meanwhile
		more = false
		threads, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return
		}
		for _, t := range threads {
			id, err := strconv.Atoi(t.Name())
			if err != nil || set[id] {
				continue
			}
			set[id], more = true, true
			// A thread that ended meanwhile needs none.
			_ = syscall.Setpriority(syscall.PRIO_PROCESS, id, behind)
		}
	}
}

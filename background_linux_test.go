package main

import (
	"os"
	"runtime"
	"strconv"
	"sync"
	"syscall"
	"testing"
)

// The window's thread stays as it is; all others stand behind it, also those
// that come later.
func TestBackgroundStandsBehind(t *testing.T) {
	main := os.Getpid()
	before := niceness(t, main)
	putBackgroundBehind()
	var all, ready sync.WaitGroup
	end := make(chan struct{})
	for range 12 { // each keeps a thread of its own
		ready.Add(1)
		all.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			if id := syscall.Gettid(); id != main {
				if n := niceness(t, id); n != behind {
					t.Errorf("a thread that came later has %d", n)
				}
			}
			ready.Done()
			<-end
		})
	}
	ready.Wait()
	threads, err := os.ReadDir("/proc/self/task")
	if err != nil {
		t.Fatal(err)
	}
	if len(threads) < 12 {
		t.Errorf("there are %d threads", len(threads))
	}
	close(end)
	all.Wait()
	if n := niceness(t, main); n != before {
		t.Errorf("the window's thread has %d, and had %d", n, before)
	}
	for _, thread := range threads {
		id, err := strconv.Atoi(thread.Name())
		if err != nil || id == main {
			continue
		}
		if n, err := syscall.Getpriority(syscall.PRIO_PROCESS, id); err == nil && 20-n != behind {
			t.Errorf("thread %d has %d", id, 20-n)
		}
	}
}

// niceness of a thread; getpriority(2) answers it from 40 to 1.
func niceness(t *testing.T, id int) int {
	n, err := syscall.Getpriority(syscall.PRIO_PROCESS, id)
	if err != nil {
		t.Error(err)
	}
	return 20 - n
}

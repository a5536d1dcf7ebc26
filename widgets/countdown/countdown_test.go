package countdown_test

import (
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"lethe/widgets/countdown"
)

// clock is a ticker turned by hand. A tick is taken by the view only once it has done
// with the one before.
type clock struct {
	ticks   chan time.Time
	stopped chan struct{}
}

func (c *clock) start() (<-chan time.Time, func()) {
	c.ticks, c.stopped = make(chan time.Time), make(chan struct{})
	stopped := c.stopped
	return c.ticks, func() { close(stopped) }
}

func view(t *testing.T) (*countdown.View, *clock, chan string) {
	t.Helper()
	test.NewTempApp(t)
	c, calls := &clock{}, make(chan string, 10)
	v := countdown.New(c.start, "Stop", func(left int) string { return strconv.Itoa(left) + " left" })
	v.OnDone = func() { calls <- "done" }
	v.OnStopped = func() { calls <- "stopped" }
	test.NewTempWindow(t, v)
	return v, c, calls
}

func TestRunsOut(t *testing.T) {
	v, c, calls := view(t)
	v.Start(3)
	if !v.Running() || v.Left() != 3 {
		t.Fatalf("running %v, left %d", v.Running(), v.Left())
	}
	for range 3 {
		c.ticks <- time.Time{}
	}
	if got := <-calls; got != "done" {
		t.Errorf("called %s", got)
	}
	<-c.stopped // the goroutine has let go of its ticker
	if v.Running() || v.Left() != 0 {
		t.Errorf("running %v, left %d", v.Running(), v.Left())
	}
	v.Stop()
	test.Tap(v.Button())
	if len(calls) != 0 {
		t.Errorf("called %s after it was done", <-calls)
	}
}

func TestPersonStops(t *testing.T) {
	v, c, calls := view(t)
	v.Start(5)
	test.Tap(v.Button())
	<-c.stopped
	if got := <-calls; got != "stopped" || len(calls) != 0 {
		t.Errorf("called %s, and %d more", got, len(calls))
	}
	if v.Running() || !v.Button().Disabled() {
		t.Error("still running")
	}
	test.Tap(v.Button())
	if len(calls) != 0 {
		t.Error("stopped twice")
	}
}

func TestStopJoinsSilently(t *testing.T) {
	v, c, calls := view(t)
	v.Stop() // before it ran
	v.Start(2)
	v.Stop()
	select {
	case <-c.stopped:
	default:
		t.Error("Stop came back before its goroutine ended")
	}
	v.Start(1) // again
	first := c.stopped
	v.Start(1) // and anew while it counts
	<-first
	c.ticks <- time.Time{}
	if got := <-calls; got != "done" || len(calls) != 0 {
		t.Errorf("called %s, and %d more", got, len(calls))
	}
	<-c.stopped
}

func TestOnDoneMayStopIt(t *testing.T) {
	v, c, _ := view(t)
	done := make(chan struct{})
	v.OnDone = func() {
		v.Stop()
		close(done)
	}
	v.Start(1)
	c.ticks <- time.Time{}
	<-done
	<-c.stopped
}

func TestNothingToCount(t *testing.T) {
	v, _, calls := view(t)
	v.Start(0)
	if got := <-calls; got != "done" || v.Running() {
		t.Errorf("called %s", got)
	}
}

func TestEverySecondStops(t *testing.T) {
	ticks, stop := countdown.EverySecond()
	stop()
	if ticks == nil {
		t.Error("no channel")
	}
}

func TestLooks(t *testing.T) {
	v, c, _ := view(t)
	v.Start(5)
	v.Resize(fyne.NewSize(400, 50))
	test.AssertObjectRendersToMarkup(t, "running.xml", v)
	v.Stop()
	<-c.stopped
}

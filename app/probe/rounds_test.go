package probe

import (
	"testing"
	"time"
)

func TestRounds(t *testing.T) {
	const ms = time.Millisecond
	begun := time.Now()
	at := func(after, spent, all, probing time.Duration) sign {
		return sign{at: begun.Add(after), spent: spent, all: all, probing: probing}
	}
	r := &rounds{}
	if r.late(begun.Add(time.Hour)) {
		t.Error("late before the first round")
	}
	r.next(at(0, 0, 0, 0))
	r.next(at(99*ms, 90*ms, 120*ms, 0))
	if _, _, stalls := r.take(); len(stalls) != 0 {
		t.Errorf("99 ms are %v", stalls)
	}
	// 250 ms, of them 30 of the probe's; looked at once.
	if r.late(begun.Add(198 * ms)) {
		t.Error("late after 99 ms")
	}
	if !r.late(begun.Add(199*ms)) || r.late(begun.Add(200*ms)) {
		t.Error("late after 100 ms: want true, once")
	}
	r.doing = "drawing"
	r.next(at(349*ms, 150*ms, 500*ms, 30*ms))
	r.next(at(365*ms, 151*ms, 501*ms, 30*ms))
	longest, busiest, stalls := r.take()
	want := Stall{Milliseconds: 220, Work: 30, All: 350, Doing: "drawing"}
	if len(stalls) != 1 || stalls[0] != want {
		t.Errorf("stalls are %+v, want %+v", stalls, want)
	}
	if want.Doing = ""; longest != want || busiest != 30*ms {
		t.Errorf("the longest is %+v, the busiest %v; want %+v, 30ms", longest, busiest, want)
	}
	if longest, busiest, stalls := r.take(); longest != (Stall{}) || busiest != 0 || stalls != nil {
		t.Errorf("taken twice: %v, %v, %v", longest, busiest, stalls)
	}
}

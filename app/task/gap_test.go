package task

import (
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

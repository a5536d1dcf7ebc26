package task

import (
	"runtime/debug"
	"runtime/metrics"
)

// worthwhile is from how much memory on it is given back: to look for what can
// be takes a while.
const worthwhile = 64 << 20

// GiveBack gives the memory that large work left over back to the system, if
// there is some; by itself, that takes Go minutes. A runner does so after work
// with a name. Never on the window's goroutine.
func (r *Runner) GiveBack() {
	r.mu.Lock()
	before := r.kept
	r.mu.Unlock()
	if r.inline || held() < before+worthwhile {
		return
	}
	debug.FreeOSMemory()
	r.mu.Lock()
	r.kept = held()
	r.mu.Unlock()
}

// held is what Go has of the system's memory.
func held() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(sample)
	for _, s := range sample {
		if s.Value.Kind() != metrics.KindUint64 {
			return 0 // this Go doesn't tell
		}
	}
	return sample[0].Value.Uint64() - sample[1].Value.Uint64()
}

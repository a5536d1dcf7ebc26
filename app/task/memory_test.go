package task_test

import (
	"context"
	"log/slog"
	"runtime"
	"testing"

	"lethe/app/task"
)

// What work with a name left over goes back to the system when it ends.
func TestMemoryIsGivenBack(t *testing.T) {
	w := &window{}
	r := task.New(w.do, slog.New(slog.DiscardHandler))
	const size = 256 << 20
	var during, after runtime.MemStats
	r.Go("Large", func(context.Context, task.Progress) error {
		large := make([]byte, size)
		for i := 0; i < len(large); i += 4096 {
			large[i] = 1
		}
		runtime.ReadMemStats(&during)
		runtime.KeepAlive(large)
		return nil
	}, nil)
	r.Wait()
	runtime.ReadMemStats(&after)
	if back := int64(after.HeapReleased) - int64(during.HeapReleased); back < size/2 {
		t.Errorf("%d MB went back", back>>20)
	}
}

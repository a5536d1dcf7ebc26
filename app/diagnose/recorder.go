// Package diagnose writes down how Lethe is doing on this computer, for whoever
// helps when something doesn't work. What it writes names no customer, no
// member, no business and no folder: nothing in it has to be looked through
// before it is handed on.
package diagnose

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// kept is how many of the last records are remembered.
const kept = 200

// Record is one line of the log: the message, which is a constant of the
// program, and where work broke off. Other attributes are left out: an error's
// text can name a file.
type Record struct {
	At      time.Time
	Level   slog.Level
	Message string
	Stack   string
}

// Recorder hands records on to another handler and remembers the last ones. Any
// goroutine.
type Recorder struct {
	next slog.Handler
	last *last
}

type last struct {
	mu      sync.Mutex
	records []Record
}

// NewRecorder makes a handler in front of next.
func NewRecorder(next slog.Handler) *Recorder { return &Recorder{next: next, last: &last{}} }

// Enabled implements slog.Handler.
func (r *Recorder) Enabled(ctx context.Context, level slog.Level) bool {
	return r.next.Enabled(ctx, level)
}

// Handle implements slog.Handler.
func (r *Recorder) Handle(ctx context.Context, rec slog.Record) error {
	one := Record{At: rec.Time, Level: rec.Level, Message: rec.Message}
	rec.Attrs(func(a slog.Attr) bool {
		if a.Key == "stack" {
			one.Stack = a.Value.String()
		}
		return true
	})
	r.last.mu.Lock()
	r.last.records = append(r.last.records, one)
	if over := len(r.last.records) - kept; over > 0 {
		r.last.records = slices.Delete(r.last.records, 0, over)
	}
	r.last.mu.Unlock()
	return r.next.Handle(ctx, rec)
}

// WithAttrs implements slog.Handler.
func (r *Recorder) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &Recorder{next: r.next.WithAttrs(attrs), last: r.last}
}

// WithGroup implements slog.Handler.
func (r *Recorder) WithGroup(name string) slog.Handler {
	return &Recorder{next: r.next.WithGroup(name), last: r.last}
}

// Recent are the records that a log remembers, the oldest first; none where its
// handler is no Recorder.
func Recent(log *slog.Logger) []Record {
	r, ok := log.Handler().(*Recorder)
	if !ok {
		return nil
	}
	r.last.mu.Lock()
	defer r.last.mu.Unlock()
	return slices.Clone(r.last.records)
}

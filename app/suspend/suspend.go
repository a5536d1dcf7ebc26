// Package suspend tells that the computer is about to sleep, or that the
// person's session was locked, where the system tells that.
package suspend

import "log/slog"

// Watch calls lock before the computer sleeps and when the session is locked,
// and holds the sleep up until lock has returned. It does so until stop is
// called; when stop returns, lock is not running and won't be called. Lock is
// called on a goroutine of its own, one call at a time. Where the system can't
// be asked nothing is called; who must know watches the clock as well.
func Watch(log *slog.Logger, lock func()) (stop func()) { return watch(log, lock) }

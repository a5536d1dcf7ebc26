// Package disk makes the changes that Lethe itself makes to files and folders,
// and lets a test hear of every one of them, those of SQLite included: what a
// power failure leaves is worked out from that.
package disk

import (
	"os"
	"slices"
	"sync/atomic"
)

// Kind is what is done to a file.
type Kind uint8

// The kinds. What is written, or cut, lasts through a power failure from the
// Sync of the file on; what is created, renamed, linked or removed from the
// SyncDir of the folder on.
const (
	Create   Kind = iota // a file that may be there already
	Write                // Data at Offset
	Truncate             // to Offset
	Sync
	Rename // to To
	Link   // to To
	Remove
	SyncDir
)

// Change is one change, told after it was made.
type Change struct {
	Kind   Kind
	Path   string
	To     string
	Offset int64
	Data   []byte
}

var observer atomic.Pointer[func(Change)]

// Observe has f called after each change, on the goroutine that made it, until
// stop is called. There is one observer at a time. For tests.
func Observe(f func(Change)) (stop func()) {
	observer.Store(&f)
	return func() { observer.Store(nil) }
}

// Tell tells the observer, if there is one, of a change that was made. Data is
// copied.
func Tell(c Change) {
	if f := observer.Load(); f != nil {
		c.Data = slices.Clone(c.Data)
		(*f)(c)
	}
}

// Observed tells whether anybody listens.
func Observed() bool { return observer.Load() != nil }

// told tells of a change unless it failed.
func told(err error, c Change) error {
	if err == nil {
		Tell(c)
	}
	return err
}

// Renamed is os.Rename.
func Renamed(from, to string) error {
	return told(os.Rename(from, to), Change{Kind: Rename, Path: from, To: to})
}

// Linked is os.Link.
func Linked(from, to string) error {
	return told(os.Link(from, to), Change{Kind: Link, Path: from, To: to})
}

// Removed is os.Remove.
func Removed(path string) error { return told(os.Remove(path), Change{Kind: Remove, Path: path}) }

// Synced makes the changes of names in a folder last; see SyncDir in sealed.
func Synced(dir string) error { return told(syncDir(dir), Change{Kind: SyncDir, Path: dir}) }

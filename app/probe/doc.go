// Package probe tells what is on screen: every object that can be seen, with
// its text and its rectangle, whether it can be used and whether it has the
// focus. It is in builds with the tag probe only, for whoever drives the window
// from outside: package tour and its like. It changes nothing and can't be used
// to act; it answers on the socket that LETHE_PROBE names, to whoever may open
// that file.
//
// A connection is answered with one Snapshot as JSON and closed.
package probe

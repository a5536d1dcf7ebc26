//go:build probe

package main

// checksThreads: what the tours drive complains of a change to the window that
// comes from another goroutine.
const checksThreads = true

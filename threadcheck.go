//go:build !probe

package main

// checksThreads tells whether Fyne looks, at each change to the window, whether
// it comes from the window's goroutine. The tours have shown that it does; to
// ask costs an eighth of what drawing takes.
const checksThreads = false

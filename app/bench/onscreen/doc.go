// Package onscreen is the part of the benchmark that needs a real window. Each
// figure is taken in a process of its own, so that none of them warms another
// one's caches: the benchmark starts itself again with the name of a [Kind] and
// reads the value from the standard output.
package onscreen

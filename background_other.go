//go:build !linux

package main

// putBackgroundBehind leaves it to the system, here.
func putBackgroundBehind() {}

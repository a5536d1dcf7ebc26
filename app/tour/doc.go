// Command tour uses Lethe as a person would: the real program in a real window
// on a display of its own, driven by a pointer and a keyboard, from the first
// run to the last customer. After each act it looks into the store itself, not
// at the window, and it ends with an error as soon as anything is off.
//
// It takes the program built with the tag probe (see app/probe), which tells
// what is on screen and where, so that the tour clicks on what is there.
// Nothing waits for a fixed time: what is awaited has a deadline.
//
// The pictures are in build/tour, in the order in which they were taken. With
// -pictures, those that README shows are copied to assets/screenshots.
package main

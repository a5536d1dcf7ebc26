// Package sample makes customers up: the 1,714 of the demo, in the very shape
// of a DoubleTick export, with a team, notes and interactions; and a million
// for measuring. The same call gives the same customers, on every machine.
package sample

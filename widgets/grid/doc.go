// Package grid is a table for a million rows.
//
// A [Grid] knows rows and columns, never what they are about: a [Source] hands
// it the cells of the rows on screen, and it calls back when somebody clicks,
// ticks, sorts or presses a key. It holds nothing of the source but what is
// drawn. Every string it shows is handed in.
//
// Rows have one height, and where the grid is scrolled to is kept as a row
// number and a remainder in pixels, so that row 999,999 is drawn to the pixel.
// A fixed pool of row objects is moved about; only rows that come into sight
// are read and drawn anew.
//
// Everything here, the source's methods and the callbacks included, runs on the
// goroutine of the user interface.
package grid

package desk

import (
	"fyne.io/fyne/v2"

	"lethe/data"
)

// Page is one place that the rail leads to. It is made at its first visit and
// kept until lock. All its methods are called on the window's goroutine.
type Page interface {
	// ID is the page's name in code: "customers".
	ID() string
	// Title is what stands in the window's title bar.
	Title() string
	// Content is what the page shows; the same object at every call.
	Content() fyne.CanvasObject
	// Shown is called when the page comes into sight, Hidden when it leaves.
	Shown()
	Hidden()
	// Key is offered keys that no focused widget and no dialog took: Delete,
	// Escape, F2 and such. It answers whether it did something.
	Key(*fyne.KeyEvent) bool
}

// What a page may do besides. The shell asks for each of these.
type (
	// Finder takes Ctrl+F: it focuses the search.
	Finder interface{ Find() }
	// SelectAller takes Ctrl+A where no entry has the focus.
	SelectAller interface{ SelectAll() }
	// Refresher takes F5.
	Refresher interface{ Refresh() }
	// Importer takes Ctrl+I, files that are dropped on the window, and the
	// file named on the command line. An empty path asks the person for one.
	Importer interface{ Import(path string) }
	// Exporter takes Ctrl+E, and Adder Ctrl+N: something new in the list. Both do
	// nothing for who may not.
	Exporter interface{ Export() }
	Adder    interface{ Add() }
	// Unsaver tells whether something typed is not saved yet: it is asked about
	// before the window closes.
	Unsaver interface{ Unsaved() bool }
	// Closer is told, once, that the page is dropped: at lock and at the end.
	Closer interface{ Close() }
)

// Entry registers a page with the shell.
type Entry struct {
	// ID is the page's ID; "shell.page.<ID>" is its name on the rail.
	ID string
	// Icon stands on the rail.
	Icon fyne.Resource
	// Under is the page whose rail item stands for this one too; empty for one
	// that has its own.
	Under string
	// Allowed tells from the rights whether the page exists for this person.
	// Where it answers no there is no rail item, and the page is never made.
	Allowed func(data.Rights) bool
	// New makes the page.
	New func(*Desk) Page
}

// Package desk is what every page is handed: the window, the words, the
// store, and who sits in front of it.
package desk

import (
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"lethe/app/task"
	"lethe/app/words"
	"lethe/data"
	"lethe/data/outbox"
	"lethe/data/purge"
	"lethe/data/store"
	"lethe/data/view"
)

// Desk serves one person from sign-in to lock. Its exported fields are set
// before the first page is made and not changed afterwards.
type Desk struct {
	Window fyne.Window
	Words  *words.Words
	Tasks  *task.Runner
	Clock  func() time.Time
	Prefs  fyne.Preferences // state of the window only, nothing of the business
	Log    *slog.Logger
	Demo   bool // a throw-away folder with made-up customers
	// Password is everybody's in the sample, where nobody is asked for theirs;
	// empty elsewhere.
	Password string

	Store  *store.Store
	Actor  *store.Actor
	View   *view.View // made by Begin
	Purger *purge.Purger

	Files   Files
	OpenURL func(string) error // in the person's browser
	// Notify tells something by the computer's own means while another
	// program's window is in front. Fixed sentences and counts only.
	Notify func(title, text string)
	// Transport is what test messages are sent by.
	Transport *outbox.Transport
	Status    func(string)      // the last act, in the status bar
	Visit     func(page string) // goes to another page, if it is allowed
	Lock      func()
	Switch    func()  // locks for somebody else; nil where one can't
	Drafts    *Drafts // nil: nothing is kept over a lock
	// Turns takes what is to be done on the window's goroutine; nil is fyne.Do.
	// Tests, where that would run it at once on whichever goroutine, have it
	// done by whoever settles.
	Turns chan func()

	typing   map[string]*func() any // in open dialogs, by what the draft is of; window's goroutine
	sweeping bool                   // the files are cleaned after edits; window's goroutine
	changes  atomic.Int64

	mu        sync.Mutex
	rights    data.Rights
	settings  data.Settings
	me        data.User
	role      data.Role
	listeners map[int]func(data.Event)
	next      int

	feed feed
}

// Files asks the person for a file. The callbacks come on the window's
// goroutine, with an empty path when the person cancelled.
type Files interface {
	// Open asks for an existing file with one of the extensions (".csv"), or
	// any file where none is given.
	Open(title string, extensions []string, then func(path string, err error))
	// Save asks where to write a new file, which is named name if the person
	// doesn't say otherwise.
	Save(title, name string, then func(path string, err error))
	// Folder asks for a folder.
	Folder(title string, then func(path string, err error))
}

// Rights are the person's rights as last read. They decide what is shown; the
// store asks again whatever is done. Any goroutine.
func (d *Desk) Rights() data.Rights {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rights
}

// Settings are the business's settings as last read. Any goroutine.
func (d *Desk) Settings() data.Settings {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.settings
}

// Me is who sits here, as last read. Any goroutine.
func (d *Desk) Me() (data.User, data.Role) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.me, d.role
}

func (d *Desk) do(f func()) {
	if d.Turns != nil {
		d.Turns <- f
		return
	}
	fyne.Do(f)
}

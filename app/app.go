// Package app is the window of Lethe: what it opens with, who is signed in,
// and what happens at lock and at the end. It joins data and widgets.
package app

import (
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"lethe/app/desk"
	"lethe/app/look"
	"lethe/app/prefs"
	"lethe/app/signin"
	"lethe/app/task"
	"lethe/app/words"
	"lethe/assets"
	"lethe/data/account"
	"lethe/data/backup"
	"lethe/data/outbox"
	"lethe/data/store"
	"lethe/widgets/countdown"
	"lethe/widgets/keys"
)

// Options are what main found out.
type Options struct {
	// Dir is the data folder. Usual tells that it is the one that Lethe takes
	// by itself; any other stands in the title bar.
	Dir   string
	Usual bool
	// Demo opens the sample in a throw-away folder. Dir is not touched.
	Demo bool
	// Import is a file to be imported once somebody is signed in, or empty.
	Import string
	// Region is the guess for the country, an ISO 3166-1 code.
	Region string
	// Locale is what the system speaks ("hi-IN"). Its language counts until
	// somebody chooses another.
	Locale string
	// Scale is the one that the window opens with, in percent; 0 is the usual one.
	Scale int

	Clock func() time.Time
	Zone  *time.Location
	Ticks countdown.Ticks
	Log   *slog.Logger
	KDF   account.KDF // zero: the recommended cost
	// BackupWork is what guessing a backup's passphrase costs; zero as above.
	BackupWork backup.Work
	// Pages are those of the rail, in its order.
	Pages []desk.Entry
	// Files asks for files in the app's window.
	Files func(fyne.Window) desk.Files
	// Tasks makes the runner of a session.
	Tasks func() *task.Runner
	// Transport is what confirmations are sent by. Nil: the network.
	Transport *outbox.Transport
	// Sensor makes an object that is put into the window and calls used, on
	// the window's goroutine, whenever somebody uses it. Nil: nobody is seen to.
	Sensor func(used func()) fyne.CanvasObject
	// Primer is drawn once, with the first screen. Nil: there is none.
	Primer fyne.CanvasObject
	// Suspend calls lock before the computer sleeps, on a goroutine that isn't
	// the window's, until stop has returned. Nil: nobody tells.
	Suspend func(lock func()) (stop func())
}

// App is the program with its one window. UI goroutine only, but for what says
// otherwise.
type App struct {
	opt    Options
	fyne   fyne.App
	window fyne.Window
	words  *words.Words
	tasks  *task.Runner // of what runs outside of sessions
	files  desk.Files

	dir      string            // the folder now, which Look elsewhere changes
	lock     *store.FolderLock // nil while no folder is held
	screen   interface{ Close() }
	opening  *opening // nil but while signing in, or in a first run
	session  *session // nil but while somebody is signed in
	sample   *sampleRun
	away     atomic.Bool                   // another program's window is in front
	retired  atomic.Pointer[outbox.Sender] // of the session before
	quits    bool
	quitting sync.WaitGroup // what Quit started
	closing  sync.WaitGroup // stores that still wait for their jobs
	ending   sync.Once
	drafts   desk.Drafts
	wish     string // file to be imported at the next sign-in

	idle   *idle
	sensor fyne.CanvasObject // nil where there is none
	waking func()            // stops listening for sleep; nil where nobody tells
	tries  *signin.Tries     // of passwords, from one sign-in to the next
}

// Keys of the preferences: state of the window only.
const (
	prefSize   = "window.size"  // "1280x800"
	prefSizeAt = "window.scale" // in which that was measured, in percent
	prefLast   = "signin.last"
)

// New makes the window without showing it.
func New(f fyne.App, opt Options) (*App, error) {
	kept := f.Preferences()
	spoken := kept.StringWithFallback(prefs.Language, words.Fitting(assets.Translations, opt.Locale))
	w, err := words.New(assets.Translations, spoken, opt.Zone)
	if err != nil {
		return nil, err
	}
	f.Settings().SetTheme(look.New(look.VariantNamed(kept.String(prefs.Variant))))
	a := &App{
		opt: opt, fyne: f, words: w, dir: opt.Dir, wish: opt.Import, tasks: opt.Tasks(),
		tries: signin.NewTries(opt.Clock, store.Attempts(opt.Dir)),
	}
	a.window = f.NewWindow(w.T("app.name"))
	a.window.SetMaster()
	a.window.SetPadded(false)
	a.window.SetContent(layout.NewSpacer())
	size := fyne.NewSize(1280, 800)
	if n, err := fmt.Sscanf(kept.String(prefSize), "%fx%f", &size.Width, &size.Height); n != 2 || err != nil {
		size = fyne.NewSize(1280, 800)
	}
	// A window of another scale keeps its size on the screen.
	if now, then := look.ScaleOf(opt.Scale), look.ScaleOf(kept.Int(prefSizeAt)); now != then {
		size.Width, size.Height = size.Width*float32(then)/float32(now), size.Height*float32(then)/float32(now)
	}
	a.window.Resize(size)
	a.window.SetCloseIntercept(a.askAndQuit)
	a.files = opt.Files(a.window)
	a.watchForeground()
	a.watch()
	if opt.Sensor != nil {
		a.sensor = opt.Sensor(a.idle.note)
	}
	return a, nil
}

// Start shows the window with what its folder calls for.
func (a *App) Start() {
	a.window.Show()
	if a.opt.Suspend != nil {
		a.waking = a.opt.Suspend(a.asleep)
	}
	if a.opt.Demo {
		a.startDemo()
		return
	}
	a.openFolder(a.dir)
}

// Window is the app's window.
func (a *App) Window() fyne.Window { return a.window }

// folder is the data folder as the window shows it: not at all where it is the
// usual one.
func (a *App) folder() string {
	if a.opt.Usual && a.dir == a.opt.Dir {
		return ""
	}
	return a.dir
}

// show puts a screen into the window in place of the one before, with no
// dialog of that one left over it.
func (a *App) show(content fyne.CanvasObject, screen interface{ Close() }) {
	if a.screen != nil {
		a.screen.Close()
	}
	a.screen = screen
	c := a.window.Canvas()
	for c.Overlays().Top() != nil {
		c.Overlays().Remove(c.Overlays().Top())
	}
	c.Unfocus()
	// Where the window is smaller than what is in it, at a large scale, it
	// scrolls rather than grow beyond the screen, and follows the focus.
	layers := []fyne.CanvasObject{keys.NewOuter(content)}
	if a.sensor != nil {
		layers = append(layers, a.sensor)
	}
	if a.opt.Primer != nil {
		layers = append(layers, a.opt.Primer)
		a.opt.Primer = nil
	}
	a.window.SetContent(container.New(corner{}, layers...))
}

// corner gives the first object all of the room, and the others their least in
// the corner.
type corner struct{}

func (corner) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	for _, small := range o[1:] {
		small.Resize(small.MinSize())
	}
}

func (corner) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// title is the window's while no page has one of its own.
func (a *App) title() {
	title := a.words.T("app.name")
	switch f := a.folder(); {
	case a.sample != nil:
		title = a.words.T("app.demo_title")
	case f != "":
		title = a.words.T("shell.title_folder", "Title", title, "Folder", f)
	}
	a.window.SetTitle(title)
}

func (a *App) storeOptions(dir string) store.Options {
	return store.Options{
		Dir: dir, Clock: a.opt.Clock, Log: a.opt.Log, KDF: a.opt.KDF,
		BackupWork: a.opt.BackupWork, Ballast: store.BallastSize, OwnerTexts: a.ownerTexts,
	}
}

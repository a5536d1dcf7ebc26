package app_test

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app"
	"lethe/app/choice"
	"lethe/app/desk"
	"lethe/app/desk/desktest"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/store"
	"lethe/data/store/storetest"
)

// board is a page that writes down what it is asked to import.
type board struct {
	desk     *desk.Desk
	content  fyne.CanvasObject
	imported []string
	closed   bool
	typed    bool
}

func (b *board) ID() string                 { return "customers" }
func (b *board) Title() string              { return "Customers" }
func (b *board) Content() fyne.CanvasObject { return b.content }
func (b *board) Shown()                     {}
func (b *board) Hidden()                    {}
func (b *board) Key(*fyne.KeyEvent) bool    { return false }
func (b *board) Import(path string)         { b.imported = append(b.imported, path) }
func (b *board) Close()                     { b.closed = true }
func (b *board) Unsaved() bool              { return b.typed }

// program is the app over a folder, with a page of the test's own.
type program struct {
	*app.App
	window fyne.Window
	files  *desktest.Files
	clock  *storetest.Clock
	boards []*board
}

func run(t *testing.T, opt app.Options) *program {
	t.Helper()
	return runIn(t, test.NewTempApp(t), opt)
}

func runIn(t *testing.T, f fyne.App, opt app.Options) *program {
	t.Helper()
	p := &program{files: &desktest.Files{}, clock: storetest.NewClock()}
	opt.Clock, opt.Zone = p.clock.Now, time.UTC
	opt.KDF, opt.Log = storetest.KDF, slog.New(slog.DiscardHandler)
	opt.Region = "IN"
	opt.Ticks = func() (<-chan time.Time, func()) { return nil, func() {} }
	opt.Tasks = task.Inline
	opt.Files = func(fyne.Window) desk.Files { return p.files }
	opt.Pages = []desk.Entry{{
		ID: "customers", Icon: theme.ListIcon(),
		Allowed: func(data.Rights) bool { return true },
		New: func(d *desk.Desk) desk.Page {
			b := &board{desk: d, content: widget.NewLabel("the list")}
			p.boards = append(p.boards, b)
			return b
		},
	}}
	var err error
	p.App, err = app.New(f, opt)
	if err != nil {
		t.Fatal(err)
	}
	p.window = p.Window()
	p.Start()
	t.Cleanup(p.End)
	return p
}

func (p *program) says(t *testing.T, text string) {
	t.Helper()
	if !desktest.Says(p.window, text) {
		t.Fatalf("the window doesn't say %q but %q", text, desktest.Texts(p.window))
	}
}

func (p *program) press(t *testing.T, text string) { t.Helper(); desktest.Press(t, p.window, text) }

func (p *program) answer(text string) {
	desktest.Type(p.window, text)
	desktest.Key(p.window, fyne.KeyReturn)
}

// list makes a customer list in a folder, closed again.
func list(t *testing.T) (dir string) {
	t.Helper()
	return listWith(t, true)
}

// listWith is list, of which the recovery key was typed back or not.
func listWith(t *testing.T, proved bool) (dir string) {
	t.Helper()
	dir = t.TempDir()
	st, owner, _, err := store.Create(t.Context(), store.Options{Dir: dir, KDF: storetest.KDF}, store.FirstRun{
		Business: "Sharma Traders", OwnerName: "Asha Sharma", Password: storetest.Password, Phone: 919820000001, Region: "IN",
	})
	if err != nil {
		t.Fatal(err)
	}
	if proved {
		if err := st.ProveRecovery(t.Context(), owner); err != nil {
			t.Fatal(err)
		}
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestARecoveryKeyNeverTypedBackIsAskedFor(t *testing.T) {
	for _, proved := range []bool{false, true} {
		p := run(t, app.Options{Dir: listWith(t, proved)})
		p.answer(storetest.Password)
		if got := desktest.Says(p.window, "Have you got your recovery key?"); got == proved {
			t.Errorf("typed back %v, asked %v", proved, got)
		}
	}
}

func TestFirstRunThenLockThenSignIn(t *testing.T) {
	p := run(t, app.Options{Dir: filepath.Join(t.TempDir(), "Lethe"), Usual: true})
	if got := p.window.Title(); got != "Lethe" {
		t.Errorf("title %q", got)
	}
	p.press(t, "Start with your business")
	for _, text := range []string{"Sharma Traders", "Asha Sharma", "India", "98200 51234", ""} {
		p.answer(text)
	}
	p.answer("river stones 4711")
	p.answer("river stones 4711")
	p.press(t, "Set up later")
	p.files.SavePath = filepath.Join(t.TempDir(), "key.txt")
	p.press(t, "Save to a file…")
	text, err := os.ReadFile(p.files.SavePath)
	if err != nil {
		t.Fatal(err)
	}
	p.answer(lastGroup(string(text)))
	p.press(t, "Choose a file")
	p.says(t, "the list")
	p.says(t, "Asha Sharma · Account Owner")
	if b := p.boards[0]; len(b.imported) != 1 || b.imported[0] != "" {
		t.Errorf("imported %q", b.imported)
	}
	if got := p.window.Title(); got != "Customers – Sharma Traders – Lethe" {
		t.Errorf("title %q", got)
	}

	// The segments that a list has from the start.
	segments, err := p.boards[0].desk.Store.Segments(t.Context(), p.boards[0].desk.Actor)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, g := range segments {
		names = append(names, g.Name+": "+g.Filter.Encode())
	}
	for i, name := range []string{"Inactive for a year: ", "Never contacted: ", "Opted out: ", "Blocked: "} {
		if i >= len(names) || !strings.HasPrefix(names[i], name) || len(names) != 4 {
			t.Errorf("segments %q", names)
		}
	}

	actor, st := p.boards[0].desk.Actor, p.boards[0].desk.Store
	p.press(t, "Lock")
	p.says(t, "Who are you?")
	if got := p.window.Title(); got != "Lethe" {
		t.Errorf("title %q", got)
	}
	if desktest.Says(p.window, "the list") || !p.boards[0].closed || p.boards[0].desk.View.Len() != 0 {
		t.Error("the page outlives the lock")
	}
	if _, err := st.Rights(t.Context(), actor); err == nil {
		t.Error("the session outlives the lock")
	}
	p.answer("wrong")
	p.says(t, "That password isn’t right.")
	p.clock.Add(time.Minute)
}

func TestSignInAndImportWish(t *testing.T) {
	dir := list(t)
	p := run(t, app.Options{Dir: dir, Import: "/tmp/list.csv"})
	if got := p.window.Title(); got != "Lethe ("+dir+")" {
		t.Errorf("title %q", got)
	}
	p.answer(storetest.Password)
	p.says(t, "the list")
	if b := p.boards[0]; len(b.imported) != 1 || b.imported[0] != "/tmp/list.csv" {
		t.Errorf("imported %q", b.imported)
	}
	p.press(t, "Lock")
	p.answer(storetest.Password)
	p.says(t, "the list")
	if len(p.boards) != 2 || len(p.boards[1].imported) != 0 {
		t.Error("the file is imported at each sign-in")
	}
}

// The window's cross asks about what is typed and not saved, and only then.
func TestClosingAsksAboutWhatIsNotSaved(t *testing.T) {
	p := run(t, app.Options{Dir: list(t)})
	p.answer(storetest.Password)
	p.boards[0].typed = true
	p.CloseWindow()
	p.says(t, "Close without saving?")
	p.press(t, "Go back")
	p.says(t, "the list")
	if p.boards[0].closed {
		t.Fatal("it was closed all the same")
	}
	p.CloseWindow()
	p.press(t, "Close without saving")
	p.Ended()
	if !p.boards[0].closed {
		t.Error("agreed, and it stays open")
	}

	p = run(t, app.Options{Dir: list(t)})
	p.answer(storetest.Password)
	p.CloseWindow()
	p.Ended()
	if !p.boards[0].closed {
		t.Error("with nothing typed it stays open")
	}
}

func TestSecondInstance(t *testing.T) {
	dir := list(t)
	lock, err := store.LockFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	p := run(t, app.Options{Dir: dir, Usual: true})
	p.says(t, "Lethe is open with this folder already.")
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	p.press(t, "Try again")
	p.says(t, "Who are you?")
}

// TestBrokenFolders: none of them is a first run, and nothing in them changes.
func TestBrokenFolders(t *testing.T) {
	remove := func(pattern string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			found, err := filepath.Glob(filepath.Join(dir, pattern))
			if err != nil || len(found) == 0 {
				t.Fatal(found, err)
			}
			for _, f := range found {
				if err := os.Remove(f); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	write := func(text string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "keys"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name   string
		harm   func(*testing.T, string)
		saying string
	}{
		{"no database", remove("*.lethe"), "Your customer list is missing from this folder, though its keys are here."},
		{"no keys", remove("keys"), "The keys are missing from this folder"},
		{"damaged keys", write("{"), "This customer list is damaged"},
		{"newer", write(`{"format": "lethe keys", "version": 99}`), "made by a newer Lethe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := list(t)
			c.harm(t, dir)
			p := run(t, app.Options{Dir: dir, Usual: true})
			p.says(t, c.saying)
			if desktest.Offers(p.window, "Start with your business") {
				t.Error("a first run is offered")
			}

			p.files.FolderPath = list(t)
			p.press(t, "Look elsewhere")
			p.says(t, "Who are you?")
			p.says(t, "Data folder: "+p.files.FolderPath)
		})
	}
}

// A list that turns out to be damaged at sign-in offers to restore a backup,
// and not before; from there one can go back.
func TestSignInToADamagedListOffersABackup(t *testing.T) {
	dir := list(t)
	p := run(t, app.Options{Dir: dir, Usual: true})
	if desktest.Offers(p.window, "Restore a backup") {
		t.Error("offered of a list that nobody tried to open")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.lethe"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	raw, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for i := range raw {
		raw[i] ^= 0x55
	}
	if err := os.WriteFile(files[0], raw, 0o600); err != nil {
		t.Fatal(err)
	}
	p.answer(storetest.Password)
	p.says(t, "This customer list is damaged")
	if desktest.Offers(p.window, "Start with your business") || len(p.boards) != 0 {
		t.Error("it was opened, or a first run is offered")
	}
	p.press(t, "Restore a backup")
	p.says(t, "Choose the backup and enter its passphrase.")
	p.press(t, "Back")
	p.says(t, "Who are you?")
}

func TestReadOnlyFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := run(t, app.Options{Dir: filepath.Join(file, "Lethe"), Usual: true})
	p.says(t, "Lethe can’t write in this folder.")
}

func TestDemo(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	usual := filepath.Join(t.TempDir(), "Lethe")
	p := run(t, app.Options{Dir: usual, Usual: true, Demo: true})
	p.says(t, "Sample data: delete freely")
	p.says(t, "Asha Sharma · Account Owner")
	if n := p.boards[0].desk.View.Len(); n != 1714 {
		t.Errorf("%d customers", n)
	}
	for _, o := range desktest.Objects(p.window) {
		if s, ok := o.(*choice.Select); ok {
			s.SetSelected("Neha Joshi (Team Lead)")
		}
	}
	p.says(t, "Neha Joshi · Team Lead")
	p.press(t, "Lock")
	p.says(t, "Locked")
	p.press(t, "Go on")
	p.says(t, "Neha Joshi · Team Lead")
	p.End()
	if _, err := os.Stat(usual); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the usual folder was touched: %v", err)
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestExploreFromFirstRun(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := filepath.Join(t.TempDir(), "Lethe")
	p := run(t, app.Options{Dir: dir, Usual: true})
	p.press(t, "Explore with sample customers")
	p.says(t, "Sample data: delete freely")
	p.End()
	if state, err := store.State(dir); err != nil || state != store.Fresh {
		t.Errorf("the real folder is %s, %v", state, err)
	}
}

// lastGroup is that of the recovery key in a saved file.
func lastGroup(text string) string {
	for _, word := range strings.Fields(text) {
		if groups := strings.Split(word, "-"); len(groups) == 7 {
			return groups[6]
		}
	}
	return ""
}

package shell_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"lethe/app/choice"
	"lethe/app/desk"
	"lethe/app/desk/desktest"
	"lethe/app/shell"
	"lethe/app/task"
	"lethe/data"
)

// page writes down what the shell does with it.
type page struct {
	id      string
	content *widget.Entry
	did     []string
}

func (p *page) ID() string                 { return p.id }
func (p *page) Title() string              { return "Page " + p.id }
func (p *page) Content() fyne.CanvasObject { return p.content }
func (p *page) Shown()                     { p.did = append(p.did, "shown") }
func (p *page) Hidden()                    { p.did = append(p.did, "hidden") }
func (p *page) Close()                     { p.did = append(p.did, "closed") }
func (p *page) Find()                      { p.did = append(p.did, "find") }
func (p *page) SelectAll()                 { p.did = append(p.did, "all") }
func (p *page) Refresh()                   { p.did = append(p.did, "refresh") }
func (p *page) Import(path string)         { p.did = append(p.did, "import "+path) }

func (p *page) Key(ev *fyne.KeyEvent) bool {
	p.did = append(p.did, string(ev.Name))
	return ev.Name == fyne.KeyDelete
}

// bench is a shell with three pages of which each needs another right.
type bench struct {
	*desktest.Kit
	shell *shell.Shell
	pages map[string]*page

	noAudit bool
}

func start(t *testing.T, k *desktest.Kit, opt shell.Options) *bench {
	t.Helper()
	b := &bench{Kit: k, pages: map[string]*page{}}
	entry := func(id string, allowed func(data.Rights) bool) desk.Entry {
		return desk.Entry{ID: id, Icon: theme.ListIcon(), Allowed: allowed, New: func(*desk.Desk) desk.Page {
			b.pages[id] = &page{id: id, content: widget.NewEntry()}
			return b.pages[id]
		}}
	}
	opt.Entries = []desk.Entry{
		entry("customers", func(data.Rights) bool { return true }),
		entry("audit", func(r data.Rights) bool { return r.Can(data.ViewAuditLog) && !b.noAudit }),
		entry("settings", func(data.Rights) bool { return true }),
	}
	b.shell = shell.New(k.Desk, opt)
	k.Window.SetContent(b.shell.Content())
	b.shell.Start()
	t.Cleanup(b.shell.Close)
	return b
}

func (b *bench) did(t *testing.T, id string, want ...string) {
	t.Helper()
	if got := b.pages[id].did; !slices.Equal(got, want) {
		t.Errorf("%s did %q, want %q", id, got, want)
	}
	b.pages[id].did = nil
}

func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

func TestPagesAndStatus(t *testing.T) {
	b := start(t, desktest.New(t), shell.Options{Folder: "/elsewhere"})
	b.did(t, "customers", "shown")
	if b.pages["audit"] != nil {
		t.Error("a page was made before its first visit")
	}
	if got := b.Window.Title(); got != "Page customers – Sharma Traders – Lethe (/elsewhere)" {
		t.Errorf("title %q", got)
	}
	if !desktest.Says(b.Window, "Asha Sharma · Account Owner") {
		t.Errorf("nobody sits here: %q", desktest.Texts(b.Window))
	}
	desktest.Press(t, b.Window, "Audit Log")
	b.did(t, "customers", "hidden")
	b.did(t, "audit", "shown")
	b.Status("146 customers deleted\nover two lines")
	if !desktest.Says(b.Window, "146 customers deleted over two lines") {
		t.Errorf("no last act: %q", desktest.Texts(b.Window))
	}
	desktest.Press(t, b.Window, "Lock")
	if b.Locks != 1 {
		t.Errorf("locked %d times", b.Locks)
	}
}

func TestAbsentRightAbsentPage(t *testing.T) {
	k := desktest.New(t)
	b := start(t, k.As(t, k.Real.Add(t, "Neha Joshi", 3)), shell.Options{})
	if slices.Contains(desktest.Texts(b.Window), "Audit Log") {
		t.Error("the rail shows a page that isn't theirs")
	}
	b.Visit("audit")
	if b.shell.Page().ID() != "customers" || b.pages["audit"] != nil {
		t.Error("a page that isn't theirs was made")
	}
	b.shell.Import("")
	b.shell.Import("/tmp/list.csv")
	b.did(t, "customers", "shown")
	if !desktest.Says(b.Window, "Your role doesn’t allow importing.") {
		t.Errorf("nothing said: %q", desktest.Texts(b.Window))
	}
}

func TestShortcuts(t *testing.T) {
	b := start(t, desktest.New(t), shell.Options{})
	b.pages["customers"].did = nil
	press := func() {
		b.shell.Shortcut(ctrl(fyne.KeyF))
		b.shell.Shortcut(&fyne.ShortcutSelectAll{})
		b.shell.Shortcut(ctrl(fyne.KeyI))
		for _, name := range []fyne.KeyName{fyne.KeyDelete, fyne.KeyF5, fyne.KeyEscape} {
			desktest.Key(b.Window, name)
		}
	}
	press()
	b.did(t, "customers", "find", "all", "import ", "Delete", "F5", "refresh", "Escape")

	pop := widget.NewModalPopUp(widget.NewLabel("Sure?"), b.Window.Canvas())
	pop.Show()
	press()
	b.shell.Shortcut(ctrl(fyne.KeyComma))
	b.did(t, "customers")
	if b.Locks != 0 || b.shell.Page().ID() != "customers" {
		t.Error("a shortcut reached through the dialog")
	}
	b.shell.Shortcut(ctrl(fyne.KeyL))
	if b.Locks != 1 {
		t.Error("Ctrl+L doesn't lock while a dialog is open")
	}
	b.Locks = 0
	pop.Hide()

	b.shell.Shortcut(ctrl(fyne.KeyComma))
	if b.shell.Page().ID() != "settings" {
		t.Errorf("Ctrl+comma leads to %s", b.shell.Page().ID())
	}
	b.shell.Shortcut(ctrl(fyne.KeyL))
	if b.Locks != 1 {
		t.Error("Ctrl+L doesn't lock")
	}

	b.shell.Close()
	b.shell.Shortcut(ctrl(fyne.KeyL))
	if b.Locks != 1 {
		t.Error("a closed shell hears shortcuts")
	}
}

func TestFileGoesToThePageThatImports(t *testing.T) {
	b := start(t, desktest.New(t), shell.Options{})
	b.Visit("settings")
	b.pages["customers"].did = nil
	b.shell.Import("/tmp/list.csv")
	b.did(t, "customers", "shown", "import /tmp/list.csv")
}

func TestRunningWork(t *testing.T) {
	b := start(t, desktest.New(t), shell.Options{})
	during := ""
	b.Tasks.Go("Importing", func(_ context.Context, report task.Progress) error {
		report(34, 100)
		during = strings.Join(desktest.Texts(b.Window), " ")
		return nil
	}, nil)
	if !strings.Contains(during, "Importing… 34 %") {
		t.Errorf("while it ran: %q", during)
	}
	if desktest.Says(b.Window, "Importing") {
		t.Error("it still runs for the status bar")
	}
}

// TestRightsTakenAway takes the open page away when the team changes.
func TestRightsTakenAway(t *testing.T) {
	b := start(t, desktest.New(t), shell.Options{})
	b.Visit("audit")
	audit := b.pages["audit"]
	audit.did = nil
	b.noAudit = true
	b.Real.Add(t, "Neha Joshi", 3)
	b.Settle()
	b.did(t, "audit", "hidden", "closed")
	if b.shell.Page().ID() != "customers" || desktest.Says(b.Window, "Audit Log") {
		t.Errorf("now on %s: %q", b.shell.Page().ID(), desktest.Texts(b.Window))
	}
}

func TestDemoStrip(t *testing.T) {
	k := desktest.New(t)
	var been []data.UserID
	asked := 0
	b := start(t, k, shell.Options{Demo: &shell.Demo{
		Members: func() []shell.Member {
			return []shell.Member{
				{ID: 1, Name: "Asha Sharma", Role: data.Role{Kind: data.AccountOwner}},
				{ID: 2, Name: "Ravi Mehta", Role: data.Role{Kind: data.Owner}},
			}
		},
		Be: func(id data.UserID) { been = append(been, id) },
		Code: func(time.Time) (string, time.Duration) {
			asked++
			return "123456", 11500 * time.Millisecond
		},
		Ticks: func() (<-chan time.Time, func()) { return nil, func() {} },
	}})
	for _, text := range []string{"Sample data: delete freely", "Authenticator: 123 456 · 12 s", "Asha Sharma (Account Owner)"} {
		if !desktest.Says(b.Window, text) {
			t.Errorf("the strip doesn't say %q: %q", text, desktest.Texts(b.Window))
		}
	}
	for _, o := range desktest.Objects(b.Window) {
		if s, ok := o.(*choice.Select); ok {
			s.SetSelected("Ravi Mehta (Owner)")
		}
	}
	if len(been) != 1 || been[0] != 2 || asked == 0 {
		t.Errorf("been %v", been)
	}
}

// What is not in the window is not repainted when the theme changes, so a page
// that was visited stays there, hidden.
func TestVisitedPagesStayInTheWindowHidden(t *testing.T) {
	b := start(t, desktest.New(t), shell.Options{})
	first := b.pages["customers"].content
	b.shell.Visit("settings")
	if first.Visible() || !b.pages["settings"].content.Visible() {
		t.Error("the wrong page shows")
	}
	if fyne.CurrentApp().Driver().CanvasForObject(first) == nil {
		t.Error("the page left the window")
	}
	b.shell.Visit("customers")
	if !first.Visible() || b.pages["settings"].content.Visible() {
		t.Error("the page did not come back alone")
	}
}

// Package shell is the window around the pages: the rail, the status bar, the
// strip over sample data, and the one place where shortcuts are understood.
package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"lethe/app/desk"
	"lethe/data"
)

// Options are what the shell shows besides the pages.
type Options struct {
	// Entries are the pages in the order of the rail. Which of them exist for
	// this person, each tells from the rights.
	Entries []desk.Entry
	// Folder is the data folder if it is not the usual one, else empty. It
	// stands in the title bar.
	Folder string
	// Demo is what the strip over sample data needs; nil elsewhere.
	Demo *Demo
}

// Shell shows one person's pages from sign-in to lock. UI goroutine only.
type Shell struct {
	desk  *desk.Desk
	opt   Options
	pages map[string]desk.Page
	now   desk.Page // nil before the first visit

	root   *fyne.Container
	area   *fyne.Container
	notice *fyne.Container
	rail   *railView
	status *statusBar
	demo   *demoStrip

	cancel func() // of the desk's events
	closed bool
}

// New builds the shell and fills in the desk's Status, Visit and the listening
// to changes of rights. Show it with Content, then Start.
func New(d *desk.Desk, opt Options) *Shell {
	s := &Shell{desk: d, opt: opt, pages: map[string]desk.Page{}}
	s.area, s.notice = container.NewStack(), container.NewStack()
	s.status = newStatusBar(d)
	s.rail = newRail(s)
	var top fyne.CanvasObject
	if opt.Demo != nil {
		s.demo = newDemoStrip(d, *opt.Demo)
		top = s.demo.bar
	}
	s.root = container.New(&frame{}, s.area, s.rail.object(), s.status, optional(top), s.notice)
	d.Status = s.status.setAct
	d.Visit = s.Visit
	s.cancel = d.Listen(s.event)
	return s
}

// Content is the whole window.
func (s *Shell) Content() fyne.CanvasObject { return s.root }

// Notice puts a strip over the page, in place of the one that is there; nil
// takes it away.
func (s *Shell) Notice(strip fyne.CanvasObject) {
	if s.closed {
		return
	}
	s.notice.Objects = nil
	if strip != nil {
		s.notice.Objects = []fyne.CanvasObject{strip}
	}
	s.notice.Refresh()
	s.root.Refresh()
}

// Start shows the first page that the person may see, and takes the window's
// shortcuts, keys and drops.
func (s *Shell) Start() {
	s.listen()
	s.rail.update()
	s.first()
}

// Visit goes to a page. It answers nothing and stays where the person is, if
// there is no such page for them.
func (s *Shell) Visit(id string) {
	page := s.page(id)
	if page == nil || page == s.now {
		return
	}
	if s.now != nil {
		s.now.Hidden()
	}
	s.now = page
	s.desk.Window.Canvas().Unfocus()
	s.bring(page.Content())
	s.rail.update()
	s.title()
	page.Shown()
}

// bring shows one page's content. The others' stay in the window, hidden, so
// that a change of the theme reaches them too.
func (s *Shell) bring(content fyne.CanvasObject) {
	for _, o := range s.area.Objects {
		o.Hide()
	}
	if !slices.Contains(s.area.Objects, content) {
		s.area.Objects = append(s.area.Objects, content)
	}
	content.Show()
	s.area.Refresh()
}

// Page is the page that is shown; nil before Start.
func (s *Shell) Page() desk.Page { return s.now }

// Unsaved tells whether a page holds something typed that is not saved yet,
// and goes to that page.
func (s *Shell) Unsaved() bool {
	for id, p := range s.pages {
		if u, ok := p.(desk.Unsaver); ok && u.Unsaved() {
			s.Visit(id)
			return true
		}
	}
	return false
}

// Close leaves the pages and drops them, and stops listening. The content is
// worth nothing afterwards.
func (s *Shell) Close() {
	if s.closed {
		return
	}
	s.closed = true
	s.cancel()
	s.unlisten()
	if s.now != nil {
		s.now.Hidden()
		s.now = nil
	}
	for id, p := range s.pages {
		if c, ok := p.(desk.Closer); ok {
			c.Close()
		}
		delete(s.pages, id)
	}
	s.status.close()
	if s.demo != nil {
		s.demo.close()
	}
	s.area.Objects, s.notice.Objects = nil, nil
}

// page is the page of id, made if it wasn't yet; nil if there is none for the
// person.
func (s *Shell) page(id string) desk.Page {
	for _, e := range s.allowed() {
		if e.ID != id {
			continue
		}
		if s.pages[id] == nil {
			s.pages[id] = e.New(s.desk)
		}
		return s.pages[id]
	}
	return nil
}

// allowed are the entries that exist for the person.
func (s *Shell) allowed() []desk.Entry {
	rights := s.desk.Rights()
	var out []desk.Entry
	for _, e := range s.opt.Entries {
		if e.Allowed(rights) {
			out = append(out, e)
		}
	}
	return out
}

func (s *Shell) first() {
	if entries := s.allowed(); len(entries) > 0 {
		s.Visit(entries[0].ID)
	}
}

// event follows changes of rights: pages that are no longer allowed go, also
// from under the person's eyes.
func (s *Shell) event(e data.Event) {
	switch e.Kind {
	case data.SettingsChanged:
		s.title()
	case data.TeamChanged:
		s.status.update()
		s.dropForbidden()
		s.rail.update()
		if s.demo != nil {
			s.demo.update()
		}
	}
}

func (s *Shell) dropForbidden() {
	may := map[string]bool{}
	for _, e := range s.allowed() {
		may[e.ID] = true
	}
	for id, p := range s.pages {
		if may[id] {
			continue
		}
		if p == s.now {
			p.Hidden()
			s.now = nil
		}
		s.area.Remove(p.Content())
		if c, ok := p.(desk.Closer); ok {
			c.Close()
		}
		delete(s.pages, id)
	}
	if s.now == nil {
		s.first()
	}
}

func (s *Shell) title() {
	if s.now == nil {
		return
	}
	w := s.desk.Words
	title := w.T("shell.title", "Page", s.now.Title(), "Business", oneLine(s.desk.Settings().Business))
	if s.opt.Folder != "" {
		title = w.T("shell.title_folder", "Title", title, "Folder", s.opt.Folder)
	}
	s.desk.Window.SetTitle(title)
}

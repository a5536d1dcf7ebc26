package app

import (
	"context"
	"net/url"

	"lethe/app/auditlog"
	"lethe/app/desk"
	"lethe/app/shell"
	"lethe/data"
	"lethe/data/purge"
	"lethe/data/store"
)

// session is one person in front of an open list.
type session struct {
	store *store.Store
	desk  *desk.Desk
	shell *shell.Shell

	sender *sending // nil in the sample, and if the list is closing
}

// newDesk makes the desk of a session. Any goroutine.
func (a *App) newDesk(st *store.Store, actor *store.Actor) *desk.Desk {
	d := &desk.Desk{
		Window: a.window, Words: a.words, Tasks: a.opt.Tasks(), Clock: a.opt.Clock,
		Prefs: a.fyne.Preferences(), Log: a.opt.Log, Demo: a.sample != nil,
		Store: st, Actor: actor, Purger: purge.New(st),
		Files: a.files, Notify: a.notify, Transport: a.transport(), Drafts: &a.drafts,
		OpenURL: func(text string) error {
			u, err := url.Parse(text)
			if err != nil {
				return err
			}
			return a.fyne.OpenURL(u)
		},
	}
	d.Lock = func() {
		if a.session != nil && a.session.desk == d {
			a.Lock()
		}
	}
	if a.sample != nil {
		d.Password = a.sample.folder.Password()
	}
	if a.sample == nil {
		d.Switch = func() {
			if a.session != nil && a.session.desk == d {
				a.leave(true)
			}
		}
	}
	return d
}

// enter shows the pages for a desk that is ready, and imports a file if there
// is one.
func (a *App) enter(d *desk.Desk, file string) {
	a.wish = ""
	opt := shell.Options{Entries: a.opt.Pages, Folder: a.folder()}
	if a.sample != nil {
		opt.Folder = ""
		opt.Demo = a.strip()
	}
	s := &session{store: d.Store, desk: d, shell: shell.New(d, opt), sender: a.send(d)}
	a.session = s
	a.show(s.shell.Content(), s)
	s.shell.Start()
	a.idle.note()
	if me, _ := d.Me(); a.sample == nil {
		a.fyne.Preferences().SetInt(prefLast, int(me.ID))
	}
	if d.Store.LogLoss() {
		d.Status(a.words.T("app.log_loss"))
	}
	d.Listen(func(e data.Event) {
		if e.Kind == data.ScrubChanged {
			a.roll(d)
		}
	})
	auditlog.Greet(d, s.shell.Notice)
	a.remind(d)
	a.follow(d)
	if file != "" {
		s.shell.Import(file)
	}
}

// Close takes the pages away; what they started goes on to its end.
func (s *session) Close() {
	s.shell.Close()
	s.desk.Tasks.Retire()
	s.desk.End()
	if s.sender != nil {
		s.sender.retire()
	}
	s.store.SignOut(s.desk.Actor)
}

// Lock ends the session: the pages and their dialogs go at once, the key when
// the last job ends.
func (a *App) Lock() { a.leave(false) }

// leave is Lock; another tells that somebody else is to sign in.
func (a *App) leave(another bool) {
	if a.session == nil {
		return
	}
	st := a.session.store
	a.session = nil
	a.title()
	if a.sample != nil {
		a.showLockedSample()
		return
	}
	a.askWho(another)
	a.closeLater(st)
}

// closeLater closes a store once its jobs have ended.
func (a *App) closeLater(st *store.Store) {
	a.closing.Go(func() {
		if _, _, err := st.ScrubEdits(context.Background()); err != nil {
			a.opt.Log.Warn("the files were not cleaned after an edit; the job is kept")
		}
		if err := st.Close(); err != nil {
			a.opt.Log.Warn("the list was not closed cleanly")
		}
	})
}

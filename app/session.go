package app

import (
	"context"
	"errors"
	"net/url"

	"lethe/app/auditlog"
	"lethe/app/desk"
	"lethe/app/firstrun"
	"lethe/app/form"
	"lethe/app/shell"
	"lethe/app/signin"
	"lethe/app/task"
	"lethe/data"
	"lethe/data/account"
	"lethe/data/otp"
	"lethe/data/purge"
	"lethe/data/store"
	"lethe/data/view"
	"lethe/widgets/confirm"
)

// session is one person in front of an open list.
type session struct {
	store *store.Store
	desk  *desk.Desk
	shell *shell.Shell

	sender *sending // nil in the sample, and if the list is closing
}

// opening holds what a sign-in opened in the background until it is shown.
// Only one is under way at a time.
type opening struct {
	app      *App
	store    *store.Store
	actor    *store.Actor
	desk     *desk.Desk        // made by begin
	business string            // as read from a list that is open
	damaged  *account.Unlocked // of a list that did not open for that
}

// open opens the list for whoever un unlocked. Background.
func (o *opening) open(ctx context.Context, un *account.Unlocked) (err error) {
	o.store, o.actor, err = store.Open(ctx, o.app.storeOptions(o.app.dir), un)
	return err
}

// begin makes the desk ready. Background.
func (o *opening) begin(ctx context.Context) error {
	o.desk = o.app.newDesk(o.store, o.actor)
	err := o.desk.Begin(ctx)
	if err != nil {
		o.abandon()
	}
	return err
}

func (o *opening) abandon() {
	if o.store == nil {
		return
	}
	if err := o.store.Close(); err != nil {
		o.app.opt.Log.Warn("the list was not closed cleanly")
	}
	o.store = nil
}

// keysNow reads the keys once the jobs of the session before have ended: a
// large deletion turns the key. Background.
func (a *App) keysNow() (*account.File, error) {
	if s := a.retired.Load(); s != nil {
		s.Hurry(hurried)
	}
	a.closing.Wait()
	return store.Keys(a.dir)
}

func (a *App) showSignIn() { a.askWho(false) }

// askWho shows the sign-in. Another asks first who it is.
func (a *App) askWho(another bool) {
	keys, err := store.Keys(a.dir)
	if err != nil {
		a.showProblem(err)
		return
	}
	o := &opening{app: a}
	a.opening = o
	page := signin.New(signin.Options{
		Window: a.window, Words: a.words, Tasks: a.tasks, Files: a.files,
		Clock: a.opt.Clock, Ticks: a.opt.Ticks, Tries: a.tries,
		Folder:  a.folder(),
		Members: keys.Members(),
		Last:    data.UserID(a.fyne.Preferences().Int(prefLast)),
		Choose:  another,
		SignIn: func(ctx context.Context, id data.UserID, password string) error {
			keys, err := a.keysNow()
			if err != nil {
				return err
			}
			un, err := keys.Unlock(ctx, id, password)
			if errors.Is(err, data.ErrWrongPassword) {
				if noted := store.NoteWrongPassword(a.dir, id); noted != nil {
					a.opt.Log.Warn("a wrong password was not noted")
				}
			}
			if err != nil {
				return err
			}
			if err := o.open(ctx, un); err != nil {
				if errors.Is(err, data.ErrDamaged) {
					o.damaged = un // tells a restore who was deleted
				}
				return err
			}
			return o.begin(ctx)
		},
		Restore: func() { a.showRestore(o.damaged, a.showSignIn) },
		MustChange: func() bool {
			me, _ := o.desk.Me()
			return me.MustChangePassword
		},
		Change: func(ctx context.Context, old, next string) error {
			return o.store.ChangePassword(ctx, o.actor, old, next)
		},
		Recover: func(ctx context.Context, recoveryKey string) error {
			keys, err := a.keysNow()
			if err != nil {
				return err
			}
			un, err := keys.Recover(recoveryKey)
			if errors.Is(err, data.ErrWrongRecovery) {
				if noted := store.NoteWrongRecovery(a.dir); noted != nil {
					a.opt.Log.Warn("a wrong recovery key was not noted")
				}
			}
			if err != nil {
				return err
			}
			return o.open(ctx, un)
		},
		Renew: func(ctx context.Context, password string) (account.RecoveryKey, error) {
			// The key is in force now, so nothing may come between it and
			// the person: the desk is made ready once they have it.
			settings, err := o.store.Settings(ctx, o.actor)
			if err != nil {
				return account.RecoveryKey{}, err
			}
			o.business = settings.Business
			return o.store.RecoverPassword(ctx, o.actor, password)
		},
		Business: func() string { return o.business },
		Done: func() {
			if o.desk != nil {
				a.enterFrom(o)
				return
			}
			a.proveAndEnter(o, func() {})
		},
	})
	a.show(page.Content(), page)
	page.Shown()
}

func (a *App) showFirstRun() {
	o := &opening{app: a}
	a.opening = o
	wizard := firstrun.New(firstrun.Options{
		Window: a.window, Words: a.words, Tasks: a.tasks, Files: a.files,
		Clock: a.opt.Clock, Folder: a.folder(), Region: a.opt.Region,
		Secret: newSecret,
		Create: func(ctx context.Context, first store.FirstRun, secret otp.Secret, code string) (out firstrun.Created, err error) {
			first.Segments = a.firstSegments()
			o.store, o.actor, out.Key, err = store.Create(ctx, a.storeOptions(a.dir), first)
			if err != nil {
				return out, err
			}
			if code != "" {
				out.OTPFailed = o.store.EnrolOTP(ctx, o.actor, first.Password, secret, code, "") != nil
			}
			return out, nil
		},
		Explore: a.startDemo, Restore: func() { a.showRestore(nil, a.showFirstRun) },
		Done: func(importNow bool) {
			wished := a.wish != ""
			a.proveAndEnter(o, func() {
				if importNow && !wished {
					a.session.shell.Import("")
				}
			})
		},
	})
	a.show(wizard.Content(), wizard)
	wizard.Start()
}

// proveAndEnter goes on with a list whose owner has just typed back the end of
// the recovery key. Where the pages can't be made ready, the sign-in is the way
// on.
func (a *App) proveAndEnter(o *opening, then func()) {
	a.tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		if err := o.store.ProveRecovery(ctx, o.actor); err != nil {
			a.opt.Log.Warn("the proof of the recovery key was not written down")
		}
		return o.begin(ctx)
	}, func(err error) {
		if err != nil {
			a.showSignIn()
			confirm.NewInfo(a.window.Canvas(), a.words.T("app.problem"),
				form.NewText(a.words.Error(err)).Object(), a.words.T("app.damaged_close")).Show()
			return
		}
		a.enterFrom(o)
		then()
	})
}

// remind tells an Account Owner who left before typing back the end of the
// recovery key that it may be lost.
func (a *App) remind(d *desk.Desk) {
	if a.sample != nil || !d.Rights().May(data.OpRecoveryProved) {
		return
	}
	proved := true
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		proved, err = d.Store.RecoveryProved(ctx, d.Actor)
		return err
	}, func(err error) {
		if err != nil || proved {
			return
		}
		ask := confirm.New(a.window.Canvas(), confirm.Options{
			Title:   a.words.T("app.unproved"),
			Content: form.NewText(a.words.T("app.unproved_text")).Object(),
			Cancel:  a.words.T("app.unproved_later"), Action: a.words.T("app.unproved_settings"),
		})
		ask.SetOnAction(func() {
			ask.Hide()
			d.Visit("settings")
		})
		ask.Show()
	})
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

// enterFrom hands over what a sign-in opened.
func (a *App) enterFrom(o *opening) {
	a.opening = nil
	a.enter(o.desk, a.wish)
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

// follow waits for the list to be read. If that fails, there is no list to work
// with: the window locks and says why. Else what a crash left is taken up.
func (a *App) follow(d *desk.Desk) {
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		err := d.View.Wait(ctx)
		d.Tasks.GiveBack() // the list was read, and the password checked
		return err
	}, func(err error) {
		switch {
		case err == nil:
			a.takeUp(d)
		case errors.Is(err, view.ErrDropped), errors.Is(err, context.Canceled):
		default:
			d.Lock()
			confirm.NewInfo(a.window.Canvas(), a.words.T("app.problem"),
				form.NewText(a.words.Error(err)).Object(), a.words.T("app.damaged_close")).Show()
		}
	})
}

// takeUp finishes the clean-up that a crash left, if there is one, and then
// looks the database over.
func (a *App) takeUp(d *desk.Desk) {
	pending := false
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) (err error) {
		pending, err = d.Purger.Pending(ctx)
		return err
	}, func(error) {
		if !pending {
			a.lookOver(d)
			return
		}
		d.Tasks.Go(a.words.T("app.cleaning"), func(ctx context.Context, _ task.Progress) error {
			_, _, err := d.Purger.Resume(ctx)
			return err
		}, func(err error) {
			if err != nil {
				d.Status(a.words.Error(err))
			} else {
				d.Status(a.words.T("app.rebuilt"))
			}
			a.lookOver(d)
		})
	})
}

// lookOver checks the database in the background, once the first rows are on
// screen, and says so if it is damaged.
func (a *App) lookOver(d *desk.Desk) {
	a.roll(d)
	d.Tasks.Go("", func(ctx context.Context, _ task.Progress) error {
		return d.Store.QuickCheck(ctx, d.Actor)
	}, func(err error) {
		if errors.Is(err, data.ErrDamaged) {
			confirm.NewInfo(a.window.Canvas(), a.words.T("app.damaged"),
				form.NewText(a.words.T("app.damaged_text")).Object(), a.words.T("app.damaged_close")).Show()
		}
	})
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
